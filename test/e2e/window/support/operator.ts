import type { Locator } from '../../../host/session.js';

/** A question that stands open in the progress panel. */
export interface Question {
  readonly kind: string;
  readonly title: string;
  /** Host it is about; empty for none. */
  readonly where: string;
  readonly card: Locator;
}

/** The first question the panel shows, or undefined where it shows none. */
export async function firstQuestion(panel: Locator): Promise<Question | undefined> {
  const found = await panel.locator('section.card:not(.sent)').evaluateAll((cards) =>
    cards.slice(0, 1).map((card) => ({
      heading: card.getAttribute('aria-labelledby') ?? '',
      kind: /card-(\w+)/.exec(card.className)?.[1] ?? '',
      title: card.querySelector('h2')?.textContent ?? '',
      where: card.querySelector('.where')?.textContent ?? '',
    })),
  );
  const [first] = found;
  return first === undefined ? undefined : { ...first, card: panel.locator(`section.card[aria-labelledby="${first.heading}"]`) };
}
