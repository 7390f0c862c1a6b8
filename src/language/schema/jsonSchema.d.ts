/** The kinds of meaning a string in a runbook can carry, beyond being text. */
export type TextFormat = 'id' | 'template' | 'markdown' | 'cel' | 'regex' | 'duration' | 'role' | 'host' | 'contact' | 'secret' | 'fact' | 'use' | 'source' | 'file' | 'step';
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
    readonly oneOf?: readonly {
        readonly required: readonly [string];
    }[];
    /** Only ever `{anyOf: [{required: [a, b]}, …]}`: no two of these keys stand together. */
    readonly not?: {
        readonly anyOf: readonly {
            readonly required: readonly [string, string];
        }[];
    };
    readonly definitions?: Readonly<Record<string, JsonSchema>>;
    readonly $schema?: string;
    readonly $id?: string;
}
export type JsonType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
/** `#/definitions/NAME`. */
export declare function ref(name: string, description?: string): JsonSchema;
/** A mapping that admits only the given keys. */
export declare function closed(properties: Record<string, JsonSchema>, required?: readonly string[], extra?: JsonSchema): JsonSchema;
/** A mapping from ids of the author's choosing to values of one shape. */
export declare function idMap(value: JsonSchema, description: string): JsonSchema;
export declare function listOf(items: JsonSchema, description?: string): JsonSchema;
/** A string with a meaning; see {@link TextFormat}. */
export declare function text(format: TextFormat, description: string): JsonSchema;
/** Plain text without `${{ }}`. */
export declare function plain(description: string): JsonSchema;
export declare function flag(description: string, whenAbsent?: boolean): JsonSchema;
export declare function oneOfThese(keys: readonly string[]): JsonSchema['oneOf'];
/** At most one of these keys. */
export declare function atMostOneOf(keys: readonly string[]): JsonSchema['not'];
/** snake_case, as R0 of the language asks. */
export declare const ID_PATTERN = "^[a-z][a-z0-9_]*$";
