import type { Range } from '../text/range.js';
/** A name that an expression takes from somewhere, such as `inputs.target`. */
export interface NamedInExpression {
    readonly space: 'inputs' | 'facts' | 'secrets' | 'steps' | 'hosts' | 'role';
    readonly name: string;
    /** With `steps.ID.NAME`: the name after the id. */
    readonly member: string | undefined;
    /** Of the name, within the expression. */
    readonly range: Range;
    readonly memberRange: Range | undefined;
}
/** Names in an expression by their spelling alone, so that a misspelt one can be named as what it is. */
export declare function namesIn(cel: string): readonly NamedInExpression[];
/** An expression with its strings blanked, so that what they say is not taken for names. */
export declare function withoutStrings(cel: string): string;
