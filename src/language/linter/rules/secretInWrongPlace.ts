import type { Rule } from '../rule.js';
import { expressionsIn } from '../expressionsIn.js';
import { memberAt, withoutStrings } from '../namesIn.js';
import type { LintContext } from '../rule.js';
import type { Range } from '../../text/range.js';

const MESSAGE = 'a secret could be seen here; use secrets only in "env", "headers", "user", "password", "form", "json" and "answer"';
const INDIRECT =
  'a secret that a step gives out could be seen here, since it cannot be read which value is meant; name the one that is, as "steps.ID.NAME"';

export const secretInWrongPlace: Rule = {
  id: 'secret-in-wrong-place',
  scope: 'step',
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
        yield { range, message: MESSAGE };
      }
    }
  },
  *whole(context) {
    const given = secretOutputs(context);
    if (given.size === 0) return;
    for (const expression of expressionsIn(context)) {
      if (expression.place.around.secrets && !expression.bare) continue;
      for (const { start, end, indirect } of givenAway(expression.cel, given))
        yield { range: expression.rangeOf({ start, end }), message: indirect ? INDIRECT : MESSAGE };
    }
  },
};

interface GivenAway extends Range {
  /** Which value is meant cannot be read from the expression. */
  readonly indirect: boolean;
}

/** Where an expression takes, or may take, a value that a step gives out as a secret. */
function* givenAway(cel: string, given: SecretOutputs): Generator<GivenAway> {
  if (given.size === 0) return;
  for (const { index, 0: word } of withoutStrings(cel).matchAll(/(?<![\w.])steps\b/g)) {
    const step = memberAt(cel, index + word.length);
    const secret = step === undefined ? undefined : given.get(step.name);
    if (step !== undefined && secret === undefined) continue;
    const member = step === undefined ? undefined : memberAt(cel, step.behind);
    if (member === undefined) yield { start: index, end: step?.end ?? index + word.length, indirect: true };
    else if (secret?.has(member.name) === true) yield { start: member.start, end: member.end, indirect: false };
  }
}

type SecretOutputs = ReadonlyMap<string, ReadonlySet<string>>;

/** Names of the values that steps give out as secrets, by the id of the step. */
function secretOutputs({ steps }: LintContext): SecretOutputs {
  const given = new Map<string, Set<string>>();
  for (const { kind, step } of steps) {
    if (kind !== 'step') continue;
    for (const [name, output] of Object.entries(step.outputs ?? {})) {
      if (output.secret !== true) continue;
      const id = step.id ?? '';
      given.set(id, (given.get(id) ?? new Set()).add(name));
    }
  }
  return given;
}
