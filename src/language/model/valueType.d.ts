import type { ValueType } from '../schema/runbookSchema.js';
/** What a value was declared to be. */
export interface DeclaredValue {
    readonly type: ValueType;
    /** With `version`: the pattern of its scheme, already looked up. */
    readonly schemePattern?: string;
    /** With `choice`: what can be chosen. */
    readonly options?: readonly string[];
    /** The whole value must match. */
    readonly pattern?: string;
}
/**
 * What is wrong with a value, as a phrase that follows the value in a sentence ("is not a port; …"); undefined when it fits.
 * A value that is still a template fits: what it becomes is checked when it is known.
 */
export declare function checkValue(declared: DeclaredValue, value: string | number | boolean): string | undefined;
