import * as vscode from 'vscode';
import { hasRuns } from '../../engine/index.js';
import type { RunSummary } from '../../engine/index.js';
import { noticeText } from '../noticeText.js';
import { readSettings } from './settings.js';

const TOLD = 'runbook.toldInterrupted';

/** Tells once of runs whose runner has gone before their end. Nothing is written into them; they go on only when the person says so. */
export async function tellInterrupted(memory: vscode.Memento): Promise<void> {
  const { stateDirectory } = readSettings();
  if (!hasRuns(stateDirectory)) return;
  const { listRuns, readRun } = await import('./journals.js');
  const interrupted = (await listRuns(stateDirectory)).filter(({ status, resumable }) => status === 'interrupted' && resumable);
  const told = memory.get<readonly string[]>(TOLD, []);
  // A run that is resumed and interrupted again has another epoch, and is told of again.
  const nameOf = ({ run }: RunSummary): string => `${run} ${String(readRun(stateDirectory, run).state?.epoch)}`;
  const names = interrupted.map(nameOf);
  const news = interrupted.filter((_, index) => !told.includes(names[index] ?? ''));
  // Only what is interrupted now is remembered, so the list does not grow.
  await memory.update(TOLD, names);
  const [first] = news;
  if (first === undefined) return;
  const resume = news.length === 1 ? 'Resume…' : 'Show Runs';
  const answer = await vscode.window.showInformationMessage(noticeText(textOf(first, news)), resume);
  if (answer === undefined) return;
  if (news.length === 1) await vscode.commands.executeCommand('runbook.resume', { run: first.run });
  else await vscode.commands.executeCommand('runbook.runs.focus');
}

function textOf({ title, environment, unknown }: RunSummary, news: readonly RunSummary[]): string {
  if (news.length > 1)
    return `${String(news.length)} runs were interrupted before their end. They can be resumed where their journals end.`;
  const doubt = unknown === 0 ? '' : ` Whether what was under way has ended is asked then (${String(unknown)} unknown).`;
  return `"${title}" on ${environment} was interrupted before its end. It can be resumed where its journal ends.${doubt}`;
}
