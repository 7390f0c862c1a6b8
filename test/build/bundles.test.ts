import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { listFiles, PackageManager } from '@vscode/vsce';

const root = join(import.meta.dirname, '../..');

/** Bytes each bundle may have: a new dependency that doubles one should be a decision, not a surprise. */
const CEILINGS: Readonly<Record<string, number>> = {
  'dist/cli.mjs': 5_000,
  'dist/webview/panel.js': 350_000,
  'dist/webview/plan.js': 60_000,
};

/** Native helpers that are used where there are some. */
const NATIVES = ['@lydell/node-pty', 'cpu-features'];

/** All parts of the extension together, and those that are loaded to activate it. */
const EXTENSION = 1_750_000;
const ACTIVATION = 700_000;

/** In a browser: what is loaded to activate, all that has to do with the language, and everything. */
const BROWSER_ACTIVATION = 400_000;
const BROWSER_LANGUAGE = 750_000;
const BROWSER = 900_000;

/** All parts of the command line together, those that checking a file loads, and those that serve an editor. */
const COMMAND_LINE = 2_050_000;
const LINTER = 800_000;
const LANGUAGE_SERVER = 850_000;

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

/** The parts of a program, those that are loaded later among them. */
function partsOf(program: 'cli' | 'extension' | 'browser'): readonly string[] {
  return Object.keys(bundles()).filter((file) => new RegExp(`^dist/${program}[./]`).test(file) && !file.endsWith('.map'));
}

/** A part whose name begins so, with everything that is loaded with it. */
function loadedWith(...names: readonly string[]): readonly string[] {
  const all = bundles();
  const loaded = new Set(
    Object.keys(all)
      .filter((file) => !file.endsWith('.map'))
      .filter((file) => names.some((name) => file.startsWith(name))),
  );
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
  return loadedWith('dist/cli.mjs', 'dist/cli/main-', 'dist/cli/lint-', 'dist/cli/lintRunbook-');
}

/** Everything that is loaded to serve an editor. */
function serving(): readonly string[] {
  return loadedWith('dist/cli.mjs', 'dist/cli/main-', 'dist/cli/lsp-', 'dist/cli/lintRunbook-');
}

/** Everything that the editor loads to activate the extension. */
function activating(): readonly string[] {
  return loadedWith('dist/extension.mjs');
}

/** Everything that reading, judging and helping to write take in a browser. */
function languageInBrowser(): readonly string[] {
  return loadedWith('dist/browser.cjs', 'dist/browser/onDemand-', 'dist/browser/problems-', 'dist/browser/lintRunbook-');
}

