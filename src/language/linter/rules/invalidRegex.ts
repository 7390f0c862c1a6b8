import { checkRegex } from '../../model/regex.js';
import { sourceRange } from '../../text/scalarSource.js';
import type { Rule } from '../rule.js';

export const invalidRegex: Rule = {
  id: 'invalid-regex',
  scope: 'step',
  family: 'security',
  severity: 'error',
  rationale: 'Patterns run on output of hosts. Only those that are sure to end quickly are accepted.',
  cites: ['capability 101', 'threat T25'],
  *check({ texts, document }) {
    for (const place of texts) {
      if (place.format !== 'regex') continue;
      const problem = checkRegex(place.text);
      if (problem !== undefined)
        yield { range: sourceRange(document.text, place.range, place.text, problem.range), message: problem.message };
    }
  },
};
