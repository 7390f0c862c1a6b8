import { checkValue, compileRegex } from '../../language/index.js';
import type { CelValue, ExtraName } from '../../language/index.js';
import type { Failure } from '../../events/index.js';
import { typedValue } from '../../planner/index.js';
import type { PlainValue } from '../../planner/index.js';
import type { ActionContext } from './action.js';

/** Takes the declared values of a step from what it printed or answered. A value that is not there fails the step. */
export async function outputValues(
  context: ActionContext,
  seen: Readonly<Partial<Record<ExtraName, CelValue>>>,
): Promise<{ readonly values: Record<string, PlainValue> } | { readonly failure: Failure }> {
  const values: Record<string, PlainValue> = {};
  for (const [name, output] of Object.entries(context.step.spec.outputs ?? {})) {
    const value =
      output.match === undefined
        ? await context.evaluate(output.value as string, seen)
        : firstGroup(output.match, textOf(seen.stdout ?? seen.body));
    if (value === undefined || value === null || typeof value === 'object') {
      return {
        failure: {
          reason: 'value',
          message: `The value "${name}" was not found in what it printed.`,
          next: 'Look at the output and correct the pattern in the runbook, or skip the step with a reason.',
        },
      };
    }
    const typed = typedValue(value, output.type);
    const wrong = checkValue({ type: output.type ?? 'string' }, typed);
    if (wrong !== undefined) {
      const shown = output.secret === true ? '' : ` is "${String(value)}" and`;
      return { failure: { reason: 'value', message: `The value "${name}"${shown} ${wrong}` } };
    }
    if (output.secret === true && !context.keepSecret(name, String(typed)))
      return {
        failure: {
          reason: 'secret',
          message: `The value "${name}" is too short or too plain to be kept secret in what is shown.`,
          next: 'Correct the pattern in the runbook, or leave out "secret" if it is none.',
        },
      };
    values[name] = typed;
  }
  return { values };
}

/** The first group of the first match, or the whole match when the pattern has no group. */
export function firstGroup(pattern: string, text: string): string | undefined {
  const found = compileRegex(pattern).exec(text);
  return found === null ? undefined : (found[1] ?? found[0]);
}

function textOf(seen: CelValue | undefined): string {
  return typeof seen === 'string' ? seen : JSON.stringify(seen);
}
