import type { Diagnostic, Fix, Severity } from '../diagnostic.js';
import type { Expressions, NameTypes } from '../expressions/index.js';
import type { ParsedInventory, ParsedRunbook } from '../project.js';
import type { Inventory } from '../schema/generated/inventory.js';
import type { Runbook } from '../schema/generated/runbook.js';
import type { Range } from '../text/range.js';
import type { StepPlace, TextPlace, Visit } from './walk.js';

/** Something a rule has found; the rule itself gives the code and the severity. */
export interface Finding {
  readonly range: Range;
  /** What is wrong; then `: ` or `; ` and what to do. */
  readonly message: string;
  readonly related?: NonNullable<Diagnostic['related']>;
  readonly fix?: Fix;
}

/** What kind of harm a rule keeps away. */
export type RuleFamily = 'correctness' | 'order' | 'safety' | 'security' | 'portability' | 'clarity';

/** A number that a team may set for a rule. */
export interface RuleOption {
  readonly name: string;
  /** What the number means, with its unit. */
  readonly description: string;
  readonly default: number;
  readonly minimum: number;
  /** Where the language itself goes no further. */
  readonly maximum?: number;
}

/** Values of options, by rule and name; where there is none, the default counts. */
export type RuleOptions = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What every kind of rule says of itself. Its module is the only source of its id, severity and reason. */
export interface RuleDescription {
  /** Reads as "allow <id>". */
  readonly id: string;
  readonly family: RuleFamily;
  readonly severity: Severity;
  /** Why it matters, for the reference. */
  readonly rationale: string;
  /** What asks for it: rows of `docs/capabilities.md` (`capability 37`), threats of `docs/threats.md` (`threat T4`). Never empty. */
  readonly cites: readonly string[];
  readonly options?: readonly RuleOption[];
}

/** What a runbook says around its steps. */
export type Declarations = Omit<Runbook, 'prerequisites' | 'steps' | 'finally' | 'procedures'>;

/** What a rule can see that looks at each step by itself: some of the steps, and all that is declared around them. */
export interface StepContext {
  readonly document: ParsedRunbook;
  readonly runbook: Declarations;
  readonly names: NameTypes;
  readonly expressions: Expressions;
  /** Every text in the steps that are looked at and around all steps, in every surrounding it is used in. */
  readonly texts: readonly TextPlace[];
  /** Every step that is looked at and part of one that acts, in every surrounding it is used in. */
  readonly steps: readonly StepPlace[];
  /** The same, step by step. */
  readonly visits: readonly Visit[];
  /** Plain data that is looked at, and what is left out of it. */
  readonly parts: { readonly within: readonly unknown[]; readonly without: ReadonlySet<object> };
  /** Value of an option of a rule: what the team has set, else its default. */
  option(rule: RuleDescription, name: string): number;
}

/** What a rule can see of a runbook that has its proper shape: all of it. */
export interface LintContext extends StepContext {
  readonly runbook: Runbook;
  /** Every runbook that could be read, by file. */
  readonly files: ReadonlyMap<string, ParsedRunbook>;
}

/** Looks at the runbook as a whole. */
export interface DocumentRule extends RuleDescription {
  readonly scope?: never;
  check(context: LintContext): Iterable<Finding>;
}

/**
 * Looks at each step by itself: what it finds in one lies within that step, and depends on nothing but the step, its surroundings and what is declared
 * around the steps. While somebody types, only the steps that were edited are looked at.
 */
export interface StepRule extends RuleDescription {
  readonly scope: 'step';
  check(context: StepContext): Iterable<Finding>;
  /** What it finds only where it sees all steps together. */
  whole?(context: LintContext): Iterable<Finding>;
}

/** One thing to look for. */
export type Rule = DocumentRule | StepRule;

/** What an inventory rule can see. */
export interface InventoryContext {
  readonly document: ParsedInventory;
  readonly inventory: Inventory;
}

/** One thing to look for in an inventory by itself. */
export interface InventoryRule extends RuleDescription {
  check(context: InventoryContext): Iterable<Finding>;
}

/** What a team has set for an option of a rule, else its default. Throws for a name that the rule does not have. */
export function optionOf(rule: RuleDescription, name: string, set: RuleOptions): number {
  const option = rule.options?.find((known) => known.name === name);
  if (option === undefined) throw new Error(`the rule ${rule.id} has no option ${name}`);
  return set[rule.id]?.[name] ?? option.default;
}
