import type { Diagnostic } from '../diagnostic.js';
import type { Range } from '../text/range.js';
import type { JsonSchema } from './jsonSchema.js';
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
export declare function checkKeys(schema: JsonSchema, keys: readonly KeyPlace[], place: MappingPlace): Diagnostic[];
/** A name that does not have the shape names have, with a mend where one is near at hand. */
export declare function wrongName(name: string, range: Range, pattern: string): Diagnostic;
