import { checkValue, nearest } from '../language/index.js';
import type { Inventory, ParsedRunbook, Runbook } from '../language/index.js';
import { declarationOf } from './bind.js';
import type { DraftRequest } from './draft.js';
import type { PlainValue, ValueDeclaration } from './plan.js';
import type { Problems } from './problem.js';
import { typedValue } from './typedValue.js';

/** An input that somebody must still give a value. */
export interface MissingInput extends ValueDeclaration {
  readonly name: string;
  readonly description?: string;
  /** What follows from choosing it. */
  readonly consequence?: string;
}

/** Values of the inputs of the runbook that is run: given ones before those of the inventory, before defaults. */
export function rootInputs(request: DraftRequest, problems: Problems): Record<string, PlainValue> {
  const runbook = request.project.root.value as Runbook;
  const environment = request.inventory.value as Inventory;
  const given: Record<string, PlainValue> = { ...environment.inputs, ...request.inputs };
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(runbook.inputs ?? {}, name)) continue;
    const inInventory = !Object.hasOwn(request.inputs, name);
    // An inventory serves several runbooks, so inputs of others may stand in it; one that is almost an input of this one is misspelt.
    if (inInventory && nearest(name, Object.keys(runbook.inputs ?? {})) === undefined) continue;
    const where = inInventory ? environment.inputs : undefined;
    const known = Object.keys(runbook.inputs ?? {}).join(', ') || 'none';
    problems.add(request.inventory, 'undefined-input', `the runbook has no input "${name}"; it has ${known}`, where, name);
  }
  const values = inputValues(request.project.root, given, problems);
  for (const [name, input] of Object.entries(runbook.inputs ?? {})) {
    if (Object.hasOwn(given, name) || input.default !== undefined) continue;
    problems.missingInputs.push({
      name,
      ...declarationOf(runbook, input),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.consequence === undefined ? {} : { consequence: input.consequence }),
    });
  }
  return values;
}

/**
 * Values of the inputs of a file, each of its declared type. What is missing or does not fit is a problem, but for those that are
 * `unsettled`: they will have a value once more is found out.
 */
export function inputValues(
  document: ParsedRunbook,
  given: Readonly<Record<string, PlainValue>>,
  problems: Problems,
  unsettled: readonly string[] = [],
): Record<string, PlainValue> {
  const values: Record<string, PlainValue> = {};
  const runbook = document.value as Runbook;
  for (const [name, input] of Object.entries(runbook.inputs ?? {})) {
    const untyped = Object.hasOwn(given, name) ? given[name] : input.default;
    if (untyped === undefined) {
      if (unsettled.includes(name)) continue;
      const message = `input "${name}" has no value; give it in the inventory under "inputs", or with --set ${name}=…`;
      problems.add(document, 'missing-input', message, runbook.inputs, name);
      continue;
    }
    const value = typedValue(untyped, input.type);
    const suffixed = input.suffix === undefined || String(value).endsWith(input.suffix);
    const wrong = checkValue(declarationOf(runbook, input), value) ?? (suffixed ? undefined : `must end with "${input.suffix ?? ''}"`);
    if (wrong !== undefined)
      problems.add(document, 'input-type', `input "${name}" is "${String(value)}" and ${wrong}`, runbook.inputs, name);
    values[name] = value;
  }
  return values;
}
