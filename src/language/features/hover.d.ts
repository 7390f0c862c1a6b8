import type { Document } from 'yaml';
import type { JsonSchema } from '../schema/jsonSchema.js';
import type { Range } from '../text/range.js';
/** Markdown about the key, the reference or the name in an expression at an offset. */
export declare function hoverAt(document: Document, text: string, root: JsonSchema, offset: number): {
    readonly range: Range;
    readonly markdown: string;
} | undefined;
