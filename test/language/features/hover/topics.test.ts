import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topicOf } from '../../../../src/language/features/hover/topics.js';
import { inventorySchema, runbookSchema } from '../../../../src/language/index.js';
import type { JsonSchema } from '../../../../src/language/index.js';

/** Anchors of the headings of a page, as the places that show it make them. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Every mapping of a schema. */
function* mappingsOf(schema: JsonSchema): Generator<JsonSchema> {
  if (schema.properties !== undefined) yield schema;
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.definitions ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ];
  for (const one of inner) yield* mappingsOf(one);
}

describe('topics of keys', () => {
  const anchors = anchorsOf(readFileSync(join(import.meta.dirname, '../../../../docs/language.md'), 'utf8'));

  it('are sections of the language reference', () => {
    for (const root of [runbookSchema, inventorySchema])
      for (const mapping of mappingsOf(root))
        for (const key of Object.keys(mapping.properties ?? {})) {
          const topic = topicOf(key, mapping);
          assert.ok(anchors.has(topic), `${topic}, for ${key} of ${mapping.title ?? 'a mapping'}`);
        }
  });
});
