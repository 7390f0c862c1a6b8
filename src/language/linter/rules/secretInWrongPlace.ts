import type { Rule } from '../rule.js';
import { expressionsIn } from '../expressionsIn.js';
import { namesIn, withoutStrings } from '../namesIn.js';
import type { LintContext } from '../rule.js';

const MESSAGE = 'a secret could be seen here; use secrets only in "env", "headers", "user", "password", "form", "json" and "answer"';

export const secretInWrongPlace: Rule = {
  id: 'secret-in-wrong-place',
  family: 'security',
  severity: 'error',
  rationale: 'Command lines, addresses and titles can be seen by others; a secret travels only where it is kept out of sight.',
  cites: ['capability 72', 'threat T8', 'threat T12'],
  *check(context) {
    const given = secretOutputs(context);
    for (const expression of expressionsIn(context)) {
      if (expression.place.around.secrets && !expression.bare) continue;
      // By the word alone: `secrets[inputs.x]` would give a secret away as well.
      for (const match of withoutStrings(expression.cel).matchAll(/(?<![\w.])secrets\b/g)) {
        const range = expression.rangeOf({ start: match.index, end: match.index + match[0].length });
        yield { range, message: MESSAGE };
      }
      for (const { space, name, member, memberRange } of namesIn(expression.cel)) {
        if (space === 'steps' && memberRange !== undefined && given.has(`${name}.${member ?? ''}`))
          yield { range: expression.rangeOf(memberRange), message: MESSAGE };
      }
    }
  },
};

/** Values that steps give out as secrets, `ID.NAME`. */
function secretOutputs({ steps }: LintContext): ReadonlySet<string> {
  const given = new Set<string>();
  for (const { kind, step } of steps) {
    if (kind !== 'step') continue;
    for (const [name, output] of Object.entries(step.outputs ?? {})) if (output.secret === true) given.add(`${step.id ?? ''}.${name}`);
  }
  return given;
}
