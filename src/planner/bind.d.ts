import type { Input, ParsedInventory, ParsedRunbook, Runbook } from '../language/index.js';
import type { HostName, PlanHost, ValueDeclaration } from './plan.js';
import type { Problems } from './problem.js';
/** A declaration of an input, a role variable or a fact, with its version scheme looked up. */
export declare function declarationOf(runbook: Runbook, declared: Pick<Input, 'type' | 'scheme' | 'title' | 'options' | 'pattern'>): ValueDeclaration;
/** Hosts of an inventory, with the values of all role variables; variables are checked where roles ask for them. */
export declare function bindHosts(runbook: ParsedRunbook, inventory: ParsedInventory, problems: Problems): Record<HostName, PlanHost>;
/** Hosts of the declared (not derived) roles of a runbook, with their number, platforms and variables checked. */
export declare function bindRoles(runbook: ParsedRunbook, inventory: ParsedInventory, hosts: Readonly<Record<HostName, PlanHost>>, problems: Problems): Record<string, readonly HostName[]>;
/** Derived roles whose hosts follow from the inventory alone; `where` must have been answered in `found`. */
export declare function deriveRoles(runbook: Runbook, bound: Readonly<Record<string, readonly HostName[]>>, found: (role: string, of: readonly HostName[]) => HostName | undefined): Record<string, readonly HostName[]>;
/** Hosts of one role or a list of them, each once, in order. */
export declare function hostsOfRoles(names: string | readonly string[] | undefined, roles: Readonly<Record<string, readonly HostName[]>>): readonly HostName[];
export declare function quoted(names: readonly string[]): string;
