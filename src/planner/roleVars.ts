import { checkValue } from '../language/index.js';
import type { Inventory, ParsedInventory, ParsedRunbook, Role, Runbook } from '../language/index.js';
import { declarationOf } from './bind.js';
import type { HostName, PlainValue, PlanHost } from './plan.js';
import type { Problems } from './problem.js';

type Vars = Record<string, PlainValue>;

/**
 * Values of the variables that roles ask for, one of each name for a host: what its own `vars` say, else those of its roles in the
 * inventory, else the default of whichever role declares one. Two roles of a host that say different things are a problem.
 */
export class RoleVars {
  readonly #inventory: ParsedInventory;
  readonly #problems: Problems;
  /** Where a value comes from that a role has given to a host, by host and variable. */
  readonly #givenBy = new Map<string, string>();
  readonly #told = new Set<string>();
  /** Different values for a host, found before it is known whether anybody asks for them. */
  readonly #differences = new Map<string, string>();

  constructor(inventory: ParsedInventory, problems: Problems) {
    this.#inventory = inventory;
    this.#problems = problems;
  }

  /** What the inventory says for a host, by itself and for the roles that are bound to it. */
  ofHost(name: HostName): Vars {
    const { roles, hosts } = this.#inventory.value as Inventory;
    const vars: Vars = { ...hosts[name]?.vars };
    for (const [role, members] of Object.entries(roles)) if (members.includes(name)) this.#takeFromInventory(role, name, vars);
    return vars;
  }

  /** Completes the variables of the hosts of a role as one file declares it, and checks them. */
  complete(document: ParsedRunbook, roleName: string, role: Role, members: readonly (PlanHost | undefined)[]): void {
    for (const host of members) {
      if (host === undefined) continue;
      const vars = host.vars as Vars;
      for (const [variable, declared] of Object.entries(role.vars ?? {})) {
        const declaration = typeof declared === 'string' ? { type: declared } : declared;
        this.#takeDefault(roleName, host.name, vars, variable, declaration);
        this.#check(document, roleName, host, variable, declaration);
      }
    }
  }

  #takeFromInventory(role: string, host: HostName, vars: Vars): void {
    const { vars: byRole, hosts } = this.#inventory.value as Inventory;
    const own = hosts[host]?.vars ?? {};
    for (const [variable, value] of Object.entries(byRole?.[role] ?? {}))
      if (!Object.hasOwn(own, variable)) this.#take(role, host, vars, variable, value);
  }

  #takeDefault(role: string, host: HostName, vars: Vars, variable: string, declared: { readonly default?: PlainValue }): void {
    const value = declared.default;
    if (value === undefined) return;
    const isGiven = Object.hasOwn(vars, variable) && !this.#givenBy.get(key(host, variable))?.startsWith(BY_DEFAULT);
    if (!isGiven) this.#take(`${BY_DEFAULT}${role}`, host, vars, variable, value);
  }

  #take(by: string, host: HostName, vars: Vars, variable: string, value: PlainValue): void {
    const at = key(host, variable);
    const before = this.#givenBy.get(at);
    const known = Object.hasOwn(vars, variable) ? vars[variable] : undefined;
    if (known !== undefined && known !== value && before !== undefined)
      this.#differences.set(at, `${String(known)} ${asRole(before)} and ${String(value)} ${asRole(by)}`);
    if (known !== undefined) return;
    vars[variable] = value;
    this.#givenBy.set(at, by);
  }

  #check(document: ParsedRunbook, role: string, host: PlanHost, variable: string, declared: Parameters<typeof declarationOf>[1]): void {
    const place = (this.#inventory.value as Inventory).hosts;
    const value = Object.hasOwn(host.vars, variable) ? host.vars[variable] : undefined;
    const difference = this.#differences.get(key(host.name, variable));
    if (value === undefined)
      this.#tell(
        'missing-var',
        `host "${host.name}" has no "${variable}", which role "${role}" needs; add it to its "vars"`,
        place,
        host.name,
      );
    else if (difference !== undefined)
      this.#tell(
        'var-conflict',
        `host "${host.name}" has two values of "${variable}": ${difference}; say under "vars" of the host which it is, or give the variables of the roles different names`,
        place,
        host.name,
      );
    const wrong = value === undefined ? undefined : checkValue(declarationOf(document.value as Runbook, declared), value);
    if (wrong !== undefined)
      this.#tell('var-type', `"${variable}" of host "${host.name}" ${wrong}`, place[host.name]?.vars ?? place, variable);
  }

  /** Roles of several files may lack the same thing. */
  #tell(code: string, message: string, container: object, place: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#problems.add(this.#inventory, code, message, container, place);
  }
}

const BY_DEFAULT = 'default ';

function asRole(by: string): string {
  return by.startsWith(BY_DEFAULT) ? `by default as "${by.slice(BY_DEFAULT.length)}"` : `as "${by}"`;
}

function key(host: HostName, variable: string): string {
  return `${host} ${variable}`;
}
