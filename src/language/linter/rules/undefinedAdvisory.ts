import type { Rule } from '../rule.js';
import { mentions, undefinedName } from '../undefinedName.js';

export const undefinedAdvisory: Rule = {
  id: 'undefined-advisory',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'A step that depends on an advisory nobody has declared would never be decided.',
  cites: ['capability 23'],
  *check(context) {
    const known = context.names.advisories;
    for (const { named, range } of mentions(context, 'advisories')) {
      if (!known.includes(named.name)) yield undefinedName('advisory', named.name, known, range, 'declare it under "advisories"');
    }
  },
};
