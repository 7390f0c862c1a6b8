import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as Language from '../../src/language/index.js';
import { readersOnly } from '../../scripts/readersOnly.mjs';

const root = join(import.meta.dirname, '../..');

type Bundled = Pick<typeof Language, 'createLanguageService'>;

/** Texts of every kind: the examples whole, cut off anywhere, and with what plain readers refuse. */
function texts(): readonly string[] {
  const folder = join(root, 'examples');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:runbook|inventory)\.yaml$/.test(name));
  const whole = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const broken = whole.flatMap((text) => [0.2, 0.5, 0.8].map((part) => text.slice(0, Math.floor(text.length * part))));
  const unusual = [
    'a: &x [1, 2]\nb: *x\n',
    'a: !!set { x, y }\nb: !!binary aGk=\nc: 2001-01-01\n',
    '%YAML 1.1\n---\na: yes\n...\n---\nb: 0o17\n',
    "a: \"\\u00e9\\x41 \\\n  b\"\nb: 'it''s'\nc: |+2\n    x\n\n",
    '? [a, b]\n: c\n<<: { d: 1 }\n',
    'a: [1, {b: c\n',
    'a:\n\t- b\n',
    '- 1e3\n- .inf\n- 0x1F\n- ~\n- null\n',
  ];
  return [...whole, ...broken, ...unusual];
}

describe('what reads YAML without what writes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'readers-only-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function bundled(
    name: string,
    plugins: readonly (typeof readersOnly)[],
  ): Promise<{ readonly language: Bundled; readonly bytes: number }> {
    const outfile = join(folder, `${name}.mjs`);
    await build({
      stdin: { contents: `export { createLanguageService } from './src/language/index.js';`, resolveDir: root },
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
      plugins: [...plugins],
      logLevel: 'silent',
    });
    return { language: (await import(pathToFileURL(outfile).href)) as Bundled, bytes: readFileSync(outfile).length };
  }

  it('says of every text what the whole libraries say, and is smaller', async () => {
    const [whole, lean] = [await bundled('whole', []), await bundled('lean', [readersOnly])];
    assert.ok(lean.bytes < whole.bytes - 30_000, `${String(lean.bytes)} of ${String(whole.bytes)} bytes`);
    const said = async ({ createLanguageService }: Bundled, text: string): Promise<unknown> => {
      const service = createLanguageService({ workspace: { readText: () => Promise.resolve(text) } });
      const file = '/a.runbook.yaml';
      return [
        await service.diagnose(file),
        await service.diagnose('/a.inventory.yaml'),
        service.outline(file, text),
        service.links(file, text),
        service.card(file, text),
        service.foldingRanges(file, text),
        service.format(file, text),
      ];
    };
    for (const text of texts()) assert.deepEqual(await said(lean.language, text), await said(whole.language, text), text.slice(0, 80));
  }).timeout(300_000);
});
