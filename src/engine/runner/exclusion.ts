import type { Probe } from '../../language/index.js';
import type { RunState } from '../../events/index.js';
import { stepsOf } from '../../planner/index.js';
import type { HostName, OrderedEffect, Plan, PlanOrder, PlanScope } from '../../planner/index.js';

/** What leaving a host out would touch: orders, invariants and the outage of the plan. One sentence each; empty when nothing is. */
export function exclusionEffects(state: RunState, host: HostName): readonly string[] {
  const { plan } = state;
  return [
    ...plan.orders.flatMap((order) => orderEffects(order, host)),
    ...plan.invariants.flatMap(({ title, holds, scope }) => {
      const names = rolesIn(holds, plan.scopes[scope] as PlanScope, host);
      if (names === undefined) return [];
      return names === 'across'
        ? [`"${title}" is asked of the others only; nobody checks ${host}.`]
        : [`"${title}" still asks about ${host}, and may not hold any more.`];
    }),
    ...outageEffects(plan, host),
    ...performedThere(state, host),
  ];
}

function orderEffects({ first, then, because }: PlanOrder, host: HostName): readonly string[] {
  const why = because === undefined ? '' : ` (${because})`;
  const before = first.filter(({ hosts }) => hosts.includes(host));
  const after = then.filter(({ hosts }) => hosts.includes(host));
  if (before.length === 0 && after.length === 0) return [];
  const order = `the order "${worded(first)} before ${worded(then)}"${why}`;
  if (before.length === 0) return [`${named(after)} of ${host} is not done; ${order} is kept by the others.`];
  return [`${capital(order)} no longer waits for ${named(before)} of ${host}: ${named(then)} begins without it.`];
}

function outageEffects({ outage }: Plan, host: HostName): readonly string[] {
  if (outage === undefined || !outage.hosts.includes(host)) return [];
  const others = outage.hosts.filter((other) => other !== host).join(', ');
  return [
    `${host} belongs to the outage${others === '' ? '' : ` together with ${others}`} (${outage.because}); it stays as it is now, in service or not.`,
  ];
}

/** Steps about other hosts that are performed on this one. */
function performedThere({ plan, steps }: RunState, host: HostName): readonly string[] {
  const stuck = [...stepsOf(plan.steps)].filter((step) =>
    step.targets.some((target) => {
      const status = steps[step.path]?.[target.key]?.status;
      const open = status !== 'succeeded' && status !== 'skipped';
      return open && target.at === host && !target.about.includes(host);
    }),
  );
  return stuck.length === 0 ? [] : [`Still to be performed on it, and then not possible: ${stuck.map(({ title }) => title).join('; ')}.`];
}

/** How a probe has to do with a host: `across` looks at the hosts that take part, a role that is named by an expression stays what it is. */
function rolesIn(probe: Probe, scope: PlanScope, host: HostName): 'across' | 'named' | undefined {
  const roles = Object.entries(scope.roles).flatMap(([role, hosts]) => (hosts.includes(host) ? [role] : []));
  let found: 'across' | 'named' | undefined;
  const look = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (key === 'across' && roles.includes(value)) found ??= 'across';
      if (roles.some((role) => new RegExp(`\\bhosts\\.${role}\\b`).test(value))) found = 'named';
    } else if (Array.isArray(value)) value.forEach((item) => look(item, key));
    else if (typeof value === 'object' && value !== null) for (const [name, member] of Object.entries(value)) look(member, name);
  };
  look(probe, '');
  return found;
}

function worded(effects: readonly OrderedEffect[]): string {
  return effects.map(({ effect, roles }) => `${effect} (${roles.join(', ')})`).join(' and ');
}

function named(effects: readonly OrderedEffect[]): string {
  return effects.map(({ effect }) => effect).join(' and ');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
