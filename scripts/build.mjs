// Bundles the product: the extension, its panel, the command line and the lab, each from one entry. With `cli`, only the command line.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packForBrowser } from './browserParts.mjs';
import { bundledLicences } from './bundledLicences.mjs';
import { pastFacades } from './pastFacades.mjs';
import { readersOnly } from './readersOnly.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');

/** @type {{ version: string, repository?: { url: string } }} */
const { version, repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

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
  define: {
    PRODUCT_VERSION: JSON.stringify(version),
    REPOSITORY: JSON.stringify((repository?.url ?? '').replace(/^git\+|\.git$/g, '')),
  },
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

// An ES module has no `require`, which bundled CommonJS packages still use. It is made when it is asked for: every part has this line.
const commonJsNames = "const require = (name) => process.getBuiltinModule('node:module').createRequire(import.meta.url)(name);";
const pathNames = { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' };

/** Our own modules do nothing but define: what a command does not name of them, it does not load. */
const nothingButDefinitions = {
  name: 'nothing-but-definitions',
  /** @param {import('esbuild').PluginBuild} plugin */
  setup(plugin) {
    plugin.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir, kind }) => {
      const source = join(resolveDir, path.replace(/\.js$/, '.ts'));
      const isOurs = resolveDir.startsWith(join(root, 'src') + sep) && kind !== 'entry-point';
      return isOurs ? { path: source, sideEffects: false } : undefined;
    });
  },
};

/**
 * One program in parts, each loaded when it is needed.
 * @type {import('esbuild').BuildOptions}
 */
const inParts = {
  ...node,
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  splitting: true,
  // The form for browsers is the same code as one module; the other is put together from 70 at every start.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  // It costs a call for every function that is made at run time.
  keepNames: false,
  format: 'esm',
  define: { ...shared.define, ...pathNames },
  plugins: [...(node.plugins ?? []), nothingButDefinitions, pastFacades(join(root, 'src')), readersOnly],
  banner: { js: commonJsNames },
};

/**
 * Without `vscode` as an external: a stray import of it in what the command line uses ends the build.
 * @type {import('esbuild').BuildOptions}
 */
const commandLine = {
  ...inParts,
  entryPoints: { cli: 'src/cli/bin.ts', 'cli/lintThread': 'src/cli/lint/thread.ts' },
  chunkNames: 'cli/[name]-[hash]',
  banner: { js: `#!/usr/bin/env node\n${commonJsNames}` },
};

/**
 * For a platform without Node: what asks for a part of it ends the build.
 * @type {import('esbuild').BuildOptions}
 */
const browser = {
  ...inParts,
  platform: 'browser',
  target: 'es2022',
  entryPoints: { browser: 'src/extension/browser/extension.ts' },
  chunkNames: 'browser/[name]-[hash]',
  external: ['vscode'],
  define: shared.define ?? {},
  banner: {},
  plugins: [nothingButDefinitions, pastFacades(join(root, 'src')), readersOnly],
  sourcemap: false,
  write: false,
};

/**
 * A page that the editor shows: one script and one sheet of styles.
 * @param {string} entry
 * @param {string} name
 * @returns {import('esbuild').BuildOptions}
 */
function pageOf(entry, name) {
  return {
    ...shared,
    entryPoints: [entry],
    outfile: `dist/webview/${name}.js`,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    loader: { '.ttf': 'file', '.svg': 'dataurl' },
    plugins: [nothingButDefinitions],
  };
}

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...inParts,
    entryPoints: { extension: 'src/extension/extension.ts' },
    chunkNames: 'extension/[name]-[hash]',
    external: ['vscode', ...(node.external ?? [])],
  },
  browser,
  commandLine,
  {
    ...node,
    entryPoints: ['lab/main.ts'],
    outfile: 'dist/lab.mjs',
    format: 'esm',
    minify: false,
    define: { ...shared.define, ...pathNames },
    banner: { js: commonJsNames },
  },
  pageOf('webview/panel.ts', 'panel'),
  pageOf('webview/plan/page.ts', 'plan'),
];

