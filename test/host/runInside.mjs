// Runs the suites of test/e2e/inside in the extension host of a real VS Code.
// `--vsix FILE`: against that package, installed; else against the source folder with what is built in dist/.
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { resolveCliPathFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { chooseExecutable } from './executable.mjs';

const root = resolve(import.meta.dirname, '../..');
const bundled = join(root, 'out/e2e');
const { values } = parseArgs({ options: { vsix: { type: 'string' } } });

await bundleSuites();
const directory = await mkdtemp(join(tmpdir(), 'vscode-inside-'));
const extensions = join(directory, 'extensions');
const workspace = join(directory, 'workspace');
try {
  await cp(join(root, 'examples'), workspace, { recursive: true });
  const { path, standin } = await chooseExecutable();
  if (values.vsix !== undefined) install(path, standin, resolve(values.vsix));
  await runTests({
    vscodeExecutablePath: path,
    // An installed product is tested as it is: what is under development then is an extension that holds nothing.
    extensionDevelopmentPath: values.vsix === undefined ? root : join(import.meta.dirname, 'emptyExtension'),
    extensionTestsPath: join(bundled, 'run.cjs'),
    launchArgs: [workspace, `--extensions-dir=${extensions}`, `--user-data-dir=${join(directory, 'user')}`],
    extensionTestsEnv: { RUNBOOK_TEST_ROOT: root },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** The extension host loads plain scripts, so the suites are bundled first; mocha stays one shared copy. */
async function bundleSuites() {
  await rm(bundled, { recursive: true, force: true });
  const suites = join(root, 'test/e2e/inside');
  const files = (await readdir(suites, { recursive: true })).filter((file) => file.endsWith('.test.ts'));
  const shared = /** @type {const} */ ({ bundle: true, platform: 'node', format: 'cjs', target: 'node20.19', logLevel: 'warning' });
  const outside = ['vscode', 'mocha', '@lydell/node-pty', 'cpu-features', '*.node', 'playwright-core'];
  await build({ ...shared, entryPoints: [join(root, 'test/host/inside/run.ts')], outfile: join(bundled, 'run.cjs'), external: outside });
  await build({
    ...shared,
    entryPoints: files.map((file) => join(suites, file)),
    outdir: join(bundled, 'suites'),
    outbase: suites,
    outExtension: { '.js': '.cjs' },
    sourcemap: 'inline',
    external: outside,
  });
}

/**
 * @param {string} executable
 * @param {boolean} standin
 * @param {string} vsix
 */
function install(executable, standin, vsix) {
  const program = standin ? executable : resolveCliPathFromVSCodeExecutablePath(executable);
  const { status } = spawnSync(program, [`--install-extension=${vsix}`, `--extensions-dir=${extensions}`], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${vsix} could not be installed in ${executable}`);
}
