import { isMap, isScalar } from 'yaml';
import type { Document } from 'yaml';
import type { CompletionItem } from '../languageService.js';
import { compose } from '../parser/compose.js';
import type { JsonSchema } from '../schema/jsonSchema.js';
import { branchesOf, resolveSchema, takesKind } from '../schema/lookup.js';
import type { Range } from '../text/range.js';
import { keysOf, mappingBranches, pathAt, schemaAt } from './astPath.js';
import type { AstPath } from './astPath.js';
import { declarationsOf } from './declarations.js';
import type { Declaration } from './declarations.js';
import { membersOf, namedBy } from './describe.js';

/** What expressions begin with. */
const SPACES: readonly Declaration[] = [
  { name: 'inputs', title: 'Values given for this run.', type: undefined },
  { name: 'facts', title: 'Facts of the run.', type: undefined },
  { name: 'host', title: 'The host the step is about.', type: undefined },
  { name: 'hosts', title: 'Hosts by role.', type: undefined },
  { name: 'steps', title: 'Values of earlier steps.', type: undefined },
  { name: 'secrets', title: 'Secrets, where they stay out of sight.', type: undefined },
  { name: 'run', title: 'The run itself.', type: undefined },
];

/** Stands for the word under the cursor while the text is read. */
const MARK = 'cursor0mark';

/**
 * What may stand at an offset: keys, words of an enumeration, names that are declared, members in expressions.
 * The word under the cursor is replaced by a mark and the text read once as a key and once as a value, so that half a line is enough.
 */
export function completeAt(text: string, root: JsonSchema, offset: number): readonly CompletionItem[] {
  const inExpression = /(?<![\w.])([a-z]+)\.(\w*)$/.exec(lineBefore(text, offset));
  const word = wordAt(text, offset, inExpression === null ? /[\w#./-]/ : /\w/);
  const asValue = read(text, word, MARK);
  const valuePath = asValue === undefined ? undefined : pathAt(asValue, word.start + 1);
  if (inExpression !== null && asValue !== undefined) {
    const members = isExpression(asValue, root, valuePath, text, offset)
      ? membersOf(inExpression[1] ?? '', declarationsOf(asValue))
      : undefined;
    if (members !== undefined) return references(members.thing, members.names, word, text);
  } else if (asValue !== undefined && isExpression(asValue, root, valuePath, text, offset)) {
    return references('name', SPACES, word, text);
  }
  const asKey = /:[ \t]+[^{},[\]]*$/.test(lineBefore(text, offset)) ? undefined : read(text, word, `${MARK}: 0`);
  return [...keyItems(asKey, root, word, text), ...valueItems(asValue, valuePath, root, word, text)];
}

function keyItems(document: Document | undefined, root: JsonSchema, word: Range, text: string): readonly CompletionItem[] {
  const path = document === undefined ? undefined : pathAt(document, word.start + 1);
  if (document === undefined || path?.onKey !== true || path.steps.at(-1) !== MARK) return [];
  const schema = schemaAt(root, document, path.steps.slice(0, -1));
  if (schema === undefined) return [];
  const present = new Set(keysOf(path.containers.at(-1) ?? null));
  const colon = /^[ \t]*:/.test(text.slice(word.end)) ? '' : ': ';
  return mappingBranches(root, schema).flatMap((branch) => {
    const rivals = (branch.oneOf ?? []).map(({ required: [key] }) => key);
    const excluded = new Set(rivals.some((key) => present.has(key)) ? rivals : []);
    return Object.entries(branch.properties ?? {})
      .filter(([key]) => !present.has(key) && !excluded.has(key))
      .map(([key, member]): CompletionItem => {
        const { description } = resolveSchema(root, member);
        const needed = branch.required?.includes(key) === true ? { detail: 'needed' } : {};
        return {
          label: key,
          kind: 'key',
          ...needed,
          ...(description === undefined ? {} : { documentation: description }),
          edit: { range: word, text: key + colon },
        };
      });
  });
}

function valueItems(
  document: Document | undefined,
  path: AstPath | undefined,
  root: JsonSchema,
  word: Range,
  text: string,
): readonly CompletionItem[] {
  if (document === undefined || path === undefined || path.onKey || !isScalar(path.node)) return [];
  const schema = schemaAt(root, document, path.steps);
  if (schema === undefined) return [];
  const items: CompletionItem[] = [];
  for (const branch of branchesOf(root, schema)) {
    for (const value of [...(branch.enum ?? []), ...(branch.const === undefined ? [] : [branch.const])])
      items.push({ label: value, kind: 'value', edit: { range: word, text: value } });
    if (takesKind(branch, 'boolean') && !takesKind(branch, 'text'))
      for (const value of ['true', 'false']) items.push({ label: value, kind: 'value', edit: { range: word, text: value } });
    const named = namedBy(branch.format, declarationsOf(document));
    if (named !== undefined) items.push(...references(named.thing, [...named.names, ...fixedNames(path)], word, text));
  }
  if (path.steps.at(-1) === 'scheme') items.push(...references('version scheme', declarationsOf(document).versions, word, text));
  return items;
}

/** Names that are known without being declared. */
function fixedNames(path: AstPath): readonly Declaration[] {
  const key = path.steps.findLast((step) => typeof step === 'string');
  if (key === 'from') return [{ name: 'local', title: 'The machine of the operator.', type: undefined }];
  if (key === 'at')
    return [
      { name: 'start', title: 'Before the first step.', type: undefined },
      { name: 'end', title: 'After the last step.', type: undefined },
    ];
  return [];
}

function references(thing: string, names: readonly Declaration[], word: Range, text: string): CompletionItem[] {
  // `#` begins a comment in YAML unless it is quoted.
  const inQuotes = /["']/.test(text[word.start - 1] ?? '');
  const distinct = new Map(names.map((declared) => [declared.name, declared]));
  return [...distinct.values()].map(({ name, title, type }) => ({
    label: name,
    kind: 'reference',
    detail: type === undefined ? thing : `${thing}, ${type}`,
    ...(title === undefined ? {} : { documentation: title }),
    edit: { range: word, text: name.startsWith('#') && !inQuotes ? `"${name}"` : name },
  }));
}

/** A condition, or between the braces of a template. */
function isExpression(document: Document, root: JsonSchema, path: AstPath | undefined, text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - 500), offset);
  if (before.lastIndexOf('${{') > before.lastIndexOf('}}')) return true;
  const schema = path === undefined ? undefined : schemaAt(root, document, path.steps);
  return schema !== undefined && branchesOf(root, schema).some(({ format }) => format === 'cel');
}

function read(text: string, word: Range, mark: string): Document | undefined {
  const { document } = compose(text.slice(0, word.start) + mark + text.slice(word.end));
  return document !== undefined && (isMap(document.contents) || isScalar(document.contents)) ? document : undefined;
}

function lineBefore(text: string, offset: number): string {
  return text.slice(Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1, offset);
}

function wordAt(text: string, offset: number, letters: RegExp): Range {
  let start = Math.min(Math.max(offset, 0), text.length);
  let end = start;
  while (start > 0 && letters.test(text[start - 1] as string)) start--;
  // The dash of a list item is no part of a word.
  if (text[start] === '-' && start < end) start++;
  while (end < text.length && letters.test(text[end] as string)) end++;
  return { start, end };
}
