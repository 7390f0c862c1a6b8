import type { Role, Runbook } from '../schema/generated/runbook.js';
import type { ValueType } from '../schema/runbookSchema.js';
import type { NameTypes } from './names.js';
/** What expressions in a runbook may name, read off its declarations. */
export declare function nameTypesOf(runbook: Runbook): NameTypes;
/** Exactly one host, whatever the inventory: `hosts: 1`, a pick, or the one host for which `where` holds. */
export declare function isSingleRole(role: Role): boolean;
/** A role and those it is derived from, nearest first. Ends at a cycle. */
export declare function roleLineage(runbook: Runbook, name: string): readonly string[];
/** A list that the language lets stand as one name. */
export declare function roleNames(roles: string | readonly string[] | undefined): readonly string[];
/** Type of a declared role variable, in either of its two spellings. */
export declare function varType(declared: NonNullable<Role['vars']>[string]): ValueType;
