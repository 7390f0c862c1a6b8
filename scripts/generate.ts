// Writes what follows from the schema: the published JSON files and the TypeScript types.
// With --check it writes nothing and fails when a file is stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { inventorySchema, runbookSchema } from '../src/language/schema/runbookSchema.js';
import { inventoryOf, TEMPLATES, templateSnippet } from '../src/language/index.js';
import type { JsonSchema } from '../src/language/schema/jsonSchema.js';
import { publishedSchema } from './publishedSchema.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const banner = '// Generated from the schema by `npm run generate`. Do not edit.\n';

async function typesOf(schema: JsonSchema, name: string): Promise<string> {
  const copy = JSON.parse(JSON.stringify(schema)) as JSONSchema;
  delete copy['$id'];
  dropConstraintsWithoutTypes(copy);
  return compile(copy, name, { bannerComment: '', additionalProperties: false, format: false, unreachableDefinitions: true });
}

/** `oneOf`, `not` and counts say what may stand together; as types they would only make unions nobody can read. */
function dropConstraintsWithoutTypes(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Record<string, unknown>;
  const isKeywordRule = (value: unknown): boolean =>
    Array.isArray(value) && value.every((item) => Object.keys(item as object).join() === 'required');
  if (isKeywordRule(schema['oneOf'])) delete schema['oneOf'];
  if (typeof schema['not'] === 'object' && schema['not'] !== null && 'anyOf' in schema['not']) delete schema['not'];
  for (const key of ['minItems', 'minProperties', 'maxProperties', 'propertyNames']) {
    if (typeof schema[key] !== 'object' || key === 'propertyNames') delete schema[key];
  }
  for (const value of Object.values(schema)) dropConstraintsWithoutTypes(value);
}

/** Whole files, for "Fill File with Snippet": they have no prefix, so that they are not offered in the midst of a text. */
function fileSnippets(snippets: readonly { title: string; text: string; whole: string }[]): string {
  const entries = snippets.map(({ title, text, whole }) => {
    const body = templateSnippet(whole, 'sample').split('\n');
    return [title, { isFileTemplate: true, description: text, body }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

const files: Record<string, string> = {
  'schemas/runbook.schema.json': JSON.stringify(publishedSchema(runbookSchema), null, 2) + '\n',
  'schemas/inventory.schema.json': JSON.stringify(publishedSchema(inventorySchema), null, 2) + '\n',
  'snippets/runbook-files.code-snippets': fileSnippets(
    TEMPLATES.map(({ title, text, runbook }) => ({ title: `Runbook: ${title}`, text, whole: runbook })),
  ),
  'snippets/inventory-files.code-snippets': fileSnippets([
    { title: 'Inventory', text: 'One environment: its hosts, and which of them has which role.', whole: inventoryOf('') },
  ]),
  'src/language/schema/generated/runbook.ts': banner + (await typesOf(runbookSchema, 'Runbook')),
  'src/language/schema/generated/inventory.ts': banner + (await typesOf(inventorySchema, 'Inventory')),
};

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [file, text] of Object.entries(files)) {
  const path = join(root, file);
  if (check) {
    if ((await readFile(path, 'utf8').catch(() => '')) !== text) stale.push(file);
    continue;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`npm run generate\`.`);
  process.exitCode = 1;
}
