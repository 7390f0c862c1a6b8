import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';

const root = join(import.meta.dirname, '../..');

/** Bytes each bundle may have: a new dependency that doubles one should be a decision, not a surprise. */
const CEILINGS: Readonly<Record<string, number>> = {
  'dist/extension.cjs': 2_000_000,
  'dist/cli.mjs': 2_000_000,
  'dist/webview/panel.js': 400_000,
};

/** Everything a bundle asks Node for at run time. */
function required(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const calls = text.matchAll(/(?:\brequire|\bimport)\("([^"]+)"\)|\bfrom\s*["']([^"']+)["']/g);
  return [...new Set([...calls].map(([, call, from]) => call ?? from ?? ''))];
}

const builtIn = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);

describe('the bundles', () => {
  it('stay below their ceilings', () => {
    for (const [file, ceiling] of Object.entries(CEILINGS)) {
      const { size } = statSync(join(root, file));
      assert.ok(size > 1000 && size < ceiling, `${file} has ${size} bytes`);
    }
  });

  it('need nothing but Node, VS Code, and the natives they can do without', () => {
    const natives = ['@lydell/node-pty', 'cpu-features'];
    const strange = (file: string, allowed: readonly string[]): readonly string[] =>
      required(file).filter((name) => !builtIn(name) && !allowed.includes(name) && !name.endsWith('.node'));
    assert.deepEqual(strange('dist/extension.cjs', ['vscode', ...natives]), []);
    assert.deepEqual(strange('dist/cli.mjs', natives), []);
    assert.ok(required('dist/extension.cjs').includes('vscode'), 'the search finds what is there');
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
    const allowed = /^(dist\/(extension\.cjs|webview\/)|media\/|schemas\/|snippets\/|syntaxes\/|[^/]+\.(json|md|txt)$|LICENSE$)/;
    assert.deepEqual(
      files.filter((file) => !allowed.test(file) || file.endsWith('.map')),
      [],
    );
  });
});
