import { meaningOf } from '../../language/index.js';
import type { Step } from '../../language/index.js';
import { canonicalJson } from '../../planner/index.js';
import type { Names } from './names.js';

/** A mapping of plain data. */
export type Data = Readonly<Record<string, unknown>>;

const known = new WeakMap<object, Data>();

/** A step, a method, an undo or a remedy with all that is only spelling made equal: times are milliseconds, a flag that is off is not there. */
export function meaningOfStep(step: object): Data {
  let meaning = known.get(step);
  if (meaning === undefined) {
    meaning = withoutOff(meaningOf('step', step)) as Data;
    known.set(step, meaning);
  }
  return meaning;
}

/** A part of a step by its key, as {@link meaningOfStep} has it. */
export function partOf(step: object, key: string): unknown {
  return meaningOfStep(step)[key];
}

/** A probe with all that is only spelling made equal. */
export function meaningOfProbe(probe: unknown): unknown {
  return withoutOff(meaningOf('probe', probe));
}

const FLAGS = new Set(['once', 'optional', 'terminal', 'per_hop', 'safe', 'secret', 'become']);

function withoutOff(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOff);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !(member === false && FLAGS.has(key)))
      .map(([key, member]) => [key, withoutOff(member)]),
  );
}

/** Whether something written before means what is written now. */
export function isSame(old: unknown, now: unknown, names?: Names): boolean {
  return canonicalJson(names === undefined ? old : names.renamed(old)) === canonicalJson(now);
}

/** What a step is and does, whatever it is called, wherever it stands and whoever it names: equal for steps that were renamed or moved. */
export function digestOf(step: Step, names?: Names): string {
  const { id: _id, on: _on, from: _from, once: _once, when: _when, ...rest } = meaningOfStep(step);
  const text = canonicalJson(names === undefined ? rest : names.renamed(rest));
  return text.replace(/\bsteps\.[a-z_]\w*/g, 'steps._');
}
