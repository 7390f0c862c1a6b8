/** Combinations that are tried one by one; above that every pair of values is. */
export const MOST_COMBINATIONS = 4096;

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
 * Combinations in which each two values of two unknowns meet at least once. Greedy, one row at a time: a row begins with a pair that is still
 * missing and takes, place by place, the value that covers most of what is. Deterministic.
 */
export function pairwise(sizes: readonly number[]): readonly (readonly number[])[] {
  if (sizes.length < 2) return [...allCombinations(sizes)];
  const missing = new Set<string>();
  for (let a = 0; a < sizes.length; a++)
    for (let b = a + 1; b < sizes.length; b++)
      for (let x = 0; x < (sizes[a] ?? 0); x++) for (let y = 0; y < (sizes[b] ?? 0); y++) missing.add(pairKey(a, x, b, y));
  const rows: number[][] = [];
  for (let first = missing.values().next(); first.done !== true; first = missing.values().next()) {
    const row = rowAround(first.value, sizes, missing);
    for (let a = 0; a < row.length; a++)
      for (let b = a + 1; b < row.length; b++) missing.delete(pairKey(a, row[a] as number, b, row[b] as number));
    rows.push(row);
  }
  return rows;
}

function rowAround(pair: string, sizes: readonly number[], missing: ReadonlySet<string>): number[] {
  const [a = 0, x = 0, b = 0, y = 0] = pair.split(',').map(Number);
  const row: (number | undefined)[] = sizes.map((_, at) => (at === a ? x : at === b ? y : undefined));
  sizes.forEach((size, at) => {
    if (row[at] !== undefined) return;
    let best = 0;
    let bestGain = -1;
    for (let value = 0; value < size; value++) {
      let gain = 0;
      row.forEach((other, place) => {
        if (other === undefined) return;
        if (missing.has(place < at ? pairKey(place, other, at, value) : pairKey(at, value, place, other))) gain++;
      });
      if (gain > bestGain) [best, bestGain] = [value, gain];
    }
    row[at] = best;
  });
  return row as number[];
}

function pairKey(a: number, x: number, b: number, y: number): string {
  return `${String(a)},${String(x)},${String(b)},${String(y)}`;
}
