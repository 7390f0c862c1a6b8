import * as vscode from 'vscode';
import type { Gate, RunState } from '../../events/index.js';
import { splitQuestion, titlesOf } from '../../protocol/index.js';
import { noticeText } from '../noticeText.js';
import { confirmText } from './confirmText.js';
import type { RunController } from './runController.js';

/**
 * Tells the person that the run waits for them. The confirmation before the first act is a dialog; everything else is answered in
 * the panel, and announced only where the panel cannot be seen.
 */
export function announceGates(controller: RunController, panel: { readonly visible: boolean; show(): void }): vscode.Disposable {
  const known = new Set<string>();
  return controller.onDidChange((shown) => {
    if (shown?.live !== true) return;
    for (const gate of shown.state.gates) {
      const key = `${shown.state.run} ${String(shown.state.epoch)} ${gate.id}`;
      if (known.has(key)) continue;
      known.add(key);
      if (gate.kind === 'confirm') void confirm(gate, shown.state, controller);
      else if (!panel.visible) void announce(gate, shown.state, panel);
    }
  });
}

/** Closing the dialog decides nothing: the question stays open in the panel. */
async function confirm(gate: Extract<Gate, { kind: 'confirm' }>, state: RunState, controller: RunController): Promise<void> {
  const begin = 'Begin';
  const { title } = state.plan.environment;
  const answer = await vscode.window.showWarningMessage(
    noticeText(splitQuestion(gate.text).question),
    { modal: true, detail: confirmText(gate, state) },
    begin,
  );
  if (answer === undefined || !isOpen(gate, state.run, controller)) return;
  const why = await reasonToBegin(gate);
  if (why === undefined || !isOpen(gate, state.run, controller)) return;
  const approval = { kind: 'approve', ...(why === '' ? {} : { why }) } as const;
  if (gate.typed === undefined) return controller.answer(state.run, gate.id, approval);
  const { typed } = gate;
  const given = await vscode.window.showInputBox({
    title: `${title} is production`,
    prompt: `Type the name of the environment, ${typed}, to begin.`,
    ignoreFocusOut: true,
    validateInput: (text) => (text === typed || text === '' ? undefined : `Type ${typed}.`),
  });
  if (given === typed && isOpen(gate, state.run, controller)) controller.answer(state.run, gate.id, { ...approval, typed });
}

/** Why to begin without the rehearsal that is wanted; empty where none is missing, undefined when the person turns away. */
async function reasonToBegin({ unrehearsed }: Extract<Gate, { kind: 'confirm' }>): Promise<string | undefined> {
  if (unrehearsed === undefined) return '';
  const given = await vscode.window.showInputBox({
    title: 'This runbook was not rehearsed',
    prompt: `${unrehearsed} Why begin all the same? It goes into the journal.`,
    ignoreFocusOut: true,
  });
  return given === undefined || given.trim() === '' ? undefined : given.trim();
}

function isOpen(gate: Gate, run: string, controller: RunController): boolean {
  return controller.handle?.run === run && controller.handle.state.gates.some((open) => open.id === gate.id);
}

/** What is waited for, as a title or as sentences. */
function titleOf(gate: Exclude<Gate, { kind: 'confirm' }>, state: RunState): string {
  if (gate.kind === 'window') return `${gate.text}${gate.opensAt === undefined ? '' : ' Left alone, it goes on by itself then.'}`;
  return gate.kind === 'value' ? gate.text : (titlesOf(state, gate.step).at(-1) ?? gate.step);
}

async function announce(gate: Exclude<Gate, { kind: 'confirm' }>, state: RunState, panel: { show(): void }): Promise<void> {
  const show = 'Show';
  const title = titleOf(gate, state);
  const answer =
    gate.kind === 'failure'
      ? await vscode.window.showErrorMessage(
          noticeText(`Failed: ${title}${gate.target === '-' ? '' : ` on ${gate.target}`}. ${gate.failure.message}`),
          show,
        )
      : await vscode.window.showWarningMessage(noticeText(`The run waits for you: ${title}`), show);
  if (answer === show) panel.show();
}
