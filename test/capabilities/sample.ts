import { randomInt } from 'node:crypto';

/** Some items, chosen by a seed that can be given again to choose the same ones. */
export function sampleOf<Item>(
  items: readonly Item[],
  size: number,
  given?: string,
): { readonly seed: string; readonly rows: readonly Item[] } {
  const seed = given ?? String(randomInt(1, 2 ** 31));
  let state = Number(seed) % 2_147_483_647;
  const left = [...items];
  const rows: Item[] = [];
  while (rows.length < size && left.length > 0) {
    // Lehmer's generator: enough to choose, and the same everywhere.
    state = (state * 48_271) % 2_147_483_647;
    rows.push(...left.splice(state % left.length, 1));
  }
  return { seed, rows };
}
