import { isSingleRole } from '../../expressions/index.js';
import type { Rule } from '../rule.js';
import { textsOf } from '../undefinedName.js';

export const fromNotSingle: Rule = {
  id: 'from-not-single',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'What is performed from somewhere is performed from one place; with several hosts it would be left to chance which.',
  cites: ['capability 70'],
  *check(context) {
    const roles = context.runbook.roles ?? {};
    for (const place of textsOf(context, 'role')) {
      const role = place.key === 'from' && Object.hasOwn(roles, place.text) ? roles[place.text] : undefined;
      if (role === undefined || isSingleRole(role)) continue;
      yield {
        range: place.range,
        message: `role "${place.text}" may have several hosts, and "from" is one place; name a role of exactly one host, or "local"`,
      };
    }
  },
};
