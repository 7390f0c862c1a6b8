import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';

const root = join(import.meta.dirname, '../..');

/** Bytes each bundle may have: a new dependency that doubles one should be a decision, not a surprise. */
const CEILINGS: Readonly<Record<string, number>> = {
  'dist/extension.cjs': 1_750_000,
  'dist/cli.mjs': 5_000,
  'dist/webview/panel.js': 350_000,
};

/** Native helpers that are used where there are some. */
const NATIVES = ['@lydell/node-pty', 'cpu-features'];

/** All parts of the command line together, and those that checking a file loads. */
const COMMAND_LINE = 1_600_000;
const LINTER = 800_000;

interface Bundle {
  readonly bytes: number;
  /** Other bundles that are loaded with it. */
  readonly loads: readonly string[];
  /** What it asks Node for at run time. */
  readonly outside: readonly string[];
  /** Files it was made of. */
  readonly inputs: readonly string[];
}

/** Written by the build beside what it describes. */
function bundles(): Readonly<Record<string, Bundle>> {
  return JSON.parse(readFileSync(join(root, 'out/bundles.json'), 'utf8'));
}

/** The parts of the command line, those that are loaded later among them. */
function commandLine(): readonly string[] {
  return Object.keys(bundles()).filter((file) => /^dist\/cli[./]/.test(file) && !file.endsWith('.map'));
}

/** A part whose name begins so, with everything that is loaded with it. */
function loadedWith(...names: readonly string[]): readonly string[] {
  const all = bundles();
  const loaded = new Set(commandLine().filter((file) => names.some((name) => file.startsWith(name))));
  assert.ok(loaded.size >= names.length, `no part for ${names.join(', ')}`);
  for (const file of loaded) for (const other of all[file]?.loads ?? []) loaded.add(other);
  return [...loaded];
}

function strangers(file: string, allowed: readonly string[]): readonly string[] {
  const known = (name: string): boolean =>
    name.startsWith('node:') || builtinModules.includes(name) || allowed.includes(name) || name.endsWith('.node');
  return (bundles()[file]?.outside ?? ['nothing was built']).filter((name) => !known(name));
}

/** Everything that is loaded to check one file. */
function linting(): readonly string[] {
  return loadedWith('dist/cli.mjs', 'dist/cli/main-', 'dist/cli/lint-');
}

describe('the bundles', () => {
  it('stay below their ceilings', () => {
    for (const [file, ceiling] of Object.entries(CEILINGS)) {
      const bytes = bundles()[file]?.bytes ?? 0;
      assert.ok(bytes > 100 && bytes < ceiling, `${file} has ${bytes} bytes`);
    }
    const sizeOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + (bundles()[file]?.bytes ?? 0), 0);
    assert.ok(sizeOf(commandLine()) < COMMAND_LINE, `the command line has ${sizeOf(commandLine())} bytes`);
    assert.ok(sizeOf(linting()) < LINTER, `the linter has ${sizeOf(linting())} bytes`);
  });

  it('let the linter start without connections, terminals and text of manual steps', () => {
    const inputs = linting().flatMap((file) => bundles()[file]?.inputs ?? []);
    assert.ok(inputs.some((input) => input.startsWith('src/language/')));
    const needless = /^src\/engine\/|node_modules\/(?:ssh2|ssh-config|@xterm|mdast-)/;
    assert.deepEqual(
      inputs.filter((input) => needless.test(input)),
      [],
    );
  });

  it('need nothing but Node, VS Code, and the natives they can do without', () => {
    assert.deepEqual(strangers('dist/extension.cjs', ['vscode', ...NATIVES]), []);
    for (const file of commandLine()) assert.deepEqual(strangers(file, NATIVES), []);
    assert.deepEqual(strangers('dist/lab.mjs', NATIVES), []);
    assert.deepEqual(bundles()['dist/webview/panel.js']?.outside, []);
    assert.ok(bundles()['dist/extension.cjs']?.outside.includes('vscode'), 'the extension asks for VS Code');
  });

  it('keep the layers apart', () => {
    const from = (file: string, folder: string): readonly string[] =>
      bundles()[file]?.inputs.filter((input) => input.startsWith(folder)) ?? [];
    for (const file of commandLine()) assert.deepEqual(from(file, 'src/extension/'), []);
    assert.deepEqual(from('dist/lab.mjs', 'src/'), []);
    assert.deepEqual(from('dist/webview/panel.js', 'src/engine/'), []);
    assert.ok(commandLine().some((file) => from(file, 'src/engine/').length > 0));
  });
});

describe('the package', () => {
  it('holds what the extension needs and nothing else', async () => {
    const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).map((file) => file.replaceAll('\\', '/'));
    for (const needed of [
      'package.json',
      'README.md',
      'LICENSE',
      'dist/extension.cjs',
      'dist/THIRD_PARTY_LICENSES.txt',
      'dist/webview/panel.js',
      'syntaxes/runbook.tmLanguage.json',
      'docs/rules/missing-timeout.md',
      'docs/language.md',
    ]) {
      assert.ok(files.includes(needed), `${needed} is packed`);
    }
    const allowed =
      /^(dist\/(extension\.cjs|THIRD_PARTY_LICENSES\.txt|webview\/)|docs\/(rules\/[\w-]+|language|capabilities|threats)\.md$|media\/|schemas\/|snippets\/|syntaxes\/|[^/]+\.(json|md)$|LICENSE$)/;
    assert.deepEqual(
      files.filter((file) => !allowed.test(file) || file.endsWith('.map')),
      [],
    );
  });

  it('brings the licence of every package that went into it', () => {
    const licences = readFileSync(join(root, 'dist/THIRD_PARTY_LICENSES.txt'), 'utf8');
    const inputs = ['dist/extension.cjs', 'dist/webview/panel.js'].flatMap((file) => bundles()[file]?.inputs ?? []);
    const names = new Set(
      inputs.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter((name) => name !== undefined),
    );
    assert.ok(names.has('ssh2') && names.has('@vscode/webview-ui-toolkit'));
    for (const name of names) assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\S*, licence \\S`, 'm'));
  });
});
