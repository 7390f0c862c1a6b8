import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { Finding, LintContext, Rule } from '../rule.js';
import { mentions, misnamed, textsOf, undefinedName } from '../undefinedName.js';

const ADVICE = 'declare it under "roles"';

export const undefinedRole: Rule = {
  id: 'undefined-role',
  family: 'correctness',
  severity: 'error',
  rationale: 'A step about a role that does not exist would be about no host at all, and be left out without a word.',
  cites: ['capability 11'],
  *check(context) {
    const known = Object.keys(context.runbook.roles ?? {});
    for (const place of textsOf(context, 'role')) {
      if (place.label === 'from' && place.text === 'local') continue;
      if (!known.includes(place.text)) yield undefinedName('role', place.text, known, place.range, ADVICE);
    }
    for (const space of ['hosts', 'role'] as const) {
      for (const { named, range } of mentions(context, space)) {
        if (!known.includes(named.name)) yield undefinedName('role', named.name, known, range, ADVICE);
      }
    }
    yield* reboundRoles(context);
  },
};

/** With `use` of another file, the keys of `roles` are roles of that file. */
function* reboundRoles({ steps, runbook, document, files }: LintContext): Generator<Finding> {
  for (const step of [...steps.map((place) => place.step), ...(runbook.upgrade?.instead ?? [])]) {
    const file = step.use === undefined || step.roles === undefined ? undefined : parseUseReference(step.use)?.file;
    const target = file === undefined ? undefined : files.get(resolveFile(document.file, file))?.value;
    if (target === undefined) continue;
    const known = Object.keys(target.roles ?? {});
    for (const name of Object.keys(step.roles ?? {})) {
      const range = document.positions.key(step.roles as object, name);
      if (!known.includes(name) && range !== undefined)
        yield misnamed(`"${step.use ?? ''}" has no role "${name}"`, name, known, range, 'remove it');
    }
  }
}
