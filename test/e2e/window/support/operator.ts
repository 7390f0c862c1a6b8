import type { FrameLocator, Locator, Page } from '../../../host/session.js';

/** A question that stands open in the progress panel. */
export interface Question {
  /** Kind of its gate: `manual`, `method`, `failure` … */
  readonly kind: string;
  /** Title of the step, with ` on HOST` where it is about one. */
  readonly what: string;
  readonly card: Locator;
}

/** What a person does on the pages of a product, by {@link Question.what}; `address` is what the question says to open. */
export type ByHand = Readonly<Record<string, (page: Page, address: string) => Promise<void>>>;

const OVER = '.overview.run-succeeded, .overview.run-failed, .overview.run-stopped, .overview.run-halted';

/** Waits until the panel asks something. Undefined when the run has come to its end instead. */
export async function nextQuestion(panel: FrameLocator): Promise<Question | undefined> {
  // The confirmation is answered in its dialog; its card lingers for a moment.
  const card = panel.locator('section.card:not(.sent):not(.card-confirm)');
  const over = panel.locator(OVER);
  const shown = (): Promise<readonly { heading: string; kind: string; title: string; where: string }[]> =>
    card.evaluateAll((cards) =>
      cards.slice(0, 1).map((element) => ({
        heading: element.getAttribute('aria-labelledby') ?? '',
        kind: /card-(\w+)/.exec(element.className)?.[1] ?? '',
        title: element.querySelector('h2')?.textContent ?? '',
        where: element.querySelector('.where')?.textContent ?? '',
      })),
    );
  await card.or(over).first().waitFor({ timeout: 60_000 });
  let [first] = await shown();
  // A card that was on its way out has gone since: neither a question nor the end.
  while (first === undefined && (await over.count()) === 0) {
    await card.or(over).first().waitFor({ timeout: 60_000 });
    [first] = await shown();
  }
  if (first === undefined) return undefined;
  const { heading, kind, title, where } = first;
  return { kind, what: where === '' ? title : `${title} on ${where}`, card: panel.locator(`section.card[aria-labelledby="${heading}"]`) };
}

/** Answers as somebody does who lets the scripts work, but for what they do by hand. Resolves when the question is gone. */
export async function answer({ kind, what, card }: Question, byHand: ByHand, browser: Page): Promise<void> {
  const act = byHand[what];
  switch (kind) {
    case 'method': {
      const way = act === undefined ? 'Done for you' : 'You do it yourself';
      await card.locator('.remedy', { hasText: way }).locator('vscode-button').click();
      break;
    }
    case 'manual':
      await act?.(browser, (await card.locator('.open a').innerText({ timeout: 5_000 })).replace(/^Open /, ''));
      for (const box of await card.locator('vscode-checkbox').all()) await box.click();
      for (const list of await card.locator('select').all()) await list.selectOption({ index: 1 });
      await card.locator('vscode-button', { hasText: 'Done' }).click();
      break;
    default:
      throw new Error(`nobody expected this question: ${await card.innerText()}`);
  }
  await card.waitFor({ state: 'hidden' });
}

/** Answers question after question, up to one (which is left open) or to the end of the run. Returns what was asked. */
export async function answerUntil(
  stop: string | undefined,
  panel: FrameLocator,
  byHand: ByHand,
  browser: Page,
): Promise<readonly string[]> {
  const asked: string[] = [];
  for (let question = await nextQuestion(panel); question !== undefined; question = await nextQuestion(panel)) {
    asked.push(`${question.kind}: ${question.what}`);
    if (question.what === stop) return asked;
    try {
      await answer(question, byHand, browser);
    } catch (error) {
      // Read off the panel in the moment it was answered: it is asked no longer.
      if ((await question.card.count()) > 0) throw error;
    }
  }
  return asked;
}
