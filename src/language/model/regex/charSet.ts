/** A set of code points, as sorted ranges that do not touch. */
export type CharSet = readonly (readonly [from: number, to: number])[];

const LAST = 0x10ffff;

export const ANY_CHAR: CharSet = [[0, LAST]];
export const NOT_NEWLINE: CharSet = complement([[10, 10]]);

const DIGIT: CharSet = [[48, 57]];
const WORD: CharSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: CharSet = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** Sets of the escapes that stand for more than one character. */
export const CLASS_ESCAPES: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};

export function single(code: number): CharSet {
  return [[code, code]];
}

export function union(sets: readonly CharSet[]): CharSet {
  const sorted = sets.flat().sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function complement(set: CharSet): CharSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}

export function overlap(a: CharSet, b: CharSet): boolean {
  return a.some(([from, to]) => b.some(([otherFrom, otherTo]) => from <= otherTo && otherFrom <= to));
}

/** The set with both cases of its ASCII letters. */
export function bothCases(set: CharSet): CharSet {
  const shifted = set.flatMap(([from, to]): [number, number][] => {
    const made: [number, number][] = [];
    if (from <= 90 && to >= 65) made.push([Math.max(from, 65) + 32, Math.min(to, 90) + 32]);
    if (from <= 122 && to >= 97) made.push([Math.max(from, 97) - 32, Math.min(to, 122) - 32]);
    return made;
  });
  return union([set, shifted]);
}
