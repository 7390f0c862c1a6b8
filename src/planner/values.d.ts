import { UnknownValue } from '../language/index.js';
import type { CelValue, Expressions, NameTypes, NameValues } from '../language/index.js';
import type { Condition, HostName, Plan, PlainValue, PlanScope } from './plan.js';
/** Checker and evaluator for the names of a scope; made once. */
export declare function expressionsOf(names: NameTypes): Expressions;
/** What only a run knows: facts as they are now, values of steps, secrets. */
export interface LiveValues {
    fact(scope: string, name: string, host: HostName | undefined): PlainValue | undefined;
    step(id: string, name: string): PlainValue | undefined;
    secret(name: string): string | undefined;
    /** Undefined while nobody can know: before the end of the run. */
    readonly runFailed: boolean | undefined;
}
/** Nothing is known but what stands in the plan. */
export declare const NOTHING_LIVE: LiveValues;
/** Values of the names in a scope of a plan, for one host or none. */
export declare function nameValues(scope: PlanScope, hosts: Plan['hosts'], host: HostName | undefined, live: LiveValues, extras?: NameValues['extras']): NameValues;
/** Where and for whom an expression stands. */
export interface ExpressionPlace {
    readonly scope: PlanScope;
    readonly hosts: Plan['hosts'];
    readonly hostRoles: readonly string[];
    readonly host: HostName | undefined;
    readonly secrets?: boolean;
    readonly extras?: NameValues['extras'];
}
/** Value of a CEL expression. Throws `UnknownValue` or `ExpressionError`. */
export declare function evaluate(cel: string, place: ExpressionPlace, live: LiveValues): CelValue;
/** Renders text with `${{ }}`. Text that is one whole expression keeps the type of its value. Throws like {@link evaluate}. */
export declare function render(text: PlainValue, place: ExpressionPlace, live: LiveValues): PlainValue;
/** Renders as far as everything is known; what is not stays as it is written. */
export declare function renderKnown(text: string, place: ExpressionPlace, live: LiveValues): string;
/** What is known about a condition now. */
export type Decision = {
    readonly kind: 'yes';
} | {
    readonly kind: 'no';
} | {
    readonly kind: 'open';
    readonly missing: UnknownValue['unknown'];
};
/** Decides a condition as far as it can be. */
export declare function decide(condition: Condition, plan: Pick<Plan, 'scopes' | 'hosts'>, host: HostName | undefined, live: LiveValues): Decision;
