// Writes the tables of keys into docs/language.md, between its two marks, from the schema.
// With --check it writes nothing and fails when they are stale.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inventorySchema, runbookSchema } from '../src/language/schema/runbookSchema.js';
import { keyTables } from './keyTables.js';

const BEGIN = '<!-- keys: generated from the schema by `npm run generate` -->';
const END = '<!-- end of keys -->';

const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'language.md');
const text = await readFile(file, 'utf8');
const begin = text.indexOf(BEGIN);
const end = text.indexOf(END);
if (begin < 0 || end < begin) throw new Error(`${file} has lost its marks: ${BEGIN} and ${END}`);
const fresh = `${text.slice(0, begin + BEGIN.length)}\n\n${keyTables(runbookSchema, inventorySchema)}\n${text.slice(end)}`;

if (!process.argv.includes('--check')) await writeFile(file, fresh);
else if (fresh !== text) {
  console.error('Stale: docs/language.md. Run `npm run generate`.');
  process.exitCode = 1;
}