describe('the bundles', () => {
  it('stay below their ceilings', () => {
    for (const [file, ceiling] of Object.entries(CEILINGS)) {
      const bytes = bundles()[file]?.bytes ?? 0;
      assert.ok(bytes > 100 && bytes < ceiling, `${file} has ${bytes} bytes`);
    }
    const sizeOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + (bundles()[file]?.bytes ?? 0), 0);
    assert.ok(sizeOf(partsOf('cli')) < COMMAND_LINE, `the command line has ${sizeOf(partsOf('cli'))} bytes`);
    assert.ok(sizeOf(partsOf('extension')) < EXTENSION, `the extension has ${sizeOf(partsOf('extension'))} bytes`);
    assert.ok(sizeOf(activating()) < ACTIVATION, `what is loaded to activate has ${sizeOf(activating())} bytes`);
    assert.ok(
      sizeOf(['dist/browser.cjs']) < BROWSER_ACTIVATION,
      `in a browser ${sizeOf(['dist/browser.cjs'])} bytes are loaded to activate`,
    );
    assert.ok(sizeOf(languageInBrowser()) < BROWSER_LANGUAGE, `the language has ${sizeOf(languageInBrowser())} bytes in a browser`);
    assert.ok(sizeOf(partsOf('browser')) < BROWSER, `in a browser everything has ${sizeOf(partsOf('browser'))} bytes`);
    assert.ok(sizeOf(linting()) < LINTER, `the linter has ${sizeOf(linting())} bytes`);
    assert.ok(sizeOf(serving()) < LANGUAGE_SERVER, `the language server has ${sizeOf(serving())} bytes`);
  });

  it('let the linter and the language server start without connections, terminals and text of manual steps, and the linter without the protocol', () => {
    const inputs = (files: readonly string[]): readonly string[] => files.flatMap((file) => bundles()[file]?.inputs ?? []);
    const needless = /^src\/engine\/|node_modules\/(?:ssh2|ssh-config|@xterm|mdast-)/;
    const protocol = /^src\/lsp\/|node_modules\/vscode-/;
    for (const files of [linting(), serving()]) {
      assert.ok(inputs(files).some((input) => input.startsWith('src/language/')));
      assert.deepEqual(
        inputs(files).filter((input) => needless.test(input)),
        [],
      );
    }
    assert.ok(inputs(serving()).some((input) => protocol.test(input)));
    assert.deepEqual(
      inputs(linting()).filter((input) => protocol.test(input)),
      [],
    );
  });

  it('let the extension activate without the engine, plans and comparisons, which it has all the same', () => {
    const inputs = (files: readonly string[]): readonly string[] => files.flatMap((file) => bundles()[file]?.inputs ?? []);
    const heavy = [
      'src/engine/runner/',
      'src/engine/transports/',
      'src/planner/building/',
      'src/review/difference/',
      'src/language/features/completion/',
      'node_modules/ssh2/',
      'node_modules/@xterm/',
    ];
    const first = inputs(activating());
    const all = inputs(partsOf('extension'));
    for (const folder of heavy) {
      assert.ok(
        all.some((input) => input.startsWith(folder)),
        `${folder} is loaded when it is needed`,
      );
      assert.deepEqual(
        first.filter((input) => input.startsWith(folder)),
        [],
      );
    }
    assert.ok(first.some((input) => input.startsWith('src/language/parser/')));
  });

  it('let the extension open a window, in a browser too, before the rules are there, and there before the expressions', () => {
    const inputs = (files: readonly string[]): readonly string[] => files.flatMap((file) => bundles()[file]?.inputs ?? []);
    const later = ['src/language/linter/rules/', 'src/language/features/completion/', 'src/planner/building/'];
    for (const [first, all, folders] of [
      [activating(), partsOf('extension'), later],
      // The panel of a run fills in values, so on a machine the expressions are there from the beginning.
      [['dist/browser.cjs'], partsOf('browser'), [...later, 'node_modules/@marcbachmann/']],
    ] as const) {
      for (const folder of folders) {
        assert.ok(
          inputs(all).some((input) => input.startsWith(folder)),
          folder,
        );
        assert.deepEqual(
          inputs(first).filter((input) => input.startsWith(folder)),
          [],
        );
      }
    }
  });

  it('ask in a browser for nothing but VS Code, and have nothing of what needs a machine', () => {
    const machine = /^src\/(?:engine|cli|lsp|shellcheck|extension\/(?:desktop|terminals|tasks|compare))\//;
    for (const file of partsOf('browser')) {
      assert.deepEqual(
        bundles()[file]?.outside.filter((name) => name !== 'vscode'),
        [],
        file,
      );
      assert.deepEqual(
        bundles()[file]?.inputs.filter((input) => machine.test(input)),
        [],
        file,
      );
    }
  });

  it('are scripts a worker can run, each part asking only for parts that exist', () => {
    const first = readFileSync(join(root, 'dist/browser.cjs'), 'utf8');
    const parts = new Set(partsOf('browser').map((file) => /([^/]+)\.cjs$/.exec(file)?.[1]));
    for (const file of partsOf('browser')) {
      const text = readFileSync(join(root, file), 'utf8');
      assert.doesNotThrow(() => new Script(`(function (module, exports, require) {${text}\n})`), file);
      assert.doesNotMatch(text, /\bimport\(/, file);
      // A part is known by its name, wherever it lies: what is loaded at first stands in one file.
      for (const [, name] of text.matchAll(/require(?:\.later)?\("\.\/(?:[^"]+\/)?([^"/]+)\.mjs"\)/g))
        assert.ok(parts.has(name) || first.includes(`"${String(name)}":(module`), `${file} asks for ${String(name)}`);
    }
  });

  it('need nothing but Node, VS Code, and the natives they can do without', () => {
    for (const file of partsOf('extension')) assert.deepEqual(strangers(file, ['vscode', ...NATIVES]), []);
    for (const file of partsOf('cli')) assert.deepEqual(strangers(file, NATIVES), []);
    assert.deepEqual(strangers('dist/lab.mjs', NATIVES), []);
    for (const page of ['dist/webview/panel.js', 'dist/webview/plan.js']) assert.deepEqual(bundles()[page]?.outside, []);
    assert.ok(bundles()['dist/extension.mjs']?.outside.includes('vscode'), 'the extension asks for VS Code');
  });

  it('keep the layers apart', () => {
    const from = (file: string, folder: string): readonly string[] =>
      bundles()[file]?.inputs.filter((input) => input.startsWith(folder)) ?? [];
    for (const file of partsOf('cli')) assert.deepEqual(from(file, 'src/extension/'), []);
    assert.deepEqual(from('dist/lab.mjs', 'src/'), []);
    for (const page of ['dist/webview/panel.js', 'dist/webview/plan.js']) assert.deepEqual(from(page, 'src/engine/'), []);
    assert.ok(partsOf('cli').some((file) => from(file, 'src/engine/').length > 0));
  });
});

describe('the package', () => {
  it('holds what the extension needs and nothing else', async () => {
    const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).map((file) => file.replaceAll('\\', '/'));
    for (const needed of [
      'package.json',
      'README.md',
      'LICENSE',
      ...partsOf('extension'),
      ...partsOf('browser'),
      'dist/THIRD_PARTY_LICENSES.txt',
      'dist/webview/panel.js',
      'dist/webview/plan.js',
      'syntaxes/runbook.tmLanguage.json',
      'docs/rules/missing-timeout.md',
      'docs/language.md',
    ]) {
      assert.ok(files.includes(needed), `${needed} is packed`);
    }
    const allowed =
      /^(dist\/(extension(\/[\w-]+)?\.mjs|browser(\/[\w-]+)?\.cjs|THIRD_PARTY_LICENSES\.txt|webview\/)|docs\/(rules\/[\w-]+|language|capabilities|threats)\.md$|media\/|schemas\/|snippets\/|syntaxes\/|[^/]+\.(json|md)$|LICENSE$)/;
    assert.deepEqual(
      files.filter((file) => !allowed.test(file) || file.endsWith('.map')),
      [],
    );
  });

  it('brings the licence of every package that went into it', () => {
    const licences = readFileSync(join(root, 'dist/THIRD_PARTY_LICENSES.txt'), 'utf8');
    const inputs = [...partsOf('extension'), ...partsOf('browser'), 'dist/webview/panel.js'].flatMap(
      (file) => bundles()[file]?.inputs ?? [],
    );
    const names = new Set(
      inputs.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter((name) => name !== undefined),
    );
    assert.ok(names.has('ssh2') && names.has('@vscode/webview-ui-toolkit'));
    for (const name of names) assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\S*, licence \\S`, 'm'));
  });
});
