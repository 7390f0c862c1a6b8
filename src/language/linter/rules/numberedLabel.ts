import { hasNumberedLabel } from '../../model/version.js';
import type { Rule } from '../rule.js';
import { withoutQuotes } from '../undefinedName.js';

export const numberedLabel: Rule = {
  id: 'numbered-label',
  family: 'correctness',
  severity: 'error',
  rationale: 'Words in a version do not count, so two versions that differ in the number of a word would be taken for the same.',
  cites: ['capability 18'],
  *check({ runbook, document }) {
    for (const scheme of Object.values(runbook.versions ?? {})) {
      const range = document.positions.value(scheme, 'pattern');
      if (range === undefined || !hasNumberedLabel(scheme.pattern)) continue;
      const message =
        'a word of this pattern ends in a number, as in "SP2", and words do not count when versions are compared; write the number as a part of its own, as in "SP 2" or "7.1.2"';
      yield { range: withoutQuotes(document.text, range), message };
    }
  },
};
