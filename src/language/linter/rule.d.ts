import type { Diagnostic, Fix, Severity } from '../diagnostic.js';
import type { Expressions, NameTypes } from '../expressions/index.js';
import type { ParsedInventory, ParsedRunbook } from '../project.js';
import type { Inventory } from '../schema/generated/inventory.js';
import type { Runbook } from '../schema/generated/runbook.js';
import type { Range } from '../text/range.js';
import type { StepPlace, TextPlace } from './walk.js';
/** Something a rule has found; the rule itself gives the code and the severity. */
export interface Finding {
    readonly range: Range;
    /** What is wrong; then `: ` or `; ` and what to do. */
    readonly message: string;
    readonly related?: NonNullable<Diagnostic['related']>;
    readonly fix?: Fix;
}
/** What a rule can see of a runbook that has its proper shape. */
export interface LintContext {
    readonly document: ParsedRunbook;
    readonly runbook: Runbook;
    /** Every runbook that could be read, by file. */
    readonly files: ReadonlyMap<string, ParsedRunbook>;
    readonly names: NameTypes;
    readonly expressions: Expressions;
    /** Every text of the runbook, in every surrounding it is used in. */
    readonly texts: readonly TextPlace[];
    /** Every step and part of one that acts, in every surrounding it is used in. */
    readonly steps: readonly StepPlace[];
}
/** One thing to look for. Its module is the only source of its id, severity and reason. */
export interface Rule {
    /** Reads as "allow <id>". */
    readonly id: string;
    readonly severity: Severity;
    /** Why it matters, for the reference. */
    readonly rationale: string;
    check(context: LintContext): Iterable<Finding>;
}
/** What an inventory rule can see. */
export interface InventoryContext {
    readonly document: ParsedInventory;
    readonly inventory: Inventory;
}
/** One thing to look for in an inventory by itself. */
export interface InventoryRule {
    readonly id: string;
    readonly severity: Severity;
    readonly rationale: string;
    check(context: InventoryContext): Iterable<Finding>;
}
