import * as vscode from 'vscode';
import { checkValue } from '../../language/index.js';
import { typedValue } from '../../planner/index.js';
import type { Draft, MissingInput, PlainValue } from '../../planner/index.js';

/** Asks for the inputs a plan lacks, when it lacks nothing else. Undefined when the person turns away. */
export async function askInputs(found: Draft | undefined): Promise<Record<string, PlainValue> | undefined> {
  const values: Record<string, PlainValue> = {};
  if (found === undefined || found.missingInputs.length < found.problems.length) return values;
  for (const input of found.missingInputs) {
    const value = await askInput(input);
    if (value === undefined) return undefined;
    values[input.name] = value;
  }
  return values;
}

async function askInput(input: MissingInput): Promise<PlainValue | undefined> {
  const title = input.title ?? input.name;
  const prompt = [input.description, input.consequence === undefined ? undefined : `If you choose it: ${input.consequence}`]
    .filter((text) => text !== undefined)
    .join(' ');
  const options = input.options ?? (input.type === 'boolean' ? ['true', 'false'] : undefined);
  if (options !== undefined) {
    const chosen = await vscode.window.showQuickPick(options, { title, placeHolder: prompt, ignoreFocusOut: true });
    return chosen === undefined ? undefined : typedValue(chosen, input.type);
  }
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const wrong = checkValue(input, typedValue(text, input.type));
      return wrong === undefined ? undefined : `"${text}" ${wrong}`;
    },
  });
  return typed === undefined ? undefined : typedValue(typed, input.type);
}
