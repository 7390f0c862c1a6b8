import { EFFECTS } from '../../src/language/schema/steps.js';
import type { JsonSchema } from '../../src/language/schema/jsonSchema.js';

const INNER = ['items', 'additionalProperties', 'anyOf'] as const;

/** Every key that a schema knows, with the place it is declared at: `step.unless`. Names of effects are values, and left out. */
export function keysOf(schema: JsonSchema, at: string): readonly (readonly [place: string, key: string])[] {
  const named = [...Object.entries(schema.properties ?? {})].filter(([key]) => !EFFECTS.some((effect) => effect === key));
  const parts = INNER.flatMap((part) => schema[part] ?? []).filter((part) => typeof part === 'object');
  return [
    ...named.flatMap(([key, member]) => [[`${at}.${key}`, key] as const, ...keysOf(member, `${at}.${key}`)]),
    ...parts.flatMap((part) => keysOf(part, at)),
    ...Object.entries(schema.definitions ?? {}).flatMap(([name, definition]) => keysOf(definition, name)),
  ];
}

/** Every key that stands somewhere in a document. */
export function keysIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, member]) => [key, ...keysIn(member)]);
}
