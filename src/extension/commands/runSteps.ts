import * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';
import type { Command, Parts } from './command.js';
import { textMember } from './command.js';

/** Runs the whole runbook. Returns the name of the run, or undefined when the person turned away. */
export const runAll: Command = {
  id: 'runbook.runAll',
  run: (parts, target) => begin(parts, target instanceof vscode.Uri ? target : undefined, {}),
};

/** Runs one step or phase, and nothing before it. */
export const runStep: Command = {
  id: 'runbook.runStep',
  run: (parts, node) => begin(parts, undefined, { only: pathOf(node) }),
};

/** Runs a step or phase and everything after it. */
export const runFrom: Command = {
  id: 'runbook.runFrom',
  run: (parts, node) => begin(parts, undefined, { from: pathOf(node) }),
};

async function begin(
  { current, inventories, controller, panel }: Parts,
  target: vscode.Uri | undefined,
  what: { only?: string; from?: string },
): Promise<string | undefined> {
  const runbook = target ?? current.uri;
  if (runbook === undefined) throw new HumanError('There is no runbook to run.', 'Open a *.runbook.yaml file.');
  const inventory = await inventories.findOrChoose(runbook);
  if (inventory === undefined) return undefined;
  const handle = await controller.start({ runbook, inventory, ...what });
  if (handle !== undefined) panel.show();
  return handle?.run;
}

function pathOf(node: unknown): string {
  const path = typeof node === 'string' ? node : textMember(node, 'path');
  if (path === undefined || path === '') throw new HumanError('This step has no id, so it cannot be run by itself.', 'Give it an `id`.');
  return path;
}
