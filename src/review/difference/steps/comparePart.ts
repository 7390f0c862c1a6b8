import { actionOf } from '../../../planner/index.js';
import { beforeAfter } from '../words.js';
import { compareChecks } from './checks.js';
import { compareCommands } from './commands.js';
import { compareGate } from './gates.js';
import type { PartPair } from './partPair.js';
import { compareTexts } from './texts.js';
import { compareTimes } from './times.js';

/** What steps, methods, undos and remedies have in common. */
export function comparePart(pair: PartPair): void {
  compareAction(pair);
  compareGate(pair);
  compareChecks(pair);
  compareCommands(pair);
  compareTimes(pair);
  compareTexts(pair);
}

/** A method, an undo or a remedy: only these are compared by the `from` that they have themselves. */
export function compareInner(pair: PartPair): void {
  comparePart(pair);
  if (pair.differs('from'))
    pair.tell('place-changed', `${pair.label} is performed on: ${beforeAfter(pair.before('from'), pair.after('from'))}`, 'from');
}

function compareAction(pair: PartPair): void {
  const [before, after] = [actionOf(pair.old.data), actionOf(pair.now.data)];
  const isAsked = (action: string | undefined): boolean => action === 'check' || action === 'wait';
  if (before === after || before === undefined || after === undefined || (isAsked(before) && isAsked(after))) return;
  const what = `${pair.label} is done in another way: ${before} → ${after}`;
  if (before === 'manual') pair.tell('gate-removed', `${what}; no person is asked any more`, after);
  else if (isAsked(before)) pair.tell('check-removed', `${what}; nothing is checked any more`, after);
  else if (after === 'methods' || before === 'methods') return;
  else pair.tell('script-changed', what, after);
}
