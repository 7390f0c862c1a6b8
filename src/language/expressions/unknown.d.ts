/** A name whose value nobody knows yet. Unknown is not false: whoever evaluates finds out, or asks. */
export type UnknownName = {
    readonly kind: 'fact';
    readonly name: string;
    readonly host: string | undefined;
} | {
    readonly kind: 'step';
    readonly id: string;
    readonly name: string;
} | {
    readonly kind: 'secret';
    readonly name: string;
} | {
    readonly kind: 'other';
    readonly name: string;
};
/** Thrown while an expression is evaluated over something unknown. CEL's `&&` and `||` absorb it where the other side decides. */
export declare class UnknownValue extends Error {
    readonly unknown: UnknownName;
    readonly name = "UnknownValue";
    constructor(unknown: UnknownName);
}
/** How a name is written in an expression. */
export declare function describeUnknown(unknown: UnknownName): string;
