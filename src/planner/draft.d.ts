import type { ParsedInventory, Project } from '../language/index.js';
import type { HostName, Plan, PlainValue } from './plan.js';
import type { PlanProblem } from './problem.js';
/** A fact that is given, not found out. Facts of files that are used belong to the scope named after the step. */
export interface GivenFact {
    readonly scope: string;
    readonly fact: string;
    readonly host?: HostName;
    readonly value: PlainValue;
}
export interface DraftRequest {
    readonly project: Project;
    readonly inventory: ParsedInventory;
    /** Values of inputs; they win over those of the inventory. Text is read by the type of the input. */
    readonly inputs: Readonly<Record<string, PlainValue>>;
    readonly facts: readonly GivenFact[];
}
/** Something that must be known before the plan can be frozen: which host has a role. */
export interface OpenRole {
    readonly scope: string;
    readonly role: string;
    readonly of: readonly HostName[];
    readonly where: string;
    /** Facts of these hosts that are not known yet. */
    readonly facts: readonly {
        readonly fact: string;
        readonly host: HostName;
    }[];
}
/** What planning gives. Planning opens nothing: no file beyond the project, no process, no socket. */
export interface Draft {
    /** Present when there are no problems. It can be run when `openRoles` is empty as well. */
    readonly plan: Plan | undefined;
    readonly digest: string;
    readonly problems: readonly PlanProblem[];
    readonly openRoles: readonly OpenRole[];
    /** Facts the plan may come to need that nobody has given yet, with the question a person would be asked. */
    readonly questions: readonly {
        readonly scope: string;
        readonly fact: string;
        readonly host?: HostName;
        readonly text: string;
        readonly probed: boolean;
    }[];
}
/** Makes the plan of a runbook for one environment, as far as given facts allow. Never throws on bad documents. */
export declare function draftPlan(request: DraftRequest): Draft;
