import { compileRegex } from '../../language/index.js';
import type { RunningCommand } from '../transports/transport.js';
import { RunEnd } from '../runEnd.js';
import type { ActionContext } from './action.js';
import { textOf } from './commandOf.js';

const LOOK_MS = 150;
const QUIET_MS = 20_000;

/** Answers the questions of a program on a terminal; see `answers` of the language. */
export interface PromptWatch {
  /** Resolves when a question came that must not come, or when a person ended the run where a value for an answer was needed. */
  readonly forbidden: Promise<{ readonly forbidden: string } | { readonly ended: unknown }>;
  stop(): void;
}

/** A program that asks, or wants a terminal, is given one. */
export function isInteractive(context: ActionContext): boolean {
  return context.step.answers.length > 0 || context.step.spec.terminal === true;
}

/**
 * Looks at the screen of a running program, types the answer of the first pattern that fits its last line, each only once for
 * the same question, and calls a person when the program waits behind text that no pattern fits.
 */
export function watchForPrompts(context: ActionContext, running: RunningCommand): PromptWatch {
  let stopped = false;
  let waiting: { close(why: string): void } | undefined;
  let forbid: (found: { forbidden: string } | { ended: unknown }) => void = () => undefined;
  const forbidden = new Promise<{ forbidden: string } | { ended: unknown }>((resolve) => {
    forbid = resolve;
  });
  const look = async (): Promise<void> => {
    let answered = '';
    let before = '';
    let quietSince = performance.now();
    while (!stopped) {
      const screen = await context.screen();
      if (screen !== before) {
        before = screen;
        quietSince = performance.now();
        waiting?.close('The program has gone on.');
        waiting = undefined;
      }
      const question = lastLine(screen);
      if (question !== '' && screen !== answered) {
        const found = await matching(context, question);
        if (found?.never !== undefined) {
          forbid({ forbidden: `It asked "${oneLine(question)}", which must not come: ${found.never}` });
          return;
        }
        if (found?.answer !== undefined) {
          answered = screen;
          const text = textOf(await context.render(found.answer, { secrets: true }));
          context.print('note', `(answered: ${found.secret === true ? 'not shown' : text})\n`);
          running.write(`${text}\r`);
        }
      }
      if (!stopped && waiting === undefined && question !== '' && performance.now() - quietSince > QUIET_MS && screen !== answered) {
        waiting = context.openGate({ kind: 'prompt', text: question });
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  void look().catch((error: unknown) => {
    forbid(error instanceof RunEnd ? { ended: error } : { forbidden: `Its questions could not be answered: ${(error as Error).message}` });
  });
  return {
    forbidden,
    stop: () => {
      stopped = true;
      // At once: the run may end with the program.
      waiting?.close('The program has ended.');
    },
  };
}

async function matching(context: ActionContext, question: string): Promise<ActionContext['step']['answers'][number] | undefined> {
  for (const answer of context.step.answers) {
    if (!compileRegex(answer.prompt).test(question)) continue;
    if (answer.when === undefined || (await context.evaluate(answer.when)) === true) return answer;
  }
  return undefined;
}

/** What stands directly before the cursor counts; earlier lines hold questions that are already answered. */
function lastLine(screen: string): string {
  return screen
    .trimEnd()
    .replace(/^[^]*\n/, '')
    .trim();
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
