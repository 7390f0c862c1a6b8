import type { JsonSchema } from '../../schema/jsonSchema.js';
import { rank } from './item.js';
import type { CompletionItem } from './item.js';
import type { KeyPlace } from './keys.js';
import { shapeOf } from './shape.js';

/** What one entry is called, where that is not the name of the whole without its last letter. */
const ENTRIES: Readonly<Record<string, string>> = { vars: 'variable', versions: 'version scheme', env: 'environment variable' };

/** A further entry of a mapping whose keys are names of the author's choosing: its name, and what it needs. */
export function freeKeyItem(
  root: JsonSchema,
  mapping: JsonSchema,
  steps: readonly (string | number)[],
  { cursor, column, flow, before, more }: KeyPlace,
): readonly CompletionItem[] {
  const whole = steps.at(-1);
  const isFree =
    typeof mapping.additionalProperties === 'object' && mapping.properties === undefined && mapping.propertyNames !== undefined;
  if (!isFree || flow || typeof whole !== 'string' || /^[ \t]*:/.test(cursor.text.slice(cursor.word.end))) return [];
  const entry = shapeOf(root, mapping, { column: column - 2, flow }).text.replace(/^\n */, '');
  const thing = ENTRIES[whole] ?? whole.replaceAll('_', ' ').replace(/s$/, '');
  return [
    {
      label: `new ${thing}`,
      kind: 'snippet',
      detail: 'a name of your choice',
      edit: { range: cursor.word, text: cursor.lead + before + entry },
      format: 'snippet',
      sortText: rank(4, 0),
      ...(more.length > 0 ? { more } : {}),
    },
  ];
}
