import type { Document } from 'yaml';
import type { JsonSchema } from '../schema/jsonSchema.js';
import { branchFor } from '../schema/lookup.js';
import type { Range } from '../text/range.js';
import { pathAt, schemaAt, textOf } from './astPath.js';
import { declarationsOf } from './declarations.js';
import type { Declarations } from './declarations.js';
import { describeDeclaration, describeSchema, membersOf, namedBy } from './describe.js';

/** Markdown about the key, the reference or the name in an expression at an offset. */
export function hoverAt(
  document: Document,
  text: string,
  root: JsonSchema,
  offset: number,
): { readonly range: Range; readonly markdown: string } | undefined {
  const path = pathAt(document, offset);
  const schema = path === undefined ? undefined : schemaAt(root, document, path.steps);
  if (path === undefined || schema === undefined) return undefined;
  const name = String(path.steps.findLast((step) => typeof step === 'string') ?? '');
  if (path.onKey) return { range: path.range, markdown: describeSchema(root, name, schema) };
  const branch = branchFor(root, schema, 'text');
  const declarations = declarationsOf(document);
  const value = textOf(path.node);
  const named = value === undefined ? undefined : namedBy(branch?.format, declarations);
  const declared = named?.names.find((candidate) => candidate.name === (branch?.format === 'source' ? value?.split('#')[0] : value));
  if (named !== undefined && declared !== undefined) return { range: path.range, markdown: describeDeclaration(named.thing, declared) };
  if (branch?.format === 'cel' || branch?.format === 'template' || branch?.format === 'markdown') {
    const inside = nameInExpression(text, path.range, offset, declarations);
    if (inside !== undefined) return inside;
  }
  return { range: path.range, markdown: describeSchema(root, name, schema) };
}

/** `inputs.target` and its like. */
function nameInExpression(
  text: string,
  { start, end }: Range,
  offset: number,
  declarations: Declarations,
): { range: Range; markdown: string } | undefined {
  for (const match of text.slice(start, end).matchAll(/(?<![\w.])([a-z]+)\.([A-Za-z_]\w*)/g)) {
    const range = { start: start + match.index, end: start + match.index + match[0].length };
    if (offset < range.start || offset > range.end) continue;
    const members = membersOf(match[1] ?? '', declarations);
    const declared = members?.names.find(({ name }) => name === match[2]);
    if (members !== undefined && declared !== undefined) return { range, markdown: describeDeclaration(members.thing, declared) };
  }
  return undefined;
}
