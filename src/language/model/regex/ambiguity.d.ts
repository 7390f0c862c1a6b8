import type { Alternatives, Piece } from './syntax.js';
/**
 * The first repetition that a backtracking matcher may try in exponentially many ways, such as `(a+)+` or `(a|a)*`; undefined when there is none.
 * A repeated group is accepted when each of its alternatives begins with a character that no other part of the group can take over:
 * `(\.\d+)*` is.
 */
export declare function ambiguousRepetition(alternatives: Alternatives): Piece | undefined;
