import type { Range } from './range.js';
/**
 * Where a part of the value of a YAML scalar stands in the source: past quotes, escapes, folded lines and indentation.
 * `scalar` is the range of the source text of the whole scalar; `part` is within its value.
 */
export declare function sourceRange(text: string, scalar: Range, value: string, part: Range): Range;
