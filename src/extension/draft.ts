import type * as vscode from 'vscode';
import type { Checker } from '../language/index.js';
import type { Draft, GivenFact, PlainValue } from '../planner/index.js';
import { fileOf, readNamed } from './documents.js';

/** What is known beyond the files. */
export interface Known {
  readonly facts?: readonly GivenFact[];
  /** Values of inputs; they win over those of the inventory. */
  readonly inputs?: Readonly<Record<string, PlainValue>>;
  /** Asked before the work that takes time: whether nobody wants the answer any more. It is undefined then. */
  readonly isOld?: () => boolean;
}

/** Plans a runbook on an environment as far as the files alone allow. Opens nothing but the files. Undefined when one cannot be read. */
export async function draft(
  service: Checker,
  runbook: vscode.Uri,
  inventory: vscode.Uri,
  { facts = [], inputs = {}, isOld = () => false }: Known = {},
): Promise<Draft | undefined> {
  const { draftPlan } = await import('../planner/index.js');
  const project = await service.loadProject(fileOf(runbook));
  const text = await readNamed(fileOf(inventory));
  if (project === undefined || text === undefined || isOld()) return undefined;
  return draftPlan({ project, inventory: service.parseInventory(fileOf(inventory), text), inputs, facts });
}
