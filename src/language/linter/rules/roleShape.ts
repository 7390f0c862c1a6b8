import type { Runbook } from '../../schema/generated/runbook.js';
import type { Rule } from '../rule.js';

export const roleShape: Rule = {
  id: 'role-shape',
  family: 'correctness',
  severity: 'error',
  rationale: 'A role either has hosts of its own in the inventory or is derived from another role.',
  cites: ['capability 11', 'capability 58'],
  *check({ runbook, document: { positions } }) {
    const roles = runbook.roles ?? {};
    for (const [name, role] of Object.entries(roles)) {
      const range = positions.key(roles, name);
      if (range === undefined) continue;
      const derivation = (['pick', 'where', 'except'] as const).find((key) => role[key] !== undefined);
      if (derivation !== undefined && role.of === undefined)
        yield { range, message: `role "${name}" has "${derivation}" but no "of"; say which role it is derived from` };
      if (role.hosts !== undefined && role.of !== undefined)
        yield {
          range,
          message: `role "${name}" has both "hosts" and "of"; keep "hosts" for hosts of its own, or derive it with "pick", "where" or "except"`,
        };
      const [least, most] = String(role.hosts ?? '').split('..');
      if (most !== undefined && most !== '' && Number(most) < Number(least))
        yield {
          range: positions.value(role, 'hosts') ?? range,
          message: `no number of hosts is ${String(role.hosts)}; write the smaller number first`,
        };
      const circle = circleOf(runbook, name);
      if (circle !== undefined) yield { range, message: `role "${name}" is derived from itself${circle}` };
    }
  },
};

/** How a role comes back to itself, with what to do; undefined when it does not. */
function circleOf(runbook: Runbook, name: string): string | undefined {
  if (reaches(runbook, name, name, ['of'])) return '; give one of the roles "hosts"';
  return reaches(runbook, name, name, ['of', 'except']) ? ' by what it leaves out; leave out a role that does not depend on it' : undefined;
}

function reaches(runbook: Runbook, from: string, to: string, by: readonly ('of' | 'except')[], seen = new Set<string>()): boolean {
  return by.some((key) => {
    const role = runbook.roles !== undefined && Object.hasOwn(runbook.roles, from) ? runbook.roles[from] : undefined;
    const next = role?.[key];
    if (next === to) return true;
    if (next === undefined || seen.has(next)) return false;
    seen.add(next);
    return reaches(runbook, next, to, by, seen);
  });
}
