import type { JsonSchema, JsonType } from './jsonSchema.js';

/** What a node of YAML or plain data is, as far as the schema distinguishes. */
export type NodeKind = 'mapping' | 'list' | 'text' | 'number' | 'boolean' | 'nothing';

const patterns = new Map<string, RegExp>();

/** A pattern of the schema as JSON Schema reads it. There are a few in all, so each is compiled once. */
export function patternOf(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = new RegExp(pattern, 'u');
    patterns.set(pattern, compiled);
  }
  return compiled;
}

/** Follows a `$ref`. A description beside it wins over that of the definition. */
export function resolveSchema(root: JsonSchema, schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const target = root.definitions?.[schema.$ref.slice('#/definitions/'.length)] ?? {};
  return schema.description === undefined ? target : { ...target, description: schema.description };
}

export function typesOf(schema: JsonSchema): readonly JsonType[] {
  return schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
}

const branchesBySchema = new WeakMap<JsonSchema, WeakMap<JsonSchema, readonly JsonSchema[]>>();

/** Every shape a value may have: the branches of an `anyOf`, resolved, or the schema itself. */
export function branchesOf(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[] {
  let known = branchesBySchema.get(root);
  if (known === undefined) branchesBySchema.set(root, (known = new WeakMap()));
  let branches = known.get(schema);
  if (branches === undefined) known.set(schema, (branches = findBranches(root, schema)));
  return branches;
}

function findBranches(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[] {
  const resolved = resolveSchema(root, schema);
  return resolved.anyOf === undefined ? [resolved] : resolved.anyOf.flatMap((branch) => branchesOf(root, branch));
}

/** Whether a schema without branches takes this kind of node at all. */
export function takesKind(schema: JsonSchema, kind: NodeKind): boolean {
  const types = typesOf(schema);
  switch (kind) {
    case 'mapping':
      return types.includes('object');
    case 'list':
      return types.includes('array');
    case 'text':
      return types.includes('string');
    case 'number':
      return types.includes('number') || types.includes('integer');
    case 'boolean':
      return types.includes('boolean');
    case 'nothing':
      return false;
  }
}

type ByKind = Map<NodeKind, JsonSchema | undefined>;

const branchesByKind = new WeakMap<JsonSchema, WeakMap<JsonSchema, ByKind>>();

/** The branch for a node of a kind: there is at most one, by the convention of {@link JsonSchema}. Found once: every node of a file asks. */
export function branchFor(root: JsonSchema, schema: JsonSchema, kind: NodeKind): JsonSchema | undefined {
  let ofRoot = branchesByKind.get(root);
  if (ofRoot === undefined) branchesByKind.set(root, (ofRoot = new WeakMap<JsonSchema, ByKind>()));
  let byKind = ofRoot.get(schema);
  if (byKind === undefined) ofRoot.set(schema, (byKind = new Map<NodeKind, JsonSchema | undefined>()));
  const known = byKind.get(kind);
  if (known !== undefined || byKind.has(kind)) return known;
  const branch = findBranch(branchesOf(root, schema), kind);
  byKind.set(kind, branch);
  return branch;
}

function findBranch(branches: readonly JsonSchema[], kind: NodeKind): JsonSchema | undefined {
  return (
    branches.find((branch) => takesKind(branch, kind)) ?? (kind === 'mapping' || kind === 'list' ? undefined : branches.find(takesScalar))
  );
}

export function takesScalar(schema: JsonSchema): boolean {
  return takesKind(schema, 'text') || takesKind(schema, 'number') || takesKind(schema, 'boolean');
}

/** Schema of a member of a mapping; undefined when the key is not known. */
export function memberSchema(schema: JsonSchema, key: string): JsonSchema | undefined {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

const KIND_WORDS: Readonly<Record<NodeKind, string>> = {
  mapping: 'a mapping',
  list: 'a list',
  text: 'text',
  number: 'a number',
  boolean: 'a boolean',
  nothing: 'nothing',
};
const TYPE_WORDS: Readonly<Record<JsonType, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

export function kindInWords(kind: NodeKind): string {
  return KIND_WORDS[kind];
}

/** What is asked for, as people say it: "text or a mapping". */
export function wantedInWords(root: JsonSchema, schema: JsonSchema): string {
  const types = new Set(branchesOf(root, schema).flatMap(typesOf));
  if (types.has('number')) types.delete('integer');
  const words = [...types].map((type) => TYPE_WORDS[type]);
  return words.length < 2 ? (words[0] ?? 'a value') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** A thing the schema names, with its article: "a step", "an answer"; `fallback` where it has no name. */
export function nameOf(schema: JsonSchema, fallback: string): string {
  if (schema.title === undefined) return fallback;
  const name = schema.title.toLowerCase();
  if (name === 'evidence') return name;
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** The kind of a value that was read from a document. */
export function kindOfValue(value: unknown): NodeKind {
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return typeof value === 'object' && value !== null ? 'mapping' : 'nothing';
  }
}
