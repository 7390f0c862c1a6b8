/** Least share of branches that the tests must take, from 0 to 1. The first that fits a file, by its path from the repository, holds. */
const BARS: readonly { readonly path: RegExp; readonly least: number }[] = [
  { path: /^src\/engine\/(journal|secrets)\//, least: 1 },
  { path: /^src\/engine\/transports\/ssh\/(hostVerifier|knownHosts)/, least: 1 },
  { path: /^src\/engine\/(.*\/)?(path|place)[A-Z]?[^/]*\.ts$|^src\/engine\/paths\//, least: 1 },
];

/** What holds for the rest of the engine, taken together. */
export const LEAST_OF_THE_REST = 0.95;

/** The bar of a file by itself. Undefined: it is one of the rest. */
export function barOf(file: string): number | undefined {
  return BARS.find(({ path }) => path.test(file))?.least;
}
