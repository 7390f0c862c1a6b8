import type { Range } from '../text/range.js';
import type { NamedInExpression } from './namesIn.js';
import type { Finding, LintContext } from './rule.js';
import type { TextPlace } from './walk.js';
/** A finding for a name that is declared nowhere, with what was probably meant. `advice` says where to declare it. */
export declare function undefinedName(thing: string, name: string, known: readonly string[], range: Range, advice: string): Finding;
/** The same with a sentence of its own. */
export declare function misnamed(sentence: string, name: string, known: readonly string[], range: Range, advice: string): Finding;
/** Every name of one kind that expressions mention. */
export declare function mentions(context: LintContext, space: NamedInExpression['space']): Generator<{
    readonly named: NamedInExpression;
    readonly range: Range;
    readonly memberRange: Range | undefined;
}>;
/** Texts of one format, without quotes in their ranges so that a fix replaces the name alone. */
export declare function textsOf(context: LintContext, format: TextPlace['format']): Generator<TextPlace>;
/** Range of a scalar without the quotes around it. */
export declare function withoutQuotes(text: string, range: Range): Range;
