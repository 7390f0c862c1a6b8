import { roleLineage } from '../../expressions/index.js';
import type { Rule } from '../rule.js';

export const roleShape: Rule = {
  id: 'role-shape',
  severity: 'error',
  rationale: 'A role either has hosts of its own in the inventory or is derived from another role.',
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
      const last = roleLineage(runbook, name).at(-1);
      if (last !== undefined && roles[last]?.of !== undefined && Object.hasOwn(roles, roles[last].of))
        yield { range, message: `role "${name}" is derived from itself; give one of the roles "hosts"` };
    }
  },
};
