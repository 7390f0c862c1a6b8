import { nearest, roleNames } from '../language/index.js';
import type { Input, Inventory, ParsedInventory, ParsedRunbook, Role, Runbook } from '../language/index.js';
import type { HostName, PlanHost, PlainValue, ValueDeclaration } from './plan.js';
import type { Problems } from './problem.js';
import type { RoleVars } from './roleVars.js';

/** A declaration of an input, a role variable or a fact, with its version scheme looked up. */
export function declarationOf(
  runbook: Runbook,
  declared: Pick<Input, 'type' | 'scheme' | 'title' | 'options' | 'pattern'>,
): ValueDeclaration {
  const schemePattern = declared.scheme === undefined ? undefined : runbook.versions?.[declared.scheme]?.pattern;
  return {
    type: declared.type,
    ...(schemePattern === undefined ? {} : { schemePattern }),
    ...(declared.title === undefined ? {} : { title: declared.title }),
    ...(declared.options === undefined ? {} : { options: declared.options }),
    ...(declared.pattern === undefined ? {} : { pattern: declared.pattern }),
  };
}

/** Hosts of an inventory, with the role variables that it gives. `files`: all that may declare some. */
export function bindHosts(
  files: readonly ParsedRunbook[],
  inventory: ParsedInventory,
  roleVars: RoleVars,
  problems: Problems,
): Record<HostName, PlanHost> {
  const value = inventory.value as Inventory;
  const hosts: Record<HostName, PlanHost> = {};
  for (const [name, host] of Object.entries(value.hosts)) {
    checkNames(files, inventory, name, host.vars ?? {}, problems);
    const user = host.user ?? value.ssh?.user;
    const port = host.port ?? value.ssh?.port;
    const jump = host.jump ?? value.ssh?.jump;
    hosts[name] = {
      name,
      address: host.address ?? name,
      connection: host.connection ?? 'ssh',
      platform: host.platform ?? 'linux',
      ...(user === undefined ? {} : { user }),
      ...(port === undefined ? {} : { port }),
      ...(jump === undefined || jump === name ? {} : { jump }),
      ...(host.host_key === undefined ? {} : { hostKey: host.host_key }),
      vars: roleVars.ofHost(name),
    };
    if (jump !== undefined && value.hosts[jump] === undefined)
      problems.add(inventory, 'undefined-host', `undefined host "${jump}"; declare it under "hosts"`, host, 'jump');
  }
  return hosts;
}

/**
 * An inventory serves several runbooks, so variables of others may stand in it; one that is almost one of this runbook is misspelt. One
 * without a default is told of where it is missing.
 */
function checkNames(
  files: readonly ParsedRunbook[],
  inventory: ParsedInventory,
  name: HostName,
  vars: Readonly<Record<string, PlainValue>>,
  problems: Problems,
): void {
  if (Object.keys(vars).length === 0) return;
  const roles = Object.entries((inventory.value as Inventory).roles).filter(([, members]) => members.includes(name));
  const declared = Object.assign({}, ...roles.map(([role]) => files[0]?.value?.roles?.[role]?.vars)) as NonNullable<Role['vars']>;
  const optional = Object.entries(declared).flatMap(([variable, one]) =>
    typeof one === 'string' || one.default === undefined || Object.hasOwn(vars, variable) ? [] : [variable],
  );
  const known = new Set(files.flatMap(({ value }) => Object.values(value?.roles ?? {}).flatMap((role) => Object.keys(role.vars ?? {}))));
  for (const variable of Object.keys(vars)) {
    const meant = known.has(variable) ? undefined : nearest(variable, optional);
    if (meant === undefined) continue;
    problems.add(
      inventory,
      'undefined-var',
      `no role of host "${name}" has a variable "${variable}"; did you mean "${meant}"?`,
      vars,
      variable,
    );
  }
}

