import type { Document } from 'yaml';
import type { Diagnostic } from '../diagnostic.js';
/** A text as YAML, however broken. */
export interface Composed {
    /** Absent when the text is past a limit. With syntax errors, it holds what could be made of the text. */
    readonly document: Document | undefined;
    readonly diagnostics: readonly Diagnostic[];
    /** The structure can be relied on: shape may be judged. */
    readonly sound: boolean;
}
/** Reads a text as YAML 1.2 without tags, directives and second documents. Never throws; what could exhaust the composer never reaches it. */
export declare function compose(text: string): Composed;
