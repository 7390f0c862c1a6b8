import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { Finding, LintContext, Rule } from '../rule.js';
import { mentions, misnamed, undefinedName } from '../undefinedName.js';

export const undefinedInput: Rule = {
  id: 'undefined-input',
  family: 'correctness',
  severity: 'error',
  rationale: 'An input that is not declared never gets a value.',
  cites: ['capability 16', 'capability 88'],
  *check(context) {
    const known = Object.keys(context.runbook.inputs ?? {});
    for (const mention of mentions(context, 'inputs')) {
      const { name } = mention.named;
      if (!known.includes(name)) yield undefinedName('input', name, known, mention.range, 'declare it under "inputs"');
    }
    yield* givenInputs(context);
  },
};

/** With `use` of another file, `with` gives inputs of that file; those without a default must be given. */
function* givenInputs({ steps, runbook, document, files }: LintContext): Generator<Finding> {
  for (const step of [...steps.map((place) => place.step), ...(runbook.upgrade?.instead ?? [])]) {
    const file = step.use === undefined ? undefined : parseUseReference(step.use)?.file;
    const target = file === undefined ? undefined : files.get(resolveFile(document.file, file))?.value;
    if (target === undefined) continue;
    const inputs = target.inputs ?? {};
    for (const name of Object.keys(step.with ?? {})) {
      const range = document.positions.key(step.with as object, name);
      if (!Object.hasOwn(inputs, name) && range !== undefined)
        yield misnamed(`"${step.use ?? ''}" has no input "${name}"`, name, Object.keys(inputs), range, 'remove it');
    }
    const missing = Object.keys(inputs).filter((name) => inputs[name]?.default === undefined && !Object.hasOwn(step.with ?? {}, name));
    const range = document.positions.value(step, 'use');
    if (missing.length > 0 && range !== undefined)
      yield { range, message: `"${step.use ?? ''}" needs ${missing.map((name) => `"${name}"`).join(', ')}; give it under "with"` };
  }
}
