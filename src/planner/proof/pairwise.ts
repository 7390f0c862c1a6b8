/** Combinations that are tried one by one; above that every pair of values is. */
export const MOST_COMBINATIONS = 4096;
/** Values of all unknowns together for which pairs are still looked at: their table has this many rows and columns. */
const MOST_VALUES = 4000;
/** Tables of rows that are kept: the pairs of hosts of one plan mostly have the same unknowns. */
const MOST_REMEMBERED = 100;

const remembered = new Map<string, readonly (readonly number[])[]>();

/** How many combinations there are of so many values each. */
export function combinationCount(sizes: readonly number[]): number {
  return sizes.reduce((count, size) => count * size, 1);
}

/** Every combination of values `0 … size - 1`, or, where there are more than {@link MOST_COMBINATIONS}, enough of them for every pair. */
export function combinations(sizes: readonly number[]): Iterable<readonly number[]> {
  return combinationCount(sizes) > MOST_COMBINATIONS ? pairwise(sizes) : allCombinations(sizes);
}

function* allCombinations(sizes: readonly number[]): Generator<readonly number[]> {
  const values = sizes.map(() => 0);
  if (sizes.includes(0)) return;
  for (;;) {
    yield [...values];
    let at = sizes.length - 1;
    while (at >= 0 && values[at] === (sizes[at] ?? 1) - 1) values[at--] = 0;
    if (at < 0) return;
    values[at] = (values[at] ?? 0) + 1;
  }
}

/**
 * Combinations in which each two values of two unknowns meet at least once; with thousands of values, in which each value occurs. Greedy, one
 * row at a time: a row begins with a pair that is still missing and takes, place by place, the value that covers most of what is,
 * beginning the search at another one each time. Deterministic.
 */
export function pairwise(sizes: readonly number[]): readonly (readonly number[])[] {
  if (sizes.length < 2) return [...allCombinations(sizes)];
  const key = sizes.join();
  let rows = remembered.get(key);
  if (rows === undefined) {
    rows = sizes.reduce((sum, size) => sum + size, 0) > MOST_VALUES ? eachValue(sizes) : rowsOfPairs(sizes);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, rows);
  }
  return rows;
}

function eachValue(sizes: readonly number[]): readonly (readonly number[])[] {
  const most = sizes.reduce((largest, size) => Math.max(largest, size), 0);
  return Array.from({ length: most }, (_, row) => sizes.map((size) => row % size));
}

function rowsOfPairs(sizes: readonly number[]): readonly (readonly number[])[] {
  const missing = new MissingPairs(sizes);
  const rows: number[][] = [];
  sizes.forEach((size, a) => {
    for (let b = a + 1; b < sizes.length; b++)
      for (let x = 0; x < size; x++)
        for (let y = 0; y < (sizes[b] ?? 0); y++) {
          if (!missing.has(a, x, b, y)) continue;
          const row = rowAround(rows.length, new Map([a, b].map((place, index) => [place, index === 0 ? x : y])), sizes, missing);
          missing.cover(row);
          rows.push(row);
        }
  });
  return rows;
}

function rowAround(number: number, pair: ReadonlyMap<number, number>, sizes: readonly number[], missing: MissingPairs): number[] {
  const row = sizes.map(() => 0);
  const placed = [...pair.keys()];
  for (const [at, value] of pair) row[at] = value;
  sizes.forEach((size, at) => {
    if (pair.has(at)) return;
    let best = 0;
    let bestGain = -1;
    for (let step = 0; step < size; step++) {
      const value = (step + scattered(number, at)) % size;
      const gain = placed.reduce((sum, place) => sum + (missing.has(place, row[place] ?? 0, at, value) ? 1 : 0), 0);
      if (gain > bestGain) [best, bestGain] = [value, gain];
    }
    row[at] = best;
    placed.push(at);
  });
  return row;
}

/** Some number for a place in a row: were it always 0, all the rows would be alike, and many of them needed. */
function scattered(row: number, at: number): number {
  return Math.imul(Math.imul(row + 1, 0x9e3779b1) ^ (at + 1), 0x85ebca6b) >>> 16;
}

/** Which two values of two unknowns have not met yet: a table of all values by all values. */
class MissingPairs {
  readonly #offsets: readonly number[];
  readonly #width: number;
  readonly #met: Uint8Array;

  constructor(sizes: readonly number[]) {
    let width = 0;
    this.#offsets = sizes.map((size) => (width += size) - size);
    this.#width = width;
    this.#met = new Uint8Array(width * width);
  }

  has(a: number, x: number, b: number, y: number): boolean {
    return this.#met[this.#place(a, x, b, y)] === 0;
  }

  cover(row: readonly number[]): void {
    for (let a = 0; a < row.length; a++) for (let b = 0; b < row.length; b++) this.#met[this.#place(a, row[a] ?? 0, b, row[b] ?? 0)] = 1;
  }

  #place(a: number, x: number, b: number, y: number): number {
    return ((this.#offsets[a] ?? 0) + x) * this.#width + (this.#offsets[b] ?? 0) + y;
  }
}
