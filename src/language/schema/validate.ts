import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Diagnostic } from '../diagnostic.js';
import { PositionIndex } from '../text/positions.js';
import type { Range } from '../text/range.js';
import { checkKeys } from './checkKeys.js';
import type { KeyPlace } from './checkKeys.js';
import { checkScalar } from './checkScalar.js';
import type { JsonSchema } from './jsonSchema.js';
import { branchFor, kindInWords, memberSchema, nameOf, wantedInWords } from './lookup.js';
import type { NodeKind } from './lookup.js';

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
const SCRIPT = '#/definitions/script';

/** Turns a document into plain data and places, and checks its shape on the way. Never throws on bad input. */
export function validate(file: string, text: string, document: Document, schema: JsonSchema): Shape {
  const walk = new ShapeWalk(file, text, document, schema);
  const value = walk.visit(document.contents, schema, 'the file');
  return { value, positions: walk.positions, diagnostics: walk.diagnostics, scripts: walk.scripts };
}

class ShapeWalk {
  readonly positions = new PositionIndex();
  readonly diagnostics: Diagnostic[] = [];
  readonly scripts: Range[] = [];
  readonly #file: string;
  readonly #text: string;
  readonly #document: Document;
  readonly #root: JsonSchema;
  /** Nodes being visited, so that an alias into itself ends. */
  readonly #open = new Set<Node>();
  readonly #seen = new Map<Node, Map<JsonSchema, unknown>>();
  #visited = 0;

  constructor(file: string, text: string, document: Document, root: JsonSchema) {
    this.#file = file;
    this.#text = text;
    this.#document = document;
    this.#root = root;
  }

  visit(node: Node | null, schema: JsonSchema, label: string): unknown {
    if (isAlias(node)) return this.#visitAlias(node, schema, label);
    this.#visited++;
    const kind = kindOf(node);
    const branch = branchFor(this.#root, schema, kind);
    const range = this.rangeOf(node);
    if (schema.$ref === SCRIPT) this.scripts.push(range);
    if (branch === undefined) return this.#wrongKind(kind, schema, range, label);
    if (isMap(node)) return this.#visitMap(node, branch, label);
    if (isSeq(node)) return this.#visitList(node, branch, label);
    if (!isScalar(node)) return this.#wrongKind('nothing', schema, range, label);
    this.#checkScalar(node, branch, range, label);
    return node.value;
  }

  rangeOf(node: Node | null | undefined): Range {
    const [start, end] = node?.range ?? [0, 0];
    let trimmed = Math.min(end, this.#text.length);
    while (trimmed > start && /\s/.test(this.#text[trimmed - 1] as string)) trimmed--;
    return { start: Math.min(start, this.#text.length), end: Math.max(trimmed, Math.min(start, this.#text.length)) };
  }

  #checkScalar(node: Scalar, branch: JsonSchema, range: Range, label: string): void {
    const trouble = checkScalar(branch, node, range, label);
    if (trouble !== undefined) this.#add(trouble);
    if (node.type !== 'PLAIN' || !/^[ \t]+#/.test(this.#text.slice(range.end, range.end + 40))) return;
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

  #visitAlias(alias: Alias, schema: JsonSchema, label: string): unknown {
    const target = alias.resolve(this.#document);
    const range = this.rangeOf(alias);
    if (target === undefined) {
      this.#error(
        'undefined-anchor',
        range,
        `no anchor "&${alias.source}" stands before this alias; write the value, or put text that begins with "*" in quotes`,
      );
      return undefined;
    }
    if (this.#open.has(target)) {
      this.#error('undefined-anchor', range, `the alias "*${alias.source}" contains itself; write the value out`);
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

  #visitMap(node: YAMLMap, schema: JsonSchema, label: string): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    this.positions.add(value, this.rangeOf(node));
    this.#open.add(node);
    const keys: KeyPlace[] = [];
    const seen = new Map<string, Range>();
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const key = keyText(pair);
      const range = this.rangeOf(pair.key);
      if (!this.#mayStand(key, range, seen)) continue;
      seen.set(key, range);
      keys.push({ key, range });
      const member = memberSchema(schema, key);
      if (member === undefined) continue;
      value[key] = this.visit(pair.value ?? null, member, key);
      this.positions.addMember(
        value,
        key,
        pair.value === null || this.rangeOf(pair.value).end === this.rangeOf(pair.value).start ? range : this.rangeOf(pair.value),
        range,
      );
    }
    const start = this.rangeOf(node).start;
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

  #visitList(node: YAMLSeq, schema: JsonSchema, label: string): unknown[] {
    const value: unknown[] = [];
    const range = this.rangeOf(node);
    this.positions.add(value, range);
    this.#open.add(node);
    for (const item of node.items as (Node | null)[]) {
      this.positions.addMember(value, value.length, item === null ? range : this.rangeOf(item));
      value.push(this.visit(item, schema.items ?? {}, label));
    }
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
      this.#error('wrong-kind', range, `the file is empty; begin with "${Object.keys(schema.properties ?? {})[0] ?? ''}: v1"`);
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

function kindOf(node: Node | null): NodeKind {
  if (isMap(node)) return 'mapping';
  if (isSeq(node)) return 'list';
  if (!isScalar(node) || node.value === null || node.value === undefined) return 'nothing';
  return typeof node.value === 'string' ? 'text' : typeof node.value === 'boolean' ? 'boolean' : 'number';
}

function keyText({ key }: Pair<Node>): string {
  return isScalar<string | null>(key) ? (key.value ?? '') : '';
}
