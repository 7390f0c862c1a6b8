import type { Rule } from '../rule.js';
import { expressionsIn } from '../expressionsIn.js';
import { withoutStrings } from '../namesIn.js';

export const secretInWrongPlace: Rule = {
  id: 'secret-in-wrong-place',
  family: 'security',
  severity: 'error',
  rationale: 'Command lines, addresses and titles can be seen by others; a secret travels only where it is kept out of sight.',
  cites: ['capability 72', 'threat T8', 'threat T12'],
  *check(context) {
    for (const expression of expressionsIn(context)) {
      if (expression.place.around.secrets && !expression.bare) continue;
      // By the word alone: `secrets[inputs.x]` would give a secret away as well.
      for (const match of withoutStrings(expression.cel).matchAll(/(?<![\w.])secrets\b/g)) {
        const range = expression.rangeOf({ start: match.index, end: match.index + match[0].length });
        yield {
          range,
          message: 'a secret could be seen here; use secrets only in "env", "headers", "user", "password", "form", "json" and "answer"',
        };
      }
    }
  },
};
