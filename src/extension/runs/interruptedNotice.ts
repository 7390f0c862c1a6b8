import * as vscode from 'vscode';
import { hasRuns } from '../../engine/index.js';
import type { RunSummary } from '../../engine/index.js';
import { noticeText } from '../noticeText.js';
import { InterruptedNews } from './interruptedNews.js';
import { readSettings } from './settings.js';

/** What tells once of runs whose runner has gone before their end. Nothing is written into them; they go on only when the person says so. */
export function interruptedNotice(memory: vscode.Memento): () => Promise<void> {
  const news = new InterruptedNews(memory, listed);
  return async () => tell(await news.take());
}

async function listed(): Promise<readonly RunSummary[]> {
  const { stateDirectory } = readSettings();
  if (!hasRuns(stateDirectory)) return [];
  const { listRuns } = await import('./journals.js');
  return listRuns(stateDirectory);
}

async function tell(news: readonly RunSummary[]): Promise<void> {
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
