/** The kinds of meaning a string in a runbook can carry, beyond being text. */
export type TextFormat =
  | 'id'
  | 'template'
  | 'markdown'
  | 'cel'
  | 'regex'
  | 'duration'
  | 'role'
  | 'host'
  | 'contact'
  | 'secret'
  | 'fact'
  | 'use'
  | 'source'
  | 'file'
  | 'step'
  | 'version'
  | 'version_range'
  | 'lead_time';

/**
 * The part of JSON Schema draft-07 that the runbook language is written in.
 *
 * Two conventions keep error messages and completions sharp:
 * - the branches of an `anyOf` differ in YAML kind (scalar, list, mapping), so one look at the node picks the branch;
 * - `format` names what a string means ({@link TextFormat}), which is how expressions and references are found.
 */
export interface JsonSchema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: TextFormat;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  /** Only ever a list of `{required: [key]}`: exactly one of these keys stands in the mapping. */
  readonly oneOf?: readonly { readonly required: readonly [string] }[];
  /** Only ever `{anyOf: [{required: [a, b]}, …]}`: no two of these keys stand together. */
  readonly not?: { readonly anyOf: readonly { readonly required: readonly [string, string] }[] };
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly $schema?: string;
  readonly $id?: string;
}

export type JsonType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

/** `#/definitions/NAME`. */
export function ref(name: string, description?: string): JsonSchema {
  return description === undefined ? { $ref: `#/definitions/${name}` } : { $ref: `#/definitions/${name}`, description };
}

/** A mapping that admits only the given keys. */
export function closed(properties: Record<string, JsonSchema>, required: readonly string[] = [], extra: JsonSchema = {}): JsonSchema {
  return { type: 'object', additionalProperties: false, properties, ...(required.length > 0 ? { required } : {}), ...extra };
}

/** A mapping from ids of the author's choosing to values of one shape. */
export function idMap(value: JsonSchema, description: string): JsonSchema {
  return { type: 'object', description, propertyNames: { pattern: ID_PATTERN }, additionalProperties: value };
}

export function listOf(items: JsonSchema, description?: string): JsonSchema {
  return { type: 'array', items, ...(description === undefined ? {} : { description }) };
}

/** A string with a meaning; see {@link TextFormat}. */
export function text(format: TextFormat, description: string): JsonSchema {
  return { type: 'string', format, description };
}

/** Plain text without `${{ }}`. */
export function plain(description: string): JsonSchema {
  return { type: 'string', description };
}

export function flag(description: string, whenAbsent = false): JsonSchema {
  return { type: 'boolean', description, default: whenAbsent };
}

export function oneOfThese(keys: readonly string[]): JsonSchema['oneOf'] {
  return keys.map((key) => ({ required: [key] as const }));
}

/** At most one of these keys. */
export function atMostOneOf(keys: readonly string[]): JsonSchema['not'] {
  return { anyOf: keys.flatMap((a, i) => keys.slice(i + 1).map((b) => ({ required: [a, b] as const }))) };
}

/** snake_case, as R0 of the language asks. */
export const ID_PATTERN = '^[a-z][a-z0-9_]*$';
