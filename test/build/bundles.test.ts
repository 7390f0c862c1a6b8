import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';

const root = join(import.meta.dirname, '../..');

/** Bytes each bundle may have: a new dependency that doubles one should be a decision, not a surprise. */
const CEILINGS: Readonly<Record<string, number>> = {
  'dist/extension.cjs': 1_500_000,
  'dist/cli.mjs': 1_500_000,
  'dist/webview/panel.js': 350_000,
};

/** Native helpers that are used where there are some. */
const NATIVES = ['@lydell/node-pty', 'cpu-features'];

interface Bundle {
  readonly bytes: number;
  /** What it asks Node for at run time. */
  readonly outside: readonly string[];
  /** Files it was made of. */
  readonly inputs: readonly string[];
}

/** Written by the build beside what it describes. */
function bundles(): Readonly<Record<string, Bundle>> {
  return JSON.parse(readFileSync(join(root, 'out/bundles.json'), 'utf8'));
}

function strangers(file: string, allowed: readonly string[]): readonly string[] {
  const known = (name: string): boolean =>
    name.startsWith('node:') || builtinModules.includes(name) || allowed.includes(name) || name.endsWith('.node');
  return (bundles()[file]?.outside ?? ['nothing was built']).filter((name) => !known(name));
}

describe('the bundles', () => {
  it('stay below their ceilings', () => {
    for (const [file, ceiling] of Object.entries(CEILINGS)) {
      const bytes = bundles()[file]?.bytes ?? 0;
      assert.ok(bytes > 1000 && bytes < ceiling, `${file} has ${bytes} bytes`);
    }
  });

  it('need nothing but Node, VS Code, and the natives they can do without', () => {
    assert.deepEqual(strangers('dist/extension.cjs', ['vscode', ...NATIVES]), []);
    assert.deepEqual(strangers('dist/cli.mjs', NATIVES), []);
    assert.deepEqual(strangers('dist/lab.mjs', NATIVES), []);
    assert.deepEqual(bundles()['dist/webview/panel.js']?.outside, []);
    assert.ok(bundles()['dist/extension.cjs']?.outside.includes('vscode'), 'the extension asks for VS Code');
  });

  it('keep the layers apart', () => {
    const from = (file: string, folder: string): readonly string[] =>
      bundles()[file]?.inputs.filter((input) => input.startsWith(folder)) ?? [];
    assert.deepEqual(from('dist/cli.mjs', 'src/extension/'), []);
    assert.deepEqual(from('dist/lab.mjs', 'src/'), []);
    assert.deepEqual(from('dist/webview/panel.js', 'src/engine/'), []);
    assert.ok(from('dist/cli.mjs', 'src/engine/').length > 0);
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
      'dist/webview/panel.js',
      'syntaxes/runbook.tmLanguage.json',
    ]) {
      assert.ok(files.includes(needed), `${needed} is packed`);
    }
    const allowed = /^(dist\/(extension\.cjs|webview\/)|media\/|schemas\/|snippets\/|syntaxes\/|[^/]+\.(json|md)$|LICENSE$)/;
    assert.deepEqual(
      files.filter((file) => !allowed.test(file) || file.endsWith('.map')),
      [],
    );
  });
});
