import type { ExtraName } from '../expressions/index.js';
import type { ParsedRunbook } from '../project.js';
import type { Runbook, Step } from '../schema/generated/runbook.js';
import type { TextFormat } from '../schema/jsonSchema.js';
import type { Range } from '../text/range.js';
/** A text with what its place gives it. */
export interface TextPlace {
    readonly text: string;
    /** Undefined for plain text. */
    readonly format: TextFormat | undefined;
    readonly container: object;
    readonly key: string | number;
    /** Name of the nearest key above, also for items of a list. */
    readonly label: string;
    /** Source of the whole scalar. */
    readonly range: Range;
    /** In a script. */
    readonly script: boolean;
    readonly around: Surroundings;
}
/** What a step gives to everything in it. */
export interface Surroundings {
    /** Roles of the hosts `host` stands for; undefined in a procedure that nothing in the file uses. */
    readonly hostRoles: readonly string[] | undefined;
    readonly from: string | undefined;
    readonly once: boolean;
    readonly extras: readonly ExtraName[];
    readonly secrets: boolean;
}
export type StepKind = 'step' | 'method' | 'undo' | 'remedy';
/** A step, or a part of one that acts. */
export interface StepPlace {
    readonly kind: StepKind;
    readonly step: Step;
    readonly around: Surroundings;
}
/** Visits everything in a runbook once for each surrounding it is used in: what `use` names is visited with the hosts of the user. */
export declare function walkRunbook(document: ParsedRunbook, runbook: Runbook): {
    readonly texts: readonly TextPlace[];
    readonly steps: readonly StepPlace[];
};
