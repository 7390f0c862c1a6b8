import type { Document, Node } from 'yaml';
import type { JsonSchema } from '../schema/jsonSchema.js';
import type { Range } from '../text/range.js';
/** A way from the root of a document to a node. */
export interface AstPath {
    /** Keys and indexes from the root. */
    readonly steps: readonly (string | number)[];
    /** Mappings and lists on the way, the root first. */
    readonly containers: readonly Node[];
    /** What was hit. */
    readonly node: Node | null;
    /** The key of a pair was hit, not its value; then the last step is that key. */
    readonly onKey: boolean;
    readonly range: Range;
}
/** The innermost key or value at an offset; undefined between them. Aliases are not followed. */
export declare function pathAt(document: Document, offset: number): AstPath | undefined;
/** Schema of the place a path leads to, following the branch that each node on the way has taken. */
export declare function schemaAt(root: JsonSchema, document: Document, steps: readonly (string | number)[]): JsonSchema | undefined;
/** Member of a mapping or item of a list; null when there is none. */
export declare function childOf(node: Node | null, step: string | number): Node | null;
/** Names of the keys of a mapping, in order. */
export declare function keysOf(node: Node | null): readonly string[];
/** Text of a scalar; undefined for anything else. */
export declare function textOf(node: Node | null): string | undefined;
/** Range of a node in the text, without what trails it. */
export declare function rangeOf(node: Node | null): Range;
/** Whether some branch of a schema is a mapping with keys to offer. */
export declare function mappingBranches(root: JsonSchema, schema: JsonSchema): readonly JsonSchema[];
