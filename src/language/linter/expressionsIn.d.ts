import type { Range } from '../text/range.js';
import type { LintContext } from './rule.js';
import type { TextPlace } from './walk.js';
/** One CEL expression with its place. */
export interface ExpressionPlace {
    readonly cel: string;
    /** It is the whole text of a condition, not a part of a template. */
    readonly bare: boolean;
    readonly place: TextPlace;
    /** Source range of a part of the expression. */
    rangeOf(part: Range): Range;
}
/** Every expression of a runbook: bare ones and those in templates. */
export declare function expressionsIn(context: LintContext): readonly ExpressionPlace[];
/** Whether `${{ }}` is replaced in a text. */
export declare function isTemplate(place: TextPlace): boolean;
