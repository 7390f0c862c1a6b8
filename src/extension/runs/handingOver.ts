import * as vscode from 'vscode';
import type { HandOverRequest } from '../../engine/index.js';
import { noticeText } from '../noticeText.js';

/** Asks the person at this window whether somebody else may go on with the run. Only the button lets it go. */
export async function letsGo({ by, machine, why }: HandOverRequest): Promise<boolean> {
  const yes = 'Let It Go';
  const text = `${by} on ${machine} asks to take this run over: ${why} The steps under way are finished first.`;
  return (await vscode.window.showWarningMessage(noticeText(text), yes, 'Keep It Here')) === yes;
}

/** Asks why a run is to be taken over from whoever carries it out; undefined when the person turns away. */
export async function whyTakeOver(): Promise<string | undefined> {
  const given = await vscode.window.showInputBox({
    title: 'Take this run over',
    prompt: 'Why? Whoever carries it out is shown this, and it goes into the journal.',
    ignoreFocusOut: true,
  });
  return given === undefined || given.trim() === '' ? undefined : given.trim();
}
