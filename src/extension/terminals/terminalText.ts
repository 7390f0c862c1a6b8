import { showInLine } from '../../events/index.js';
import type { Failure, RunEvent } from '../../events/index.js';

const BOLD = '\x1b[1m';
const DIM = '\x1b[2m';
const RED = '\x1b[31m';
const GREEN = '\x1b[32m';
const YELLOW = '\x1b[33m';
const PLAIN = '\x1b[0m';

/** Output as a terminal wants it: a line feed alone does not go back to the first column. */
export function forTerminal(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n');
}

/** What stands above the output of an attempt. `method`: of the attempt; a judgement runs nothing. */
export function heading(title: string, attempt: number, method?: string): string {
  const more = method === 'judged' ? '(nothing is run)' : attempt > 1 ? `(attempt ${String(attempt)})` : '';
  return `\r\n${BOLD}▶ ${showInLine(title)}${PLAIN}${more === '' ? '' : ` ${DIM}${more}${PLAIN}`}\r\n`;
}

/** What stands below it. */
export function ending(event: Extract<RunEvent, { type: 'attempt_ended' }>): string {
  const time = `${DIM}${(event.durationMs / 1000).toFixed(1)} s${PLAIN}`;
  switch (event.outcome) {
    case 'succeeded':
      if (event.why !== undefined) return `${GREEN}✔ counts as done${PLAIN}${byWhom(event.by)}: ${showInLine(event.why)}\r\n`;
      return `${GREEN}✔ done${PLAIN} ${time}\r\n`;
    case 'failed':
      return `${RED}✘ failed${PLAIN}${reason(event.failure)} ${time}\r\n`;
    case 'cancelled':
      return `${YELLOW}■ cancelled${PLAIN} ${time}\r\n`;
    case 'unknown':
      return `${YELLOW}? nobody knows how this ended${PLAIN}${reason(event.failure)}\r\n`;
  }
}

function byWhom(by: string | undefined): string {
  return by === undefined ? '' : `, says ${showInLine(by)}`;
}

function reason(failure: Failure | undefined): string {
  return failure === undefined ? '' : `: ${showInLine(failure.message)}`;
}
