import type { Diagnostic } from '../diagnostic.js';
import type { Token } from './token.js';
/** Largest text that is read, in UTF-8 bytes. */
export declare const MAX_BYTES: number;
/** Deepest nesting; far below where a parser could run out of stack. */
export declare const MAX_DEPTH = 64;
export declare const MAX_KEYS = 5000;
export declare const MAX_ALIASES = 20;
/** Words in a text; what a composer does with more takes seconds. */
export declare const MAX_SCALARS = 100000;
/** Diagnostic for a text that is too large to be looked at; undefined for others. */
export declare function checkSize(text: string): Diagnostic | undefined;
/** Counts what a composer could choke on, word by word, and finds the first place where there is too much of it. */
export declare class LimitCheck {
    #private;
    /** Takes the next word; a diagnostic means that the text must not be composed. */
    see(token: Token): Diagnostic | undefined;
}
