import * as vscode from 'vscode';
import { discoveryText, HumanError, settleDraft } from '../../engine/index.js';
import type { AskDiscovery, Engine, StartOptions } from '../../engine/index.js';
import type { Checker } from '../../language/index.js';
import type { Draft, GivenFact, Plan, PlainValue } from '../../planner/index.js';
import { draft } from '../draft.js';
import { askInputs } from './missingInputs.js';

/** A plan that can be run, and what was found out to make it. */
export interface SettledDraft {
  readonly plan: Plan;
  readonly digest: string;
  readonly facts: StartOptions['facts'];
  /** Values the person gave for inputs that have none in the inventory. */
  readonly inputs: Readonly<Record<string, PlainValue>>;
}

/**
 * Plans a runbook so that it can be run. Where only the hosts can tell who has which role, or where an upgrade starts,
 * they are asked, read-only, after the person has agreed. Throws a HumanError when there is no such plan; undefined when the person turns away.
 */
export async function settledDraft(
  service: Checker,
  engine: Engine,
  runbook: vscode.Uri,
  inventory: vscode.Uri,
): Promise<SettledDraft | undefined> {
  const inputs = await askInputs(await draft(service, runbook, inventory));
  if (inputs === undefined) return undefined;
  const first = sound(await draft(service, runbook, inventory, { inputs }));
  if (first.openRoles.length === 0 && first.openFacts.length === 0) return { plan: first.plan, digest: first.digest, facts: [], inputs };
  if (!(await agreesToDiscovery(first))) return undefined;
  const draftWith = async (facts: readonly GivenFact[]): Promise<Draft> =>
    sound(await draft(service, runbook, inventory, { facts, inputs }));
  const settled = await settleDraft(engine, draftWith, [], askPerson);
  const { plan, digest } = sound(settled.draft);
  return { plan, digest, facts: settled.facts, inputs };
}

/** Closing the question leaves open what decides an advisory; without the others there is no plan. */
const askPerson: AskDiscovery = async ({ text, host, decides, options }) => {
  const prompt = [host === undefined ? '' : `For ${host}.`, decides === 'advisory' ? 'Press Escape to leave it open.' : '']
    .join(' ')
    .trim();
  const answer =
    options === undefined
      ? await vscode.window.showInputBox({ title: text, prompt, ignoreFocusOut: true })
      : await vscode.window.showQuickPick(options, { title: text, placeHolder: prompt, ignoreFocusOut: true });
  if (answer !== undefined || decides === 'advisory') return answer;
  throw new HumanError(`It must be known: ${text}${host === undefined ? '' : ` (${host})`}`, 'Start again when you can tell.');
};

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
  const asked = discoveryText(found);
  if (asked === undefined) return true;
  const ask = 'Ask the Hosts';
  const detail = `${asked} You confirm the run itself afterwards.`;
  return (await vscode.window.showInformationMessage('The plan depends on what the hosts say.', { modal: true, detail }, ask)) === ask;
}
