import type { Range } from '../text/range.js';
import type { CelValue, NamesHere, NameTypes, NameValues } from './names.js';
export type CelType = 'bool' | 'string' | 'int' | 'double' | 'version' | 'dyn' | 'other';
export type CheckResult = {
    readonly ok: true;
    readonly type: CelType;
} | {
    readonly ok: false;
    readonly message: string;
    readonly range: Range;
};
/** An expression failed though all its names are known: dividing by zero, an index that is not there. */
export declare class ExpressionError extends Error {
    readonly name = "ExpressionError";
}
/** CEL over the names of one file: type checks for the linter, values for planner and engine. */
export interface Expressions {
    /** Checks syntax and types. The range is within `cel`. Never throws. */
    check(cel: string, here: NamesHere): CheckResult;
    /** Value of an expression. Throws {@link UnknownValue} or {@link ExpressionError}. */
    evaluate(cel: string, here: NamesHere, values: NameValues): CelValue;
}
/** Builds the checker and evaluator for the names of a file. Environments are made once for each kind of place. */
export declare function createExpressions(names: NameTypes): Expressions;
