import { checkValue, nearest, roleNames } from '../language/index.js';
import type { Input, Inventory, ParsedInventory, ParsedRunbook, Role, Runbook } from '../language/index.js';
import type { HostName, PlanHost, PlainValue, ValueDeclaration } from './plan.js';
import type { Problems } from './problem.js';

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

/** Hosts of an inventory, with the values of all role variables; variables are checked where roles ask for them. */
export function bindHosts(runbook: ParsedRunbook, inventory: ParsedInventory, problems: Problems): Record<HostName, PlanHost> {
  const value = inventory.value as Inventory;
  const hosts: Record<HostName, PlanHost> = {};
  for (const [name, host] of Object.entries(value.hosts)) {
    const vars: Record<string, PlainValue> = {};
    for (const [role, members] of Object.entries(value.roles)) {
      if (!members.includes(name)) continue;
      Object.assign(vars, value.vars?.[role]);
      for (const [variable, declared] of Object.entries(runbook.value?.roles?.[role]?.vars ?? {})) {
        if (typeof declared !== 'string' && declared.default !== undefined) vars[variable] ??= declared.default;
      }
    }
    Object.assign(vars, host.vars);
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
      vars,
    };
    if (jump !== undefined && value.hosts[jump] === undefined)
      problems.add(inventory, 'undefined-host', `undefined host "${jump}"; declare it under "hosts"`, host, 'jump');
  }
  return hosts;
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
    for (const member of roles[name]) checkHost(runbook, name, role, hosts[member] as PlanHost, inventory, problems);
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

function checkHost(
  runbook: ParsedRunbook,
  roleName: string,
  role: Role,
  host: PlanHost,
  inventory: ParsedInventory,
  problems: Problems,
): void {
  const place = (inventory.value as Inventory).hosts;
  const platforms = role.platforms ?? ['linux'];
  if (!platforms.includes(host.platform)) {
    problems.add(
      inventory,
      'role-platform',
      `host "${host.name}" is ${host.platform}, and role "${roleName}" knows only ${quoted(platforms)}`,
      place,
      host.name,
    );
  }
  for (const [variable, declared] of Object.entries(role.vars ?? {})) {
    const declaration = declarationOf(runbook.value as Runbook, typeof declared === 'string' ? { type: declared } : declared);
    const value = host.vars[variable];
    if (value === undefined) {
      problems.add(
        inventory,
        'missing-var',
        `host "${host.name}" has no "${variable}", which role "${roleName}" needs; add it to its "vars"`,
        place,
        host.name,
      );
      continue;
    }
    const wrong = checkValue(declaration, value);
    if (wrong !== undefined)
      problems.add(
        inventory,
        'var-type',
        `"${variable}" of host "${host.name}" ${wrong}`,
        (inventory.value as Inventory).hosts[host.name]?.vars ?? place,
        variable,
      );
  }
}

/** Derived roles whose hosts follow from the inventory alone; `where` must have been answered in `found`. */
export function deriveRoles(
  runbook: Runbook,
  bound: Readonly<Record<string, readonly HostName[]>>,
  found: (role: string, of: readonly HostName[]) => HostName | undefined,
): Record<string, readonly HostName[]> {
  const roles: Record<string, readonly HostName[]> = { ...bound };
  const resolve = (name: string, seen: readonly string[]): readonly HostName[] => {
    const role = runbook.roles?.[name];
    if (roles[name] !== undefined || role?.of === undefined || seen.includes(name)) return roles[name] ?? [];
    const of = resolve(role.of, [...seen, name]);
    const except = role.except === undefined ? [] : resolve(role.except, [...seen, name]);
    const hosts =
      role.pick === 'first'
        ? of.slice(0, 1)
        : role.pick === 'last'
          ? of.slice(-1)
          : role.where !== undefined
            ? only(found(name, of))
            : of.filter((host) => !except.includes(host));
    roles[name] = hosts;
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

function only(host: HostName | undefined): readonly HostName[] {
  return host === undefined ? [] : [host];
}

export function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}
