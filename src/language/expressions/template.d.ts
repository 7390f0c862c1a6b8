import type { Range } from '../text/range.js';
/** Text with `${{ }}` in it, taken apart. Ranges are relative to the text. */
export interface Template {
    readonly parts: readonly TemplatePart[];
    /** An opening without its end. */
    readonly unclosed: Range | undefined;
}
export type TemplatePart = {
    readonly kind: 'text';
    readonly text: string;
}
/** `cel` starts at `range.start`; the braces are outside it. */
 | {
    readonly kind: 'expression';
    readonly cel: string;
    readonly range: Range;
};
/** Takes text apart at `${{` … `}}`. Braces inside a quoted string of the expression do not end it. Never throws. */
export declare function parseTemplate(text: string): Template;
/** Whether text contains an expression at all; cheaper than taking it apart. */
export declare function hasTemplate(text: string): boolean;
/** The expression of a text that is one whole `${{ }}`, which keeps the type of its value. */
export declare function wholeExpression(template: Template): string | undefined;
