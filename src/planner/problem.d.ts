import type { Diagnostic, ParsedDocument } from '../language/index.js';
/** Trouble that only shows when a runbook meets an inventory, inputs and facts. */
export interface PlanProblem {
    readonly file: string;
    readonly diagnostic: Diagnostic;
}
/** Collects problems, each with its place. */
export declare class Problems {
    readonly list: PlanProblem[];
    /** `container` and `key` name the place; without a place the start of the file stands for it. */
    add(document: ParsedDocument, code: string, message: string, container?: object, key?: string | number): void;
}
