import type { Diagnostic } from '../diagnostic.js';
import { PositionIndex } from '../text/positions.js';
import type { Range } from '../text/range.js';
import type { AliasNode, ListNode, MappingNode, ScalarNode, SyntaxNode } from '../text/syntaxNode.js';
import { checkKeys } from './checkKeys.js';
import type { KeyPlace } from './checkKeys.js';
import { checkScalar } from './checkScalar.js';
import type { JsonSchema } from './jsonSchema.js';
import { branchFor, kindInWords, memberSchema, nameOf, wantedInWords } from './lookup.js';
import type { NodeKind } from './lookup.js';
import { runbookSchema } from './runbookSchema.js';

/** What the walk over a document against its schema gives. */
export interface Shape {
  /** Plain data; complete only when `diagnostics` holds no error. */
  readonly value: unknown;
  readonly positions: PositionIndex;
  readonly diagnostics: readonly Diagnostic[];
  /** Source ranges of scripts. */
  readonly scripts: readonly Range[];
}

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
/** Values that aliases may add to a document by repetition. */
const MAX_EXPANDED = 50_000;
const NOWHERE: Range = { start: 0, end: 0 };
const SCRIPT = '#/definitions/script';
const STEP: JsonSchema = { $ref: '#/definitions/step' };
/** A comment that speaks to the linter belongs to nobody's value. */
const SUPPRESSION = /^[ \t]+#[ \t]*runbook-lint-ignore(?:-file)?(?![\w-])/;

/** Turns nodes into plain data and places, and checks their shape on the way. Never throws on bad input. */
export function validate(file: string, text: string, root: SyntaxNode | undefined, schema: JsonSchema): Shape {
  const walk = new ShapeWalk(file, text, schema);
  const value = walk.visit(root, schema, 'the file');
  return { value, positions: walk.positions, diagnostics: walk.diagnostics, scripts: walk.scripts };
}

/** The same for one step of a list under the key `label`. */
export function validateStep(file: string, text: string, node: SyntaxNode, label: string): Shape {
  const walk = new ShapeWalk(file, text, runbookSchema);
  const value = walk.visit(node, STEP, label);
  return { value, positions: walk.positions, diagnostics: walk.diagnostics, scripts: walk.scripts };
}

class ShapeWalk {
  readonly positions = new PositionIndex();
  readonly diagnostics: Diagnostic[] = [];
  readonly scripts: Range[] = [];
  readonly #file: string;
  readonly #text: string;
  readonly #root: JsonSchema;
  /** Nodes being visited, so that an alias into itself ends. */
  readonly #open = new Set<SyntaxNode>();
  readonly #seen = new Map<SyntaxNode, Map<JsonSchema, unknown>>();
  #visited = 0;

  constructor(file: string, text: string, root: JsonSchema) {
    this.#file = file;
    this.#text = text;
    this.#root = root;
  }

