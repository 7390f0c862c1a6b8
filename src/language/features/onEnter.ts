import type { JsonSchema } from '../schema/jsonSchema.js';
import { branchesOf, takesKind, takesScalar } from '../schema/lookup.js';
import type { TextEdit } from '../text/range.js';
import type { SyntaxNode } from '../text/syntaxNode.js';
import { nodePathAt, schemaOf } from './rough/nodePath.js';
import type { NodePath } from './rough/nodePath.js';
import { readRoughly } from './rough/roughReader.js';
import { withoutComment } from './rough/scalars.js';
import { columnOf, lineStart } from '../text/lines.js';

/** One level of indentation. */
const STEP = 2;
const LINE = /^([ \t]*)((?:-[ \t]+)*)(.*)$/;
const KEY = /^(?:"[^"]*"|'[^']*'|[\w.-]+)[ \t]*:(?:[ \t]+(.*))?$/;

/**
 * The edit behind a line break that was typed before `offset`: the columns the next key has, or a dash where only a list can follow. None where the
 * line says something already, within texts and brackets of several lines, and where the indentation is right as it is.
 */
export function onEnterAt(text: string, root: JsonSchema, offset: number): readonly TextEdit[] {
  const start = lineStart(text, offset);
  const blanks = /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
  const end = start + blanks;
  if (start === 0 || !/^(?:\r?\n|$)/.test(text.slice(end, end + 2))) return [];
  const wanted = wantedAfter(text, root, start);
  if (wanted === undefined || wanted === text.slice(start, end)) return [];
  return [{ range: { start, end }, text: wanted }];
}

/** What the line at an offset should begin with; undefined where that is open. */
function wantedAfter(text: string, root: JsonSchema, start: number): string | undefined {
  const broken = start - (text[start - 2] === '\r' ? 2 : 1);
  const above = lineStart(text, broken);
  const end = withoutComment(text, above, broken);
  const line = text.slice(above, end);
  const [, indentation = '', dashes = '', content = ''] = LINE.exec(/(?:^|[ \t])-$/.test(line) ? `${line} ` : line) ?? [];
  if (end <= above || indentation.includes('\t') || dashes.includes('\t')) return undefined;
  const column = indentation.length + dashes.length;
  if (content === '') return dashes === '' ? undefined : ' '.repeat(column);
  const tree = readRoughly(text);
  const path = nodePathAt(tree, end);
  if (isInBrackets(text, tree, end) || (path !== undefined && goesOn(text, path, above, start))) return undefined;
  const value = KEY.exec(content)?.[1];
  if (!KEY.test(content))
    return dashes === '' || !isItem(path) ? undefined : ' '.repeat(column - innermost(dashes)) + dashes.slice(-innermost(dashes));
  if (value !== undefined && value !== '' && !/^(?:&\S+|[|>][-+\d]*)$/.test(value)) return ' '.repeat(column);
  if (value !== undefined && /^[|>]/.test(value)) return ' '.repeat(column + STEP);
  return below(text, root, tree, above + column, column);
}

/** Behind a key without a value on its line: in line with what it has below, else one level further in; with a dash where nothing but a list fits. */
function below(text: string, root: JsonSchema, tree: SyntaxNode | undefined, key: number, column: number): string {
  const path = nodePathAt(tree, key);
  const schema = path === undefined ? undefined : schemaOf(root, path.steps);
  const mapping = path?.containers.at(-1);
  const value = mapping?.kind === 'mapping' ? mapping.members.find((member) => member.key.start === key)?.value : undefined;
  const at = value === undefined || value.kind === 'scalar' ? column + STEP : columnOf(text, value.start);
  const branches = schema === undefined ? [] : branchesOf(root, schema);
  const isList =
    branches.length > 0 && branches.every((branch) => takesKind(branch, 'list') && !takesKind(branch, 'mapping') && !takesScalar(branch));
  return ' '.repeat(at) + (isList ? '- ' : '');
}

/** The line above ends within a mapping in braces or a list in brackets. */
function isInBrackets(text: string, tree: SyntaxNode | undefined, end: number): boolean {
  let node = tree;
  while (node !== undefined && node.kind !== 'scalar' && node.kind !== 'alias') {
    if (/[{[]/.test(text[node.start] ?? '')) return node.end > end || !/[}\]]/.test(text[end - 1] ?? '') || node.end === node.start + 1;
    const inside: readonly (SyntaxNode | undefined)[] = node.kind === 'list' ? node.items : node.members.map(({ value }) => value);
    node = inside.findLast((child) => child !== undefined && child.start < end && end <= child.end);
  }
  return false;
}

/** The line above ends within a text that it began, or that began before. */
function goesOn(text: string, { hit }: NodePath, above: number, start: number): boolean {
  if (hit.kind === 'key' || hit.node.kind !== 'scalar') return false;
  const { node } = hit;
  const mark = text[node.start] ?? '';
  if (/[|>]/.test(mark) && !hit.node.plain) return node.start < above;
  const isOpen = /["']/.test(mark) && (node.end === node.start + 1 || text[node.end - 1] !== mark);
  return node.start < above || node.end > start || isOpen;
}

/** A text or number in a list. */
function isItem(path: NodePath | undefined): boolean {
  return path?.hit.kind === 'value' && typeof path.steps.at(-1) === 'number';
}

/** Length of the last dash with its blanks. */
function innermost(dashes: string): number {
  return /-[ \t]+$/.exec(dashes)?.[0].length ?? 0;
}
