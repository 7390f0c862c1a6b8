import type { JsonSchema } from '../src/language/schema/jsonSchema.js';

/** What a keyword is about, where it is about one type only. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  pattern: ['string'],
  minimum: ['integer', 'number'],
  maximum: ['integer', 'number'],
};

/**
 * The schema as other tools take it: draft-07 that ajv accepts in its strict mode. The formats that only we know go, because a tool may know
 * another thing by the same name (a `duration` of ours is `5m`, elsewhere it is `PT5M`); a list of types becomes one branch for each; and a
 * branch that asks for a key names it.
 */
export function publishedSchema(schema: JsonSchema): JsonSchema {
  return published(schema) as JsonSchema;
}

function published(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(published);
  if (typeof node !== 'object' || node === null) return node;
  const schema = node as Readonly<Record<string, unknown>>;
  const types = Array.isArray(schema['type']) ? (schema['type'] as readonly string[]) : undefined;
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    // A property may be called `format`; then this is its schema.
    if (key === 'format' && typeof value === 'string' && value !== 'regex') return [];
    if (types === undefined) return [[key, published(value)]];
    if (key === 'type') return [['anyOf', branches(types, schema)]];
    return key in ABOUT ? [] : [[key, published(value)]];
  });
  return { ...named(schema), ...Object.fromEntries(entries) };
}

function named({ required, properties }: Readonly<Record<string, unknown>>): object {
  if (!Array.isArray(required) || properties !== undefined) return {};
  return { properties: Object.fromEntries((required as readonly string[]).map((key) => [key, {}])) };
}

function branches(types: readonly string[], schema: Readonly<Record<string, unknown>>): readonly object[] {
  const wide = types.filter((type) => type !== 'integer' || !types.includes('number'));
  return wide.map((type) => ({
    type,
    ...Object.fromEntries(Object.entries(schema).filter(([key]) => ABOUT[key]?.includes(type) === true)),
  }));
}
