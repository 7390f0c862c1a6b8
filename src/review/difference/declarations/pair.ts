import { canonicalJson } from '../../../planner/index.js';
import type { ProjectNames } from '../names.js';
import type { Declared } from './documents.js';

/** Which declarations are the same thing before and after. */
export interface PairedDeclarations {
  readonly pairs: readonly { readonly old: Declared; readonly now: Declared }[];
  readonly removed: readonly Declared[];
  readonly added: readonly Declared[];
}

type KeyOf = (declared: Declared, meaning: string) => string | undefined;

/** From the surest sign that two declarations are one to the weakest. What has no name is known by what it means. */
const SIGNS: readonly KeyOf[] = [
  ({ name, file }, meaning) => JSON.stringify([file, name, name === '' ? meaning : '']),
  ({ name }, meaning) => JSON.stringify([name, name === '' ? meaning : '']),
  ({ file }, meaning) => JSON.stringify([file, meaning]),
  (_declared, meaning) => meaning,
];

/**
 * Pairs declarations by name, in their file and then in any; then, of those whose names are gone, by what they mean. What is declared in
 * two files and means the same is one thing: neither gone nor new where only one of them is.
 */
export function pairDeclarations(old: readonly Declared[], now: readonly Declared[], names: ProjectNames): PairedDeclarations {
  const meanings = new Map<Declared, string>([
    ...old.map((one) => [one, canonicalJson(names.in(one.spot.document).renamed(withoutId(one.meaning)))] as const),
    ...now.map((one) => [one, canonicalJson(withoutId(one.meaning))] as const),
  ]);
  const meaningOf = (one: Declared): string => meanings.get(one) ?? '';
  const partner = new Map<Declared, Declared>();
  const taken = new Set<Declared>();
  for (const sign of SIGNS) {
    const free = new Map<string, Declared[]>();
    for (const one of old) {
      const key = taken.has(one) ? undefined : sign(one, meaningOf(one));
      if (key === undefined) continue;
      const list = free.get(key);
      if (list === undefined) free.set(key, [one]);
      else list.push(one);
    }
    for (const list of free.values()) list.reverse();
    for (const one of now) {
      const key = partner.has(one) ? undefined : sign(one, meaningOf(one));
      const found = key === undefined ? undefined : free.get(key)?.pop();
      if (found === undefined) continue;
      partner.set(one, found);
      taken.add(found);
    }
  }
  const known = (list: readonly Declared[]): ReadonlySet<string> => new Set(list.map((one) => JSON.stringify([one.name, meaningOf(one)])));
  const [before, after] = [known(old), known(now)];
  const isIn = (set: ReadonlySet<string>, one: Declared): boolean => set.has(JSON.stringify([one.name, meaningOf(one)]));
  return {
    pairs: now.flatMap((one) => {
      const found = partner.get(one);
      return found === undefined ? [] : [{ old: found, now: one }];
    }),
    removed: old.filter((one) => !taken.has(one) && !isIn(after, one)),
    added: now.filter((one) => !partner.has(one) && !isIn(before, one)),
  };
}

function withoutId(meaning: unknown): unknown {
  if (typeof meaning !== 'object' || meaning === null || Array.isArray(meaning)) return meaning;
  return Object.fromEntries(Object.entries(meaning).filter(([key]) => key !== 'id'));
}
