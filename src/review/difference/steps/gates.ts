import type { Evidence } from '../../../language/index.js';
import { isSame } from '../meaning.js';
import type { Data } from '../meaning.js';
import { beforeAfter, quoted, short } from '../words.js';
import type { PartPair } from './partPair.js';

/** What a person is told, and what they must give before the run goes on. */
export function compareGate(pair: PartPair): void {
  compareApprover(pair);
  compareEvidence(pair);
  for (const key of ['manual', 'open', 'expect'] as const) {
    if (!pair.differs(key) || (key === 'manual' && (pair.before(key) === undefined || pair.after(key) === undefined))) continue;
    pair.tell(
      'instruction-changed',
      `what people are told at ${pair.label} differs: ${beforeAfter(pair.before(key), pair.after(key))}`,
      key,
    );
  }
  if (!pair.differs('optional')) return;
  if (pair.after('optional') === true) {
    const kind = pair.sort === 'gate' ? 'gate-weakened' : pair.sort === 'check' ? 'check-weakened' : 'when-changed';
    pair.tell(kind, `${pair.label} may now be left out by the operator`, 'optional');
  } else pair.tell('safeguard-added', `${pair.label} may no longer be left out`, 'optional');
}

function compareApprover(pair: PartPair): void {
  if (!pair.differs('approver')) return;
  if (pair.after('approver') === undefined)
    pair.tell('approval-dropped', `${pair.label} no longer needs another person; the operator may answer alone`, 'approver');
  else pair.tell('safeguard-added', `${pair.label} now needs another person`, 'approver');
}

const KINDS_OF_EVIDENCE = ['attest', 'value', 'choice', 'file'] as const;

function compareEvidence(pair: PartPair): void {
  if (!pair.differs('evidence')) return;
  const before = [...((pair.before('evidence') ?? []) as readonly Evidence[])];
  const after = [...((pair.after('evidence') ?? []) as readonly Evidence[])];
  const gone = before.filter((item) => !takeFirst(after, (one) => isSame(item, one)));
  for (const item of gone) {
    const kind = KINDS_OF_EVIDENCE.find((key) => item[key] !== undefined) ?? 'attest';
    const now = takeFirst(after, (one) => one[kind] === item[kind]) ?? takeFirst(after, (one) => one[kind] !== undefined);
    if (now === undefined) pair.tell('gate-weakened', `${pair.label} no longer asks for ${inWords(item)}`, 'evidence');
    else compareItem(pair, item, now);
  }
  for (const item of after) pair.tell('safeguard-added', `${pair.label} now asks for ${inWords(item)}`, 'evidence');
}

function compareItem(pair: PartPair, before: Evidence, after: Evidence): void {
  const less = (['pattern', 'type', 'scheme'] as const).filter((key) => before[key] !== undefined && before[key] !== after[key]);
  const options = (after.options ?? []).filter((option) => !(before.options ?? []).includes(option));
  if (less.length > 0 || (before.options !== undefined && options.length > 0))
    pair.tell('gate-weakened', `${pair.label} accepts other answers: ${beforeAfter(before, after)}`, 'evidence');
  else pair.tell('gate-changed', `${pair.label} asks for something else: ${beforeAfter(before, after)}`, 'evidence');
}

function takeFirst(list: Evidence[], matches: (one: Evidence) => boolean): Evidence | undefined {
  const at = list.findIndex(matches);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

/** An item of evidence as people know it. */
function inWords(item: Evidence): string {
  if (item.attest !== undefined) return `the confirmation ${quoted(item.attest)}`;
  const kind = KINDS_OF_EVIDENCE.find((key) => item[key] !== undefined) ?? 'value';
  return `the ${kind} ${quoted(item.title ?? short((item as Data)[kind]))}`;
}
