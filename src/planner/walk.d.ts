import type { Plan, PlanNode, PlanStep } from './plan.js';
/** Every step of a list of nodes, in the order of the plan. */
export declare function stepsOf(nodes: readonly PlanNode[]): Generator<PlanStep>;
/** Every step of a plan that can be carried out: those of the procedure, then what undoes and remedies them. Remembered by plan. */
export declare function planSteps(plan: Plan): readonly PlanStep[];
/** Title of a step or group by its path; the path itself when the plan has no such node. */
export declare function stepTitle(plan: Plan, path: string): string;
