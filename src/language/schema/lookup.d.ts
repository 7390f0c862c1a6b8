import type { JsonSchema, JsonType } from './jsonSchema.js';
/** What a node of YAML or plain data is, as far as the schema distinguishes. */
export type NodeKind = 'mapping' | 'list' | 'text' | 'number' | 'boolean' | 'nothing';
/** Follows a `$ref`. A description beside it wins over that of the definition. */
export declare function resolveSchema(root: JsonSchema, schema: JsonSchema): JsonSchema;
export declare function typesOf(schema: JsonSchema): readonly JsonType[];
/** Every shape a value may have: the branches of an `anyOf`, resolved, or the schema itself. */
export declare function branchesOf(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[];
/** Whether a schema without branches takes this kind of node at all. */
export declare function takesKind(schema: JsonSchema, kind: NodeKind): boolean;
/** The branch for a node of a kind: there is at most one, by the convention of {@link JsonSchema}. */
export declare function branchFor(root: JsonSchema, schema: JsonSchema, kind: NodeKind): JsonSchema | undefined;
export declare function takesScalar(schema: JsonSchema): boolean;
/** Schema of a member of a mapping; undefined when the key is not known. */
export declare function memberSchema(schema: JsonSchema, key: string): JsonSchema | undefined;
export declare function kindInWords(kind: NodeKind): string;
/** What is asked for, as people say it: "text or a mapping". */
export declare function wantedInWords(root: JsonSchema, schema: JsonSchema): string;
/** A thing the schema names, with its article: "a step", "an answer"; `fallback` where it has no name. */
export declare function nameOf(schema: JsonSchema, fallback: string): string;
