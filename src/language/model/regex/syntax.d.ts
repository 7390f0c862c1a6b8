import type { CharSet } from './charSet.js';
/** A pattern taken apart: alternatives of sequences. */
export type Alternatives = readonly (readonly Piece[])[];
export interface Piece {
    readonly atom: {
        readonly kind: 'set';
        readonly set: CharSet;
    } | {
        readonly kind: 'group';
        readonly body: Alternatives;
    } | {
        readonly kind: 'edge';
    };
    readonly min: number;
    readonly max: number;
    /** Where it stands in the pattern. */
    readonly start: number;
    readonly end: number;
}
export interface RegexSyntax {
    readonly alternatives: Alternatives;
    /** The same pattern in the spelling of JavaScript with the flag `u`. */
    readonly source: string;
    readonly ignoreCase: boolean;
}
/** The pattern is not of the language. Offsets are within the pattern. */
export declare class RegexSyntaxError extends Error {
    readonly start: number;
    readonly end: number;
    readonly name = "RegexSyntaxError";
    constructor(message: string, start: number, end: number);
}
/** Reads a pattern of the subset of RE2 that this language has. Throws {@link RegexSyntaxError}. */
export declare function readRegex(pattern: string): RegexSyntax;