const wanted = process.argv[2] === 'cli' ? [commandLine] : bundles;
const results = await Promise.allSettled(wanted.map((options) => (options === browser ? buildForBrowser() : build(options))));
const failed = wanted.filter((_, index) => results[index]?.status === 'rejected').map(({ outfile, outdir }) => String(outfile ?? outdir));
if (failed.length > 0) {
  console.error(`not built: ${failed.join(', ')}`);
  process.exitCode = 1;
} else {
  await chmod(join(root, 'dist/cli.mjs'), 0o755);
  await removeOldParts(results.flatMap(filesOf));
  await mkdir(join(root, 'out'), { recursive: true });
  const description = join(root, 'out/bundles.json');
  const others = wanted === bundles ? [] : await describedBefore(description);
  const outputs = results.flatMap(described);
  await writeFile(description, JSON.stringify(Object.fromEntries([...others, ...outputs]), null, 2));
  const shipped = outputs.filter(([file]) => /^dist\/(extension(\/.*)?\.mjs|browser(\/.*)?\.cjs|webview\/.*\.js)$/.test(file));
  if (shipped.length > 0) {
    const licences = bundledLicences(shipped.flatMap(([, { inputs }]) => inputs));
    await writeFile(join(root, 'dist/THIRD_PARTY_LICENSES.txt'), licences);
  }
}

/** @returns {Promise<Pick<import('esbuild').BuildResult, 'metafile'>>} */
async function buildForBrowser() {
  const built = await build({ ...browser, metafile: true, write: false });
  return { metafile: { inputs: built.metafile.inputs, outputs: await packForBrowser(built, join(root, 'dist/browser.cjs')) } };
}

/**
 * What an earlier build says of everything but the command line.
 * @param {string} description
 * @returns {Promise<readonly [string, unknown][]>}
 */
async function describedBefore(description) {
  const text = await readFile(description, 'utf8').catch(() => '{}');
  return Object.entries(JSON.parse(text)).filter(([file]) => !/^dist\/cli(\.|\/)/.test(file));
}

/**
 * Parts carry the mark of what is in them: those of an earlier build would stay.
 * @param {readonly string[]} made
 */
async function removeOldParts(made) {
  for (const folder of ['dist/cli', 'dist/extension', 'dist/browser']) {
    if (!made.some((file) => file.startsWith(`${folder}/`))) continue;
    for (const name of await readdir(join(root, folder)))
      if (!made.includes(`${folder}/${name}`)) await rm(join(root, folder, name), { force: true });
  }
}

/**
 * @param {PromiseSettledResult<Pick<import('esbuild').BuildResult, 'metafile'>>} result
 * @returns {readonly string[]}
 */
function filesOf(result) {
  return result.status === 'fulfilled' ? Object.keys(result.value.metafile?.outputs ?? {}) : [];
}

/**
 * What each output holds and asks for, for the tests of the bundles.
 * @param {PromiseSettledResult<Pick<import('esbuild').BuildResult, 'metafile'>>} result
 */
function described(result) {
  const outputs = result.status === 'fulfilled' ? Object.entries(result.value.metafile?.outputs ?? {}) : [];
  return outputs.map(([file, { bytes, imports, inputs }]) => {
    const outside = imports.filter(({ external }) => external === true).map(({ path }) => path);
    const loads = imports.filter(({ external, kind }) => external !== true && kind === 'import-statement').map(({ path }) => path);
    const weights = Object.fromEntries(Object.entries(inputs).map(([input, { bytesInOutput }]) => [input, bytesInOutput]));
    return /** @type {const} */ ([file, { bytes, outside: [...new Set(outside)], loads, inputs: Object.keys(inputs), weights }]);
  });
}
