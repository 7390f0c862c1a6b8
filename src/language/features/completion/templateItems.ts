import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchesOf } from '../../schema/lookup.js';
import type { ScalarNode } from '../../text/syntaxNode.js';
import { isAlone } from '../rough/cursor.js';
import type { Cursor } from '../rough/cursor.js';
import { rank } from './item.js';
import type { CompletionItem } from './item.js';

/** Braces, where a text may hold an expression. */
export function templateItems(cursor: Cursor, root: JsonSchema, schema: JsonSchema, node: ScalarNode): readonly CompletionItem[] {
  const isTemplate = branchesOf(root, schema).some(({ format }) => format === 'template');
  if (!isTemplate) return [];
  const { text, word } = cursor;
  const typed = /\$\{?$/.exec(text.slice(0, word.start))?.[0] ?? '';
  const isBare = isAlone(node) && typed === '';
  // In the middle of a sentence nobody has asked for it.
  if (!isBare && typed === '') return [];
  // Editors close the brace that is typed.
  const end = word.end + (typed === '${' && text[word.end] === '}' ? 1 : 0);
  const made = `\\\${{ \${1:inputs} }\\}`;
  return [
    {
      label: '${{ }}',
      kind: 'snippet',
      detail: 'value of an expression',
      documentation: 'Is replaced by what the expression gives: `inputs.NAME`, `host.NAME`, `facts.NAME`, `steps.ID.NAME`.',
      edit: { range: { start: word.start - typed.length, end }, text: cursor.lead + (isBare ? `"${made}"` : made) },
      format: 'snippet',
      sortText: rank(5, 0),
      filterText: '${{',
      retrigger: true,
    },
  ];
}
