import type { Range } from '../text/range.js';
/** Why a pattern is not one of this language. The range is within the pattern. */
export interface RegexProblem {
    /** What is wrong; then `; ` and what to do. */
    readonly message: string;
    readonly range: Range;
}
/**
 * Checks a pattern: the part of RE2 without flags other than a leading `(?i)`, and without repetitions that could take for ever.
 * Undefined when it is sound. Never throws.
 */
export declare function checkRegex(pattern: string): RegexProblem | undefined;
/**
 * A sound pattern as a JavaScript expression. `^` and `$` match at the ends of lines, `.` never matches a newline.
 * Throws {@link RegexSyntaxError} for a pattern that {@link checkRegex} finds fault with.
 */
export declare function compileRegex(pattern: string): RegExp;
/** The match of a sound pattern with a whole text, from its first character to its last; undefined when there is none. */
export declare function matchWhole(pattern: string, text: string): RegExpExecArray | undefined;
