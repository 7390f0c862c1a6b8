import type { Runbook, Step } from '../schema/generated/runbook.js';
/** The steps of every section, procedures last. */
export declare function sectionsOf(runbook: Runbook): readonly (readonly Step[])[];
/** Every step of a list, groups before what is in them. */
export declare function eachStep(steps: readonly Step[]): Generator<Step>;
/** What `#id` names: a procedure, else the step with this id. Undefined when there is neither. */
export declare function findNamed(runbook: Runbook, id: string): readonly Step[] | undefined;
/** Everything `#id` may name. */
export declare function namesToUse(runbook: Runbook): readonly string[];
/** Ids of all steps, each once. */
export declare function stepIds(runbook: Runbook): readonly string[];
