import type { JsonSchema, TextFormat } from '../../schema/jsonSchema.js';
import { branchesOf } from '../../schema/lookup.js';
import type { TextEdit } from '../../text/range.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { isMark } from '../rough/cursor.js';
import type { Cursor } from '../rough/cursor.js';
import { membersOf, textOf } from '../symbols/nodes.js';
import { allowedKeys } from './allowedKeys.js';
import { rank, withoutStops } from './item.js';
import type { CompletionItem } from './item.js';
import { descriptionOf, shapeOf } from './shape.js';

/** How a key is put in at a place. */
export interface KeyPlace {
  readonly cursor: Cursor;
  /** Column the key will stand at. */
  readonly column: number;
  /** Within braces. */
  readonly flow: boolean;
  /** Before the key: a dash, a line break. */
  readonly before: string;
  readonly more: readonly TextEdit[];
  /** In the prerequisites. */
  readonly isPrerequisite: boolean;
}

/** A key of the author's choosing that is expected at a place. */
export interface NamedKey {
  readonly name: string;
  readonly detail: string;
  readonly documentation: string | undefined;
  /** What follows the colon, as a snippet, where more is known than the schema says. */
  readonly value?: string;
}

const SHORT: Readonly<Partial<Record<TextFormat, string>>> = {
  template: 'text',
  markdown: 'Markdown',
  cel: 'expression',
  regex: 'pattern',
  id: 'name',
  use: 'procedure, step or file',
  source: 'place in a document',
  step: 'id of a step',
  version_range: 'version range',
  lead_time: 'time it takes',
};

/** First what must stand there; of a step, also what every step has. */
const USUAL = new Set(['id', 'title', 'on']);

/** Keys that may still be added to a mapping, each with the shape of its value. */
export function keyItems(
  root: JsonSchema,
  schema: JsonSchema,
  mapping: SyntaxNode | undefined,
  place: KeyPlace,
): readonly CompletionItem[] {
  const members = membersOf(mapping).filter(({ key }) => !isMark(key.text));
  const present = new Set(members.map(({ key }) => key.text));
  const valueOf = (key: string): SyntaxNode | undefined => members.find((member) => member.key.text === key)?.value;
  const known = {
    isPrerequisite: place.isPrerequisite,
    type: textOf(valueOf('type')),
    usesFile: /\.runbook\.ya?ml/.test(textOf(valueOf('use')) ?? ''),
  };
  const choices = new Set((schema.oneOf ?? []).map(({ required: [key] }) => key));
  return allowedKeys(schema, present, known).map((key, index): CompletionItem => {
    const member = schema.properties?.[key] ?? {};
    const isNeeded = schema.required?.includes(key) === true;
    const group = isNeeded || (schema.title === 'Step' && USUAL.has(key)) ? 1 : choices.has(key) ? 2 : 3;
    const description = descriptionOf(root, member);
    const detail = isNeeded ? 'needed' : choices.has(key) ? 'one of these is needed' : shortType(root, member);
    return {
      label: key,
      kind: 'key',
      ...(detail === undefined ? {} : { detail }),
      ...(description === undefined ? {} : { documentation: description }),
      ...insertion(root, key, member, place),
      sortText: rank(group, index),
    };
  });
}

/** Names that are expected as keys: those declared elsewhere. */
export function namedKeyItems(
  root: JsonSchema,
  schema: JsonSchema,
  names: readonly NamedKey[],
  mapping: SyntaxNode | undefined,
  place: KeyPlace,
): readonly CompletionItem[] {
  const present = new Set(membersOf(mapping).map(({ key }) => key.text));
  const member = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return names
    .filter(({ name }) => !present.has(name))
    .map(({ name, detail, documentation, value }, index): CompletionItem => ({
      label: name,
      kind: 'key',
      detail,
      ...(documentation === undefined ? {} : { documentation }),
      ...insertion(root, name, member, place, value),
      sortText: rank(1, index),
    }));
}

function insertion(
  root: JsonSchema,
  key: string,
  member: JsonSchema,
  { cursor, column, flow, before, more }: KeyPlace,
  value?: string,
): Pick<CompletionItem, 'edit' | 'format' | 'more' | 'retrigger'> {
  const range = cursor.word;
  const behind = cursor.text.slice(range.end);
  const extra = more.length > 0 ? { more } : {};
  const head = cursor.lead + before + key;
  if (/^[ \t]*:/.test(behind)) return { edit: { range, text: head }, format: 'plain', ...extra };
  // What stands behind it on the line is the value already.
  const isLast = flow ? /^[ \t]*(?:[,}\]#]|\r?$)/m.test(behind) : /^[ \t]*(?:#|\r?$)/m.test(behind);
  const shape = value === undefined ? shapeOf(root, member, { column, flow }) : { text: ` ${value}`, isOpen: false };
  const text = isLast ? shape.text : ' ';
  const isSnippet = /(?<!\\)\$/.test(text);
  const retrigger = !isLast || shape.isOpen ? { retrigger: true } : {};
  return isSnippet
    ? { edit: { range, text: `${head.replaceAll('$', '\\$')}:${text}` }, format: 'snippet', ...extra, ...retrigger }
    : { edit: { range, text: `${head}:${withoutStops(text)}` }, format: 'plain', ...extra, ...retrigger };
}

function shortType(root: JsonSchema, schema: JsonSchema): string | undefined {
  const [only, ...others] = branchesOf(root, schema);
  if (only === undefined || others.length > 0) return undefined;
  if (only.default !== undefined) return `default: ${String(only.default)}`;
  return (
    (only.format === undefined ? undefined : (SHORT[only.format] ?? only.format)) ??
    (typeof only.type === 'string' && only.type !== 'object' && only.type !== 'array' ? only.type : undefined)
  );
}