  /** `around`: where a value is missed that stands nowhere. */
  visit(node: SyntaxNode | undefined, schema: JsonSchema, label: string, around: Range = NOWHERE): unknown {
    if (node?.kind === 'alias') return this.#visitAlias(node, schema, label);
    this.#visited++;
    const kind = kindOf(node);
    const branch = branchFor(this.#root, schema, kind);
    if (node !== undefined && schema.$ref === SCRIPT) this.scripts.push(rangeOf(node));
    if (branch === undefined || node === undefined) return this.#wrongKind(kind, schema, rangeOf(node ?? around), label);
    if (node.kind === 'mapping') return this.#visitMap(node, branch, label);
    if (node.kind === 'list') return this.#visitList(node, branch, label);
    this.#checkScalar(node, branch, label);
    return node.value;
  }

  #checkScalar(node: ScalarNode, branch: JsonSchema, label: string): void {
    const trouble = checkScalar(branch, node, label);
    if (trouble !== undefined) this.#add(trouble);
    if (!node.plain || !isBlank(this.#text.charCodeAt(node.end))) return;
    const behind = this.#text.slice(node.end, node.end + 80);
    if (!/^[ \t]+#/.test(behind) || SUPPRESSION.test(behind)) return;
    const range = rangeOf(node);
    const script = this.scripts.at(-1);
    const inScript = script !== undefined && range.start >= script.start && range.end <= script.end;
    if (!inScript && branch.format !== 'cel' && branch.format !== 'regex') return;
    const cut = { start: range.end, end: range.end + this.#text.slice(range.end, range.end + 2000).search(/[\r\n]|$/) };
    this.#add({
      code: 'cut-by-comment',
      severity: 'warning',
      range: cut,
      message:
        'YAML takes everything from " #" for a comment, so it is not part of this value; put the value in quotes, or the comment on a line of its own',
    });
  }

  #visitAlias(alias: AliasNode, schema: JsonSchema, label: string): unknown {
    const { target } = alias;
    const range = rangeOf(alias);
    if (target === undefined) {
      this.#error(
        'undefined-anchor',
        range,
        `no anchor "&${alias.name}" stands before this alias; write the value, or put text that begins with "*" in quotes`,
      );
      return undefined;
    }
    if (this.#open.has(target)) {
      this.#error('undefined-anchor', range, `the alias "*${alias.name}" contains itself; write the value out`);
      return undefined;
    }
    const before = this.#visited;
    const known = this.#seen.get(target);
    if (known?.has(schema) === true) return known.get(schema);
    const value = this.visit(target, schema, label);
    this.#seen.set(target, (known ?? new Map<JsonSchema, unknown>()).set(schema, value));
    if (this.#visited - before > MAX_EXPANDED)
      this.#error('too-many-aliases', range, 'this alias repeats too much; use "procedures" to write steps once');
    return value;
  }

  #visitMap(node: MappingNode, schema: JsonSchema, label: string): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    this.positions.add(value, node);
    this.#open.add(node);
    const keys: KeyPlace[] = [];
    const seen = new Map<string, Range>();
    for (const { key: place, value: inner } of node.members) {
      const key = place.text;
      const range = rangeOf(place);
      if (!this.#mayStand(key, range, seen)) continue;
      seen.set(key, range);
      keys.push({ key, range });
      const member = memberSchema(schema, key);
      if (member !== undefined) value[key] = this.visit(inner, member, key, range);
    }
    const { start } = node;
    const head = keys[0]?.range ?? { start, end: Math.min(start + 1, this.#text.length) };
    for (const trouble of checkKeys(schema, keys, { file: this.#file, head, label: label === 'the file' ? label : `"${label}"` }))
      this.#add(trouble);
    this.#open.delete(node);
    return value;
  }

  #mayStand(key: string, range: Range, seen: ReadonlyMap<string, Range>): boolean {
    const first = seen.get(key);
    if (RESERVED.has(key)) this.#error('reserved-key', range, `"${key}" cannot be a key; choose another name`);
    else if (key === '<<')
      this.#error('merge-key', range, 'merge keys are not part of the language; write the keys out, or use "procedures"');
    else if (first !== undefined)
      this.#add({
        code: 'duplicate-key',
        severity: 'error',
        range,
        message: `the key "${key}" stands twice here; keep one`,
        related: [{ file: this.#file, range: first, message: 'it stands here first' }],
      });
    else return true;
    return false;
  }

  #visitList(node: ListNode, schema: JsonSchema, label: string): unknown[] {
    const value: unknown[] = [];
    const range = rangeOf(node);
    this.positions.add(value, node);
    this.#open.add(node);
    for (const item of node.items) value.push(this.visit(item, schema.items ?? {}, label, range));
    this.#open.delete(node);
    if (schema.minItems !== undefined && value.length < schema.minItems) {
      this.#error(
        'too-few',
        { start: range.start, end: Math.max(range.end, Math.min(range.start + 1, this.#text.length)) },
        `"${label}" has ${String(value.length)} entries and needs at least ${String(schema.minItems)}; add one, or remove the key`,
      );
    }
    return value;
  }

  #wrongKind(kind: NodeKind, schema: JsonSchema, range: Range, label: string): undefined {
    const head = kind === 'mapping' || kind === 'list' ? { start: range.start, end: Math.min(range.end, range.start + 1) } : range;
    const wanted = wantedInWords(this.#root, schema);
    if (kind === 'nothing' && label === 'the file')
      this.#error('wrong-kind', range, `the file is empty; begin with "${firstLineOf(schema)}"`);
    else if (kind === 'nothing') this.#error('wrong-kind', range, `nothing stands under "${label}"; write ${wanted}, or remove the key`);
    else if (kind === 'mapping' || kind === 'list')
      this.#error(
        'wrong-kind',
        head,
        `${kindInWords(kind)} stands where ${wanted} is expected (${label === 'the file' ? label : `"${label}"`}); ${wanted.startsWith('text') ? 'put text that begins with "[" or "{" in quotes' : `write ${wanted}`}`,
      );
    else
      this.#error(
        'wrong-kind',
        range,
        `${kindInWords(kind)} stands where ${wanted} is expected (${label === 'the file' ? nameOf(schema, label) : `"${label}"`}); write ${wanted}`,
      );
    return undefined;
  }

  #error(code: string, range: Range, message: string): void {
    this.#add({ code, severity: 'error', range, message });
  }

  #add(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function kindOf(node: Exclude<SyntaxNode, AliasNode> | undefined): NodeKind {
  if (node === undefined) return 'nothing';
  if (node.kind !== 'scalar') return node.kind;
  if (node.value === null || node.value === undefined) return 'nothing';
  return typeof node.value === 'string' ? 'text' : typeof node.value === 'boolean' ? 'boolean' : 'number';
}

/** The first key of a schema with the first value that it takes. */
function firstLineOf(schema: JsonSchema): string {
  const [[name, { const: only, enum: choices = [] }] = ['', {}]] = Object.entries<JsonSchema>(schema.properties ?? {});
  return `${name}: ${String(only ?? choices[0])}`;
}