/** Hosts of the declared (not derived) roles of a runbook, with their number, platforms and variables checked. */
export function bindRoles(
  runbook: ParsedRunbook,
  inventory: ParsedInventory,
  hosts: Readonly<Record<HostName, PlanHost>>,
  problems: Problems,
): Record<string, readonly HostName[]> {
  const declared = runbook.value?.roles ?? {};
  const bound = (inventory.value as Inventory).roles;
  const roles: Record<string, readonly HostName[]> = {};
  for (const [name, role] of Object.entries(declared)) {
    if (role.of !== undefined) continue;
    const members = bound[name] ?? [];
    roles[name] = members.filter((member) => hosts[member] !== undefined);
    members.forEach((member, index) => {
      if (hosts[member] === undefined)
        problems.add(
          inventory,
          'undefined-host',
          `role "${name}" has the host "${member}", which is not under "hosts"; declare it there`,
          members,
          index,
        );
    });
    checkCount(name, role, roles[name], inventory, problems);
    for (const member of roles[name]) checkPlatform(name, role, hosts[member] as PlanHost, inventory, problems);
  }
  for (const name of Object.keys(bound)) {
    const role = declared[name];
    if (role === undefined) {
      // An inventory serves several runbooks, so roles of others may stand in it; one that is almost a role of this one is misspelt.
      const meant = nearest(name, Object.keys(declared));
      if (meant !== undefined)
        problems.add(inventory, 'undefined-role', `the runbook has no role "${name}"; did you mean "${meant}"?`, bound, name);
    } else if (role.of !== undefined)
      problems.add(
        inventory,
        'derived-role-bound',
        `role "${name}" is derived from "${role.of}" and finds its hosts itself; remove it here`,
        bound,
        name,
      );
  }
  return roles;
}

function checkCount(name: string, role: Role, members: readonly HostName[], inventory: ParsedInventory, problems: Problems): void {
  const wanted = wrongSize(role, members);
  if (wanted === undefined) return;
  problems.add(
    inventory,
    'role-size',
    `role "${name}" has ${String(members.length)} hosts and needs ${wanted}; bind hosts to it under "roles"`,
    (inventory.value as Inventory).roles,
    name,
  );
}

/** How many hosts a role needs, in words, when these are too few or too many. */
export function wrongSize(role: Role, members: readonly HostName[]): string | undefined {
  const [least = '0', most] = String(role.hosts ?? '0..').split('..');
  const max = String(role.hosts).includes('..') ? (most === undefined || most === '' ? Infinity : Number(most)) : Number(least);
  if (members.length >= Number(least) && members.length <= max) return undefined;
  return max === Infinity ? `at least ${least}` : Number(least) === max ? `exactly ${least}` : `${least} to ${String(max)}`;
}

function checkPlatform(roleName: string, role: Role, host: PlanHost, inventory: ParsedInventory, problems: Problems): void {
  const platforms = role.platforms ?? ['linux'];
  if (platforms.includes(host.platform)) return;
  const message = `host "${host.name}" is ${host.platform}, and role "${roleName}" knows only ${quoted(platforms)}`;
  problems.add(inventory, 'role-platform', message, (inventory.value as Inventory).hosts, host.name);
}

/**
 * Derived roles whose hosts follow from the inventory alone; `where` must have been answered in `found`. While it is not known who has a
 * role, nobody has the roles that depend on it either: who would be left over is not known.
 */
export function deriveRoles(
  runbook: Runbook,
  bound: Readonly<Record<string, readonly HostName[]>>,
  found: (role: string, of: readonly HostName[]) => HostName | undefined,
): Record<string, readonly HostName[]> {
  const roles: Record<string, readonly HostName[]> = { ...bound };
  const unknown = new Set<string>();
  const hostsOf = (role: Role, name: string, seen: readonly string[]): readonly HostName[] | undefined => {
    const of = resolve(role.of ?? '', seen);
    const except = role.except === undefined ? [] : resolve(role.except, seen);
    if (of === undefined || except === undefined) return undefined;
    if (role.pick !== undefined) return role.pick === 'first' ? of.slice(0, 1) : of.slice(-1);
    if (role.where === undefined) return of.filter((host) => !except.includes(host));
    const host = found(name, of);
    return host === undefined ? undefined : [host];
  };
  const resolve = (name: string, seen: readonly string[]): readonly HostName[] | undefined => {
    const role = runbook.roles?.[name];
    if (unknown.has(name)) return undefined;
    if (roles[name] !== undefined || role?.of === undefined || seen.includes(name)) return roles[name] ?? [];
    const hosts = hostsOf(role, name, [...seen, name]);
    if (hosts === undefined) unknown.add(name);
    roles[name] = hosts ?? [];
    return hosts;
  };
  for (const name of Object.keys(runbook.roles ?? {})) resolve(name, []);
  return roles;
}

/** Hosts of one role or a list of them, each once, in order. */
export function hostsOfRoles(
  names: string | readonly string[] | undefined,
  roles: Readonly<Record<string, readonly HostName[]>>,
): readonly HostName[] {
  return [...new Set(roleNames(names).flatMap((name) => roles[name] ?? []))];
}

export function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
