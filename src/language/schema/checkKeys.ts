import type { Diagnostic } from '../diagnostic.js';
import { nearest, quotedList, suggestion } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import type { JsonSchema } from './jsonSchema.js';
import { nameOf, patternOf } from './lookup.js';

/** A key as it stands in a mapping. */
export interface KeyPlace {
  readonly key: string;
  readonly range: Range;
}

/** Where a mapping stands and what to call it. */
export interface MappingPlace {
  readonly file: string;
  /** Shown when something is missing: its first key, or its opening brace. */
  readonly head: Range;
  /** How to name it where the schema has no name for it. */
  readonly label: string;
}

/** Checks which keys stand in a mapping: known, spelt right, complete, and allowed together. Values are not looked at. */
export function checkKeys(schema: JsonSchema, keys: readonly KeyPlace[], place: MappingPlace): Diagnostic[] {
  const name = nameOf(schema, place.label);
  const unknown = schema.additionalProperties === false ? keys.filter(({ key }) => !Object.hasOwn(schema.properties ?? {}, key)) : [];
  return [
    ...unknown.map((found) => unknownKey(schema, found, name)),
    ...checkNames(schema, keys),
    ...checkRequired(schema, keys, unknown, place, name),
    ...checkTogether(schema, keys, unknown, place, name),
    ...checkCount(schema, keys, place, name),
  ];
}

function unknownKey(schema: JsonSchema, { key, range }: KeyPlace, name: string): Diagnostic {
  const known = Object.keys(schema.properties ?? {});
  const near = nearest(key, known);
  return {
    code: 'unknown-key',
    severity: 'error',
    range,
    message: `unknown key "${key}" in ${name}${suggestion(key, known, 'remove it')}`,
    ...(near === undefined ? {} : { fix: { title: `Change to "${near}"`, edits: [{ range, text: near }], guess: true } }),
  };
}

function checkNames(schema: JsonSchema, keys: readonly KeyPlace[]): Diagnostic[] {
  const pattern = schema.propertyNames?.pattern;
  if (pattern === undefined) return [];
  const shape = patternOf(pattern);
  return keys.filter(({ key }) => !shape.test(key)).map(({ key, range }) => wrongName(key, range, pattern));
}

/** A name that does not have the shape names have, with a mend where one is near at hand. */
export function wrongName(name: string, range: Range, pattern: string): Diagnostic {
  const mended = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  const isId = pattern === '^[a-z][a-z0-9_]*$';
  const how = isId
    ? 'write lower-case letters, digits and "_", beginning with a letter'
    : pattern.startsWith('^[A-Za-z_]')
      ? 'write letters, digits and "_", not beginning with a digit'
      : 'write lower-case letters, digits, ".", "_" and "-"';
  // What names it elsewhere stays as it was.
  const fix =
    isId && /^[a-z][a-z0-9_]*$/.test(mended)
      ? { title: `Change to "${mended}"`, edits: [{ range, text: mended }], guess: true as const }
      : undefined;
  return { code: 'wrong-name', severity: 'error', range, message: `"${name}" is no name; ${how}`, ...(fix === undefined ? {} : { fix }) };
}

function checkRequired(
  schema: JsonSchema,
  keys: readonly KeyPlace[],
  unknown: readonly KeyPlace[],
  place: MappingPlace,
  name: string,
): Diagnostic[] {
  const misspelt = misspeltKeys(schema, unknown);
  return (schema.required ?? [])
    .filter((wanted) => !keys.some(({ key }) => key === wanted) && !misspelt.has(wanted))
    .map((wanted) => ({ code: 'missing-key', severity: 'error', range: place.head, message: `${name} needs the key "${wanted}"; add it` }));
}

function checkTogether(
  schema: JsonSchema,
  keys: readonly KeyPlace[],
  unknown: readonly KeyPlace[],
  place: MappingPlace,
  name: string,
): Diagnostic[] {
  const rivals = rivalsIn(schema);
  const present = rivals.size === 0 ? [] : keys.filter(({ key }) => rivals.has(key));
  if (schema.oneOf === undefined) return present.length > 1 ? [tooMany(present, place, name, 'one')] : [];
  if (present.length > 1) return [tooMany(present, place, name, 'exactly one')];
  if (present.length === 1) return [];
  const misspelt = misspeltKeys(schema, unknown);
  const choices = [...rivals];
  if (choices.some((choice) => misspelt.has(choice))) return [];
  return [
    { code: 'missing-key', severity: 'error', range: place.head, message: `${name} needs exactly one of ${quotedList(choices)}; add it` },
  ];
}

const rivalsBySchema = new WeakMap<JsonSchema, ReadonlySet<string>>();

/** Keys of which a mapping has exactly one (`oneOf`), else of which it has one at most. */
function rivalsIn(schema: JsonSchema): ReadonlySet<string> {
  let rivals = rivalsBySchema.get(schema);
  if (rivals === undefined) {
    rivals = new Set((schema.oneOf ?? schema.not?.anyOf ?? []).flatMap(({ required }) => required));
    rivalsBySchema.set(schema, rivals);
  }
  return rivals;
}

function tooMany(present: readonly KeyPlace[], place: MappingPlace, name: string, count: string): Diagnostic {
  const [first, second] = present as [KeyPlace, KeyPlace];
  return {
    code: 'keys-exclude-each-other',
    severity: 'error',
    range: second.range,
    message: `${quotedList(present.map(({ key }) => key))} cannot stand together in ${name}; keep ${count}`,
    related: [{ file: place.file, range: first.range, message: `"${first.key}" stands here` }],
  };
}

function checkCount(schema: JsonSchema, keys: readonly KeyPlace[], place: MappingPlace, name: string): Diagnostic[] {
  if (schema.oneOf !== undefined || schema.minProperties === undefined || keys.length >= schema.minProperties) return [];
  const known = Object.keys(schema.properties ?? {});
  const wanted = schema.minProperties === 1 ? 'at least one key' : `at least ${String(schema.minProperties)} keys`;
  return [
    {
      code: 'missing-key',
      severity: 'error',
      range: place.head,
      message: `${name} needs ${wanted}; add ${known.length > 0 ? `one of ${quotedList(known)}` : 'it'}`,
    },
  ];
}

function misspeltKeys(schema: JsonSchema, unknown: readonly KeyPlace[]): ReadonlySet<string> {
  return new Set(unknown.flatMap(({ key }) => nearest(key, Object.keys(schema.properties ?? {})) ?? []));
}
