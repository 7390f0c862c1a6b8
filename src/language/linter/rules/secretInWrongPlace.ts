import type { Rule } from '../rule.js';
import { mentions } from '../undefinedName.js';
import { expressionsIn } from '../expressionsIn.js';
import { namesIn } from '../namesIn.js';

export const secretInWrongPlace: Rule = {
  id: 'secret-in-wrong-place',
  severity: 'error',
  rationale: 'Command lines, addresses and titles can be seen by others; a secret travels only where it is kept out of sight.',
  *check(context) {
    if ([...mentions(context, 'secrets')].length === 0) return;
    for (const expression of expressionsIn(context)) {
      if (expression.place.around.secrets && !expression.bare) continue;
      for (const named of namesIn(expression.cel)) {
        if (named.space !== 'secrets') continue;
        yield { range: expression.rangeOf(named.range), message: `the secret "${named.name}" could be seen here; use secrets only in "env", "headers", "user", "password", "form", "json" and "answer"` };
      }
    }
  },
};
