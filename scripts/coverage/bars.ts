/** Modules that decide which file a path leads to, or may lead to, in an upload, a download or a `use`; wherever they stand. */
export const PATH_MODULES: readonly string[] = [
  'src/cli/lint/tree.ts',
  'src/cli/projectWorkspace.ts',
  'src/cli/workspace.ts',
  'src/engine/steps/downloadName.ts',
  'src/engine/steps/uploadSource.ts',
  'src/engine/transports/openSource.ts',
  'src/language/model/useReference.ts',
];

/** Modules that decide whether a host is the one that is meant: by its key, by its certificate, and by what is revoked. */
const HOST_KEY_MODULES = ['algorithms', 'certificate', 'fetchCertificate', 'hostVerifier', 'knownHosts', 'revokedKeys', 'signature', 'wire'].map(
  (name) => `src/engine/transports/ssh/${name}.ts`,
);

/** Least share of branches that the tests must take, from 0 to 1. The first that fits a file, by its path from the repository, holds. */
const BARS: readonly { readonly holdsFor: (file: string) => boolean; readonly least: number }[] = [
  { holdsFor: (file) => /^src\/engine\/(journal|secrets)\//.test(file), least: 1 },
  { holdsFor: (file) => HOST_KEY_MODULES.includes(file), least: 1 },
  { holdsFor: (file) => PATH_MODULES.includes(file), least: 1 },
];

/** What holds for the rest of the engine, taken together. */
export const LEAST_OF_THE_REST = 0.95;

/** The bar of a file by itself. Undefined: it is one of the rest. */
export function barOf(file: string): number | undefined {
  return BARS.find(({ holdsFor }) => holdsFor(file))?.least;
}
