import * as vscode from 'vscode';
import { HumanError } from '../../engine/index.js';
import type { Engine } from '../../engine/index.js';
import type { LanguageService } from '../../language/index.js';
import { draftPlan } from '../../planner/index.js';
import type { Draft, GivenFact, Plan, PlainValue } from '../../planner/index.js';
import { editorWorkspace, fileOf } from '../documents.js';
import { askInputs } from './missingInputs.js';

/** A plan that can be run, and what was found out to make it. */
export interface SettledDraft {
  readonly plan: Plan;
  readonly digest: string;
  readonly facts: readonly GivenFact[];
  /** Values the person gave for inputs that have none in the inventory. */
  readonly inputs: Readonly<Record<string, PlainValue>>;
}

/** Plans a runbook on an environment as far as the files alone allow. Opens nothing but the files. Undefined when one cannot be read. */
export async function draft(
  service: LanguageService,
  runbook: vscode.Uri,
  inventory: vscode.Uri,
  facts: readonly GivenFact[] = [],
  inputs: Readonly<Record<string, PlainValue>> = {},
): Promise<Draft | undefined> {
  const project = await service.loadProject(fileOf(runbook));
  const text = await editorWorkspace.readText(fileOf(inventory));
  if (project === undefined || text === undefined) return undefined;
  return draftPlan({ project, inventory: service.parseInventory(fileOf(inventory), text), inputs, facts });
}

/**
 * Plans a runbook so that it can be run. Where only the hosts can tell which of them has a role, they are asked, read-only,
 * after the person has agreed. Throws a HumanError when there is no such plan; undefined when the person turns away.
 */
export async function settledDraft(
  service: LanguageService,
  engine: Engine,
  runbook: vscode.Uri,
  inventory: vscode.Uri,
): Promise<SettledDraft | undefined> {
  const inputs = await askInputs(await draft(service, runbook, inventory));
  if (inputs === undefined) return undefined;
  const first = sound(await draft(service, runbook, inventory, [], inputs));
  if (first.openRoles.length === 0) return { plan: first.plan, digest: first.digest, facts: [], inputs };
  if (!(await agreesToDiscovery(first))) return undefined;
  const facts = await engine.discover(first.plan, first.openRoles, async (question) => {
    const typed = await vscode.window.showInputBox({ title: question.text, prompt: `For ${question.host}`, ignoreFocusOut: true });
    if (typed === undefined)
      throw new HumanError(`It must be known: ${question.text} (${question.host})`, 'Start again when you can tell.');
    return typed;
  });
  const second = sound(await draft(service, runbook, inventory, facts, inputs));
  const open = second.openRoles[0];
  if (open !== undefined)
    throw new HumanError(`It could not be found out which host is "${open.role}".`, 'Look at the facts it depends on.');
  return { plan: second.plan, digest: second.digest, facts, inputs };
}

function sound(found: Draft | undefined): Draft & { plan: Plan } {
  if (found === undefined) throw new HumanError('The runbook or its inventory cannot be read.', 'Check that both files are still there.');
  const { plan, problems } = found;
  const [first] = problems;
  if (plan !== undefined && first === undefined) return { ...found, plan };
  const more = problems.length > 1 ? ` (and ${String(problems.length - 1)} more)` : '';
  throw new HumanError(
    `There is no plan yet: ${first?.diagnostic.message ?? 'the runbook has errors'}${more}.`,
    'Mend what the Problems view shows in the runbook and its inventory.',
  );
}

async function agreesToDiscovery(found: Draft): Promise<boolean> {
  const hosts = [...new Set(found.openRoles.flatMap((role) => role.of))].join(', ');
  const roles = found.openRoles.map((role) => role.role).join(', ');
  const ask = 'Ask the Hosts';
  const detail = `${hosts} will be asked which of them is: ${roles}. This only reads. You confirm the run itself afterwards.`;
  return (await vscode.window.showInformationMessage('The plan depends on what the hosts say.', { modal: true, detail }, ask)) === ask;
}
