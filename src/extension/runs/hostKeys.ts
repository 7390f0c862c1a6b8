import * as vscode from 'vscode';
import type { HostKeyQuestion } from '../../engine/index.js';

/** Asks whether an unknown host key is right. Only the button says yes; closing the dialog says no. */
export async function trustUnknownKey(question: HostKeyQuestion): Promise<boolean> {
  const trust = 'Trust and Remember';
  const detail = [
    `Address: ${question.address}, port ${String(question.port)}`,
    `Key: ${question.keyType}`,
    `Fingerprint: ${question.fingerprint}`,
    '',
    'Compare the fingerprint with one you got in another way, for example from the console of the host.',
  ].join('\n');
  const answer = await vscode.window.showWarningMessage(`The host key of ${question.host} is not known.`, { modal: true, detail }, trust);
  return answer === trust;
}
