// Runs the suites that are about texts and plans in the extension host of a browser: a real VS Code without a machine behind it.
// `--vsix FILE`: against that package; else against the source folder with what is built in dist/.
import { EventEmitter, once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import { build } from 'esbuild';
import { installExtension, openBrowser, startServer } from './server.mjs';
import { ADDED, serveWebSite } from './webSite.mjs';

/** How long the suites may take, in ms. */
const LIMIT_MS = 10 * 60_000;

/** Begins the line with which `test/e2e/web/support/run.ts` gives its counts. */
const COUNTS = 'counts of the suites in the browser: ';

const root = resolve(import.meta.dirname, '../..');
const bundled = join(root, 'out/e2e-web');
const { values } = parseArgs({ options: { vsix: { type: 'string' } } });

await bundleSuites();
await makeShelf();
const directory = await mkdtemp(join(tmpdir(), 'vscode-web-'));
const product = values.vsix === undefined ? root : await unpacked(resolve(values.vsix), directory);
const server = await startServer();
const site = await serveWebSite(server.port, {
  folders: { product, shelf: join(bundled, 'shelf'), tests: join(bundled, 'tests') },
  extensions: ['product', 'shelf'],
});
const browser = await openBrowser();
try {
  process.exitCode = await runInWindow();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await browser.close();
  await site.stop();
  await server.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** @returns {Promise<number>} */
async function runInWindow() {
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  const ended = new EventEmitter();
  const code = once(ended, 'code');
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ value) => ended.emit('code', value));
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ parts) =>
    print(type, format(...parts)),
  );
  page.on('crash', () => ended.emit('error', new Error('the browser window crashed')));
  setTimeout(() => ended.emit('error', new Error(`the tests did not end within ${LIMIT_MS / 60_000} minutes`)), LIMIT_MS).unref();
  const origin = `http://127.0.0.1:${site.port}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['enableProposedApi', ''],
    ['extensionDevelopmentPath', `${origin}${ADDED}/product`],
    ['extensionDevelopmentPath', `${origin}${ADDED}/shelf`],
    ['extensionTestsPath', `${origin}${ADDED}/tests/run.cjs`],
  ];
  await page.goto(`${origin}/?folder=${encodeURIComponent('shelf:/workspace')}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return Number((await code)[0]);
}

/**
 * Prints what the suites print, and hands their counts on; the window itself says much on the same channel.
 * @param {string} type
 * @param {string} text
 */
function print(type, text) {
  const at = text.indexOf(COUNTS);
  const file = process.env['TALLY_FILE'];
  if (at >= 0 && file) appendFileSync(file, `${text.slice(at + COUNTS.length)}\n`);
  else if (at < 0) (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
}

/** One script for the worker: mocha as it is made for browsers, the suites of its own, and those inside VS Code that need nothing of Node. */
async function bundleSuites() {
  const suites = [...(await suitesIn('test/e2e/inside')), ...(await suitesIn('test/e2e/web'))];
  const loads = suites.map((file) => `require(${JSON.stringify(file)});`).join('\n');
  await build({
    stdin: {
      contents: [
        `import ${JSON.stringify(join(root, 'node_modules/mocha/mocha.js'))};`,
        `import { runSuites } from ${JSON.stringify(join(root, 'test/e2e/web/support/run.ts'))};`,
        `export const run = () => runSuites(() => {\n${loads}\n});`,
      ].join('\n'),
      resolveDir: root,
    },
    outfile: join(bundled, 'tests/run.cjs'),
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    alias: { 'node:assert/strict': join(root, 'test/e2e/web/support/assert.ts') },
    define: { global: 'globalThis' },
    logLevel: 'error',
  });
}

/**
 * @param {string} folder
 * @returns {Promise<readonly string[]>}
 */
async function suitesIn(folder) {
  const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.test.ts')).sort();
  const files = names.map((name) => join(root, folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return files.filter((_, index) => !/from 'node:(?!assert\/strict')/.test(texts[index] ?? ''));
}

/** The extension that holds the workspace: the examples, as they are now. */
async function makeShelf() {
  const shelf = join(bundled, 'shelf');
  await mkdir(shelf, { recursive: true });
  await build({
    entryPoints: [join(root, 'test/e2e/web/support/shelf.ts')],
    outfile: join(shelf, 'shelf.js'),
    bundle: true,
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    logLevel: 'error',
  });
  const examples = join(root, 'examples');
  const names = (await readdir(examples, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const files = names.map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(examples.length + 1).replaceAll('\\', '/'), await readFile(file, 'utf8')]),
  );
  await writeFile(join(shelf, 'workspace.json'), JSON.stringify(Object.fromEntries(texts)));
  await writeFile(
    join(shelf, 'package.json'),
    JSON.stringify({
      name: 'runbook-studio-test-shelf',
      publisher: 'runbook-studio',
      version: '0.0.0',
      engines: { vscode: '^1.101.0' },
      enabledApiProposals: ['fileSearchProvider'],
      activationEvents: ['onFileSystem:shelf', 'onSearch:shelf'],
      browser: './shelf.js',
    }),
  );
}

/**
 * The folder with what a package holds.
 * @param {string} vsix
 * @param {string} directory
 * @returns {Promise<string>}
 */
async function unpacked(vsix, directory) {
  const extensions = join(directory, 'extensions');
  await installExtension(vsix, extensions);
  const [name] = (await readdir(extensions, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  if (name === undefined) throw new Error(`${vsix} was not unpacked`);
  return join(extensions, name);
}
