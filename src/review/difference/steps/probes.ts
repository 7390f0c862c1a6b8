import { canonicalJson } from '../../../planner/index.js';
import { isSame } from '../meaning.js';
import type { Data } from '../meaning.js';

/** How a probe compares with the one that stood there: whether whatever holds for the one holds for the other. */
export type ProbeVerdict = 'same' | 'weaker' | 'stronger' | 'different';

/** Keys of each kind of probe that only ask for more. */
const DEMANDS: Readonly<Record<string, readonly string[]>> = {
  command: ['stdout'],
  http: ['status', 'redirects_to', 'that'],
  file: ['contains', 'max_age', 'sha256'],
};

const TURNED: Readonly<Record<ProbeVerdict, ProbeVerdict>> = {
  same: 'same',
  weaker: 'stronger',
  stronger: 'weaker',
  different: 'different',
};

/** Judges a probe by its meaning. What cannot be told apart from a weakening counts as different. */
export function judgeProbe(old: unknown, now: unknown): ProbeVerdict {
  if (isSame(old, now)) return 'same';
  const [before, after] = [old as Data, now as Data];
  if (before['any'] !== undefined || after['any'] !== undefined) return TURNED[bySubset(partsOf(before, 'any'), partsOf(after, 'any'))];
  if (before['all'] !== undefined || after['all'] !== undefined) return bySubset(partsOf(before, 'all'), partsOf(after, 'all'));
  if (before['not'] !== undefined && after['not'] !== undefined) return TURNED[judgeProbe(before['not'], after['not'])];
  const kind = Object.keys(before)[0] ?? '';
  const [inBefore, inAfter] = [before[kind], after[kind]];
  if (typeof inBefore !== 'object' || typeof inAfter !== 'object' || inBefore === null || inAfter === null) return 'different';
  return kind === 'same' ? judgeSame(inBefore as Data, inAfter as Data) : judgeDemands(kind, inBefore as Data, inAfter as Data);
}

function partsOf(probe: Data, key: 'all' | 'any'): readonly unknown[] {
  return (probe[key] as readonly unknown[] | undefined) ?? [probe];
}

/** More parts ask for more, when all of them must hold. What is left after taking away equal parts may be one that is weaker itself. */
function bySubset(before: readonly unknown[], after: readonly unknown[]): ProbeVerdict {
  const gone = without(before, after);
  const added = without(after, before);
  if (gone.length === 0) return added.length === 0 ? 'same' : 'stronger';
  if (added.length === 0) return 'weaker';
  const [only, other] = [gone[0], added[0]];
  return gone.length === 1 && added.length === 1 ? judgeProbe(only, other) : 'different';
}

function without(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others.map(canonicalJson));
  return items.filter((item) => !known.has(canonicalJson(item)));
}

function judgeSame(before: Data, after: Data): ProbeVerdict {
  if (before['fact'] !== after['fact']) return 'different';
  return bySubset([before['across']].flat(), [after['across']].flat());
}

function judgeDemands(kind: string, before: Data, after: Data): ProbeVerdict {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const verdicts = new Set(
    keys.filter((key) => !isSame(before[key], after[key])).map((key) => judgeDemand(DEMANDS[kind] ?? [], key, before[key], after[key])),
  );
  const [only = 'different', ...more] = verdicts;
  return more.length > 0 ? 'different' : only;
}

function judgeDemand(demands: readonly string[], key: string, before: unknown, after: unknown): ProbeVerdict {
  if (!demands.includes(key)) return 'different';
  if (after === undefined) return 'weaker';
  if (before === undefined) return 'stronger';
  if (key !== 'max_age' || typeof before !== 'number' || typeof after !== 'number') return 'different';
  return after > before ? 'weaker' : 'stronger';
}
