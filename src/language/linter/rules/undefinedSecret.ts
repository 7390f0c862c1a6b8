import type { Rule } from '../rule.js';
import { mentions, textsOf, undefinedName } from '../undefinedName.js';

export const undefinedSecret: Rule = {
  id: 'undefined-secret',
  scope: 'step',
  family: 'security',
  severity: 'error',
  rationale: 'Only declared secrets are asked for before the run and masked in everything that is shown and stored.',
  cites: ['capability 37', 'threat T8'],
  *check(context) {
    const known = Object.keys(context.runbook.secrets ?? {});
    const advice = 'declare it under "secrets"';
    for (const { named, range } of mentions(context, 'secrets')) {
      if (!known.includes(named.name)) yield undefinedName('secret', named.name, known, range, advice);
    }
    for (const place of textsOf(context, 'secret')) {
      if (!known.includes(place.text))
        yield undefinedName(
          'secret',
          place.text,
          known,
          place.range,
          place.text.includes('${{') ? 'write the name of the secret alone' : advice,
        );
    }
  },
};
