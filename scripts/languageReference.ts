// Writes what docs/language.md generates, between its marks: the tables of keys from the schema, the findings from the rules.
// With --check it writes nothing and fails when they are stale.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { INVENTORY_RULES } from '../src/language/linter/inventoryRules/index.js';
import { RULES } from '../src/language/linter/rules/index.js';
import { inventorySchema, runbookSchema } from '../src/language/schema/runbookSchema.js';
import { PLAN_RULES } from '../src/planner/proof/planRules.js';
import { findingsTable } from './findingsTable.js';
import { keyTables } from './keyTables.js';

const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'language.md');

/** The text with fresh content between the two marks of a part. */
function filled(text: string, part: string, source: string, content: string): string {
  const begin = `<!-- ${part}: generated from ${source} by \`npm run generate\` -->`;
  const end = `<!-- end of ${part} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has lost its marks: ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n${text.slice(to)}`;
}

const text = await readFile(file, 'utf8');
const withKeys = filled(text, 'keys', 'the schema', keyTables(runbookSchema, inventorySchema));
const withFindings = filled(withKeys, 'findings', 'the rules', findingsTable([...RULES, ...INVENTORY_RULES]));
const fresh = filled(withFindings, 'findings of plans', 'the rules', findingsTable(PLAN_RULES));

if (!process.argv.includes('--check')) await writeFile(file, fresh);
else if (fresh !== text) {
  console.error('Stale: docs/language.md. Run `npm run generate`.');
  process.exitCode = 1;
}
