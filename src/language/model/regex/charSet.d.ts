/** A set of code points, as sorted ranges that do not touch. */
export type CharSet = readonly (readonly [from: number, to: number])[];
export declare const ANY_CHAR: CharSet;
export declare const NOT_NEWLINE: CharSet;
/** Sets of the escapes that stand for more than one character. */
export declare const CLASS_ESCAPES: Readonly<Record<string, CharSet>>;
export declare function single(code: number): CharSet;
export declare function union(sets: readonly CharSet[]): CharSet;
export declare function complement(set: CharSet): CharSet;
export declare function overlap(a: CharSet, b: CharSet): boolean;
/** The set with both cases of its ASCII letters. */
export declare function bothCases(set: CharSet): CharSet;
