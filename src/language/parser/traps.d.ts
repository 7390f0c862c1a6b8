import type { Diagnostic } from '../diagnostic.js';
import type { Token } from './token.js';
/** Finds, word by word, what YAML allows and this language does not, and what YAML reads otherwise than it looks. */
export declare class TrapCheck {
    #private;
    readonly diagnostics: Diagnostic[];
    /** A trap has broken the structure, so that what a composer says about the rest would mislead. */
    structureBroken: boolean;
    constructor(text: string);
    see(token: Token): void;
}
