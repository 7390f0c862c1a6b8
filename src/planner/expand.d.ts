import type { ActionName, ParsedRunbook, Project, Step } from '../language/index.js';
import type { Condition, HostName, PlanHost, PlanNode, PlanScope, PlanStep } from './plan.js';
/** What a step inherits from the groups around it. */
export interface Surroundings {
    readonly document: ParsedRunbook;
    readonly scope: PlanScope;
    readonly section: PlanStep['section'];
    readonly prefix: string;
    /** Undefined outside any `on`. */
    readonly hosts: readonly HostName[] | undefined;
    readonly hostRoles: readonly string[];
    readonly from: string | undefined;
    readonly once: boolean;
    readonly conditions: readonly Condition[];
    /** `use` references that led here, to end at a cycle. */
    readonly trail: readonly string[];
    /** Inside an undo or a remedy, which have none of their own. */
    readonly aside: boolean;
}
/** What the expansion needs to know of the whole plan. */
export interface ExpansionWorld {
    readonly project: Project;
    readonly hosts: Readonly<Record<HostName, PlanHost>>;
    /** Opens a scope for a file used with its own inputs and roles. */
    openScope(id: string, document: ParsedRunbook, outer: PlanScope, step: Step): PlanScope;
    /** Called for every runbook file that takes part, once for each scope. */
    entered(scope: PlanScope, document: ParsedRunbook, path: string): void;
}
/** Turns steps as they are written into nodes of the plan: roles become hosts, `use` what it stands for, `serial` batches. */
export declare function expandSteps(steps: readonly Step[], around: Surroundings, world: ExpansionWorld): readonly PlanNode[];
/** The one action of a step or a part of one; undefined where a remedy is only advice. */
export declare function actionOf(step: object): ActionName | undefined;
/** A file as seen from the folder of another. */
export declare function relativeTo(base: string, file: string): string;
