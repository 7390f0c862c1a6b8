import * as vscode from 'vscode';
import { commandSource, environmentSource, inOrder, promptSource } from '../../engine/index.js';
import type { SecretGiver } from '../../engine/index.js';
import { noticeText } from '../noticeText.js';
import { assertMayAct } from './permission.js';
import { readSettings } from './settings.js';
import type { StoredSecrets } from './storedSecrets.js';

/** Where the secrets of the runbooks in a folder come from: the environment, the editor's store, a command of the operator, or they are typed. Never a file of ours. */
export function secretGiver(stored: StoredSecrets, folder: string): SecretGiver {
  const argv = readSettings().secretCommand;
  return inOrder([
    environmentSource(process.env),
    stored.source(folder),
    ...(argv.length === 0 ? [] : [commandSource({ argv, assertMayAct })]),
    promptSource(async (name, { title }, place) => {
      const typed = await askHidden(title, `${name} for ${place.runbook} on ${place.environment}`);
      // The run does not wait for the answer: a notification may stay open for ever.
      if (typed !== undefined) void offerToKeep(title, () => stored.keep(folder, place, name, typed));
      return typed;
    }),
  ]);
}

async function offerToKeep(title: string, store: () => Promise<void>): Promise<void> {
  const keep = 'Keep';
  const question = noticeText(`Keep "${title}" in the secret store of this computer?`);
  if ((await vscode.window.showInformationMessage(question, keep, 'Only for this run')) !== keep) return;
  try {
    await store();
  } catch {
    // What the store says of it might repeat the value.
    void vscode.window.showErrorMessage(noticeText(`"${title}" could not be kept: the secret store of the editor did not take it.`));
  }
}

/** Asks for something that is not shown. Undefined for nothing. */
export async function askHidden(title: string, prompt: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({ title, prompt, password: true, ignoreFocusOut: true });
  return typed === '' ? undefined : typed;
}
