// Bundles the product: the extension, its panel, the command line and the lab, each from one entry.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(fileURLToPath(import.meta.url), '../..');

/** @type {{ version: string }} */
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** ssh2 tries these native helpers and does without them; a bundle for every platform cannot carry them. */
const skippedNatives = {
  name: 'skipped-natives',
  /** @param {import('esbuild').PluginBuild} plugin */
  setup(plugin) {
    plugin.onResolve({ filter: /(^cpu-features$|\.node$)/ }, ({ path }) => ({ path, external: true }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  keepNames: true,
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  define: { PRODUCT_VERSION: JSON.stringify(version) },
  logOverride: { 'empty-import-meta': 'error' },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  target: 'node20.19',
  // The terminal library is loaded when there is one; the editor brings its own.
  external: ['@lydell/node-pty'],
  mainFields: ['module', 'main'],
  plugins: [skippedNatives],
};

// An ES module has none of these names, which bundled CommonJS packages still use.
const commonJsNames =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;";

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: ['src/extension/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode', ...(node.external ?? [])],
  },
  // Without `vscode` as an external: a stray import of it in what the command line uses ends the build.
  {
    ...node,
    entryPoints: ['src/cli/bin.ts'],
    outfile: 'dist/cli.mjs',
    format: 'esm',
    banner: { js: `#!/usr/bin/env node\n${commonJsNames}` },
  },
  { ...node, entryPoints: ['lab/main.ts'], outfile: 'dist/lab.mjs', format: 'esm', minify: false, banner: { js: commonJsNames } },
  {
    ...shared,
    entryPoints: ['webview/panel.ts'],
    outfile: 'dist/webview/panel.js',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    loader: { '.ttf': 'file', '.svg': 'dataurl' },
  },
];

const results = await Promise.allSettled(bundles.map((options) => build(options)));
const failed = bundles.filter((_, index) => results[index]?.status === 'rejected').map((options) => String(options.outfile));
if (failed.length > 0) {
  console.error(`not built: ${failed.join(', ')}`);
  process.exitCode = 1;
} else {
  await chmod(join(root, 'dist/cli.mjs'), 0o755);
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(join(root, 'out/bundles.json'), JSON.stringify(Object.fromEntries(results.flatMap(described)), null, 2));
}

/**
 * What each output holds and asks for, for the tests of the bundles.
 * @param {PromiseSettledResult<import('esbuild').BuildResult>} result
 */
function described(result) {
  const outputs = result.status === 'fulfilled' ? Object.entries(result.value.metafile?.outputs ?? {}) : [];
  return outputs.map(([file, { bytes, imports, inputs }]) => {
    const outside = imports.filter(({ external }) => external === true).map(({ path }) => path);
    return /** @type {const} */ ([file, { bytes, outside: [...new Set(outside)], inputs: Object.keys(inputs) }]);
  });
}
