import type * as vscode from 'vscode';
import type { Checker } from '../../language/index.js';
import type { Draft, GivenFact, PlainValue } from '../../planner/index.js';
import { fileOf, readNamed } from '../documents.js';

/** Plans a runbook on an environment as far as the files alone allow. Opens nothing but the files. Undefined when one cannot be read. */
export async function draft(
  service: Checker,
  runbook: vscode.Uri,
  inventory: vscode.Uri,
  facts: readonly GivenFact[] = [],
  inputs: Readonly<Record<string, PlainValue>> = {},
): Promise<Draft | undefined> {
  const project = await service.loadProject(fileOf(runbook));
  const text = await readNamed(fileOf(inventory));
  if (project === undefined || text === undefined) return undefined;
  const { draftPlan } = await import('../../planner/index.js');
  return draftPlan({ project, inventory: service.parseInventory(fileOf(inventory), text), inputs, facts });
}
