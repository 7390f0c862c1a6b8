// Writes docs/rules, a page for every rule, and the setting of the editor by which rules are set.
// With --check it writes nothing and fails when something is stale.
import { existsSync, readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULE_CARDS } from '../src/review/index.js';
import { citations } from './rules/citations.js';
import { indexPage } from './rules/indexPage.js';
import { rulePage } from './rules/page.js';
import type { Example } from './rules/page.js';
import { rulesSetting } from './rules/setting.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pages = join(root, 'docs', 'rules');
const fixtures = join(root, 'test', 'fixtures', 'rules');
const manifest = join(root, 'package.json');

function examples(id: string, kind: 'bad' | 'good'): readonly Example[] {
  const folder = join(fixtures, id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}.`) && name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ language: 'yaml', text: readFileSync(join(folder, name), 'utf8') }));
}

function manifestText(): string {
  const parsed = JSON.parse(readFileSync(manifest, 'utf8')) as { contributes: { configuration: { properties: Record<string, unknown> } } };
  const { properties } = parsed.contributes.configuration;
  properties['runbook.lint.rules'] = rulesSetting(RULE_CARDS);
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

const known = citations(root);
const files = new Map<string, string>([
  [join(pages, 'README.md'), indexPage(RULE_CARDS)],
  ...RULE_CARDS.map(
    (card) =>
      [
        join(pages, `${card.id}.md`),
        rulePage({ card, bad: examples(card.id, 'bad'), good: examples(card.id, 'good'), citations: known }),
      ] as const,
  ),
  [manifest, manifestText()],
]);

const left = existsSync(pages)
  ? readdirSync(pages)
      .map((name) => join(pages, name))
      .filter((path) => !files.has(path))
  : [];
if (!process.argv.includes('--check')) {
  mkdirSync(pages, { recursive: true });
  for (const path of left) rmSync(path);
  for (const [path, text] of files) writeFileSync(path, text);
} else {
  const stale = [
    ...left,
    ...[...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text).map(([path]) => path),
  ];
  if (stale.length > 0) {
    console.error(`Stale: ${stale.map((path) => path.slice(root.length + 1)).join(', ')}. Run \`npm run generate\`.`);
    process.exitCode = 1;
  }
}
