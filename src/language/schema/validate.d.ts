import type { Document } from 'yaml';
import type { Diagnostic } from '../diagnostic.js';
import { PositionIndex } from '../text/positions.js';
import type { Range } from '../text/range.js';
import type { JsonSchema } from './jsonSchema.js';
/** What the walk over a document against its schema gives. */
export interface Shape {
    /** Plain data; complete only when `diagnostics` holds no error. */
    readonly value: unknown;
    readonly positions: PositionIndex;
    readonly diagnostics: readonly Diagnostic[];
    /** Source ranges of scripts. */
    readonly scripts: readonly Range[];
}
/** Turns a document into plain data and places, and checks its shape on the way. Never throws on bad input. */
export declare function validate(file: string, text: string, document: Document, schema: JsonSchema): Shape;
