import { isSame } from '../meaning.js';
import type { ProjectNames } from '../names.js';
import type { Declared } from './documents.js';

/** Which declarations are the same thing before and after. */
export interface PairedDeclarations {
  readonly pairs: readonly { readonly old: Declared; readonly now: Declared }[];
  readonly removed: readonly Declared[];
  readonly added: readonly Declared[];
}

/**
 * Pairs declarations by name, in their file and then in any; then, of those whose names are gone, by what they mean. What is declared in
 * two files and means the same is one thing: neither gone nor new where only one of them is.
 */
export function pairDeclarations(old: readonly Declared[], now: readonly Declared[], names: ProjectNames): PairedDeclarations {
  const partner = new Map<Declared, Declared>();
  const taken = new Set<Declared>();
  const means = (a: Declared, b: Declared): boolean => isSame(withoutId(a.meaning), withoutId(b.meaning), names.in(a.spot.document));
  const signs: readonly ((a: Declared, b: Declared) => boolean)[] = [
    (a, b) => a.name === b.name && a.file === b.file && (a.name !== '' || means(a, b)),
    (a, b) => a.name === b.name && (a.name !== '' || means(a, b)),
    (a, b) => a.file === b.file && means(a, b),
    means,
  ];
  for (const sign of signs)
    for (const one of now) {
      if (partner.has(one)) continue;
      const found = old.find((other) => !taken.has(other) && sign(other, one));
      if (found === undefined) continue;
      partner.set(one, found);
      taken.add(found);
    }
  return {
    pairs: now.flatMap((one) => {
      const found = partner.get(one);
      return found === undefined ? [] : [{ old: found, now: one }];
    }),
    removed: old.filter((one) => !taken.has(one) && !now.some((other) => other.name === one.name && means(one, other))),
    added: now.filter((one) => !partner.has(one) && !old.some((other) => other.name === one.name && means(other, one))),
  };
}

function withoutId(meaning: unknown): unknown {
  if (typeof meaning !== 'object' || meaning === null || Array.isArray(meaning)) return meaning;
  return Object.fromEntries(Object.entries(meaning).filter(([key]) => key !== 'id'));
}
