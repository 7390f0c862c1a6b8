import type { Rule } from '../rule.js';
import { textsOf, undefinedName } from '../undefinedName.js';

export const undefinedContact: Rule = {
  id: 'undefined-contact',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'Whoever stands before a failed step needs to know whom to call.',
  cites: ['capability 108'],
  *check(context) {
    const known = Object.keys(context.runbook.contacts ?? {});
    for (const place of textsOf(context, 'contact')) {
      if (!known.includes(place.text)) yield undefinedName('contact', place.text, known, place.range, 'declare it under "contacts"');
    }
  },
};
