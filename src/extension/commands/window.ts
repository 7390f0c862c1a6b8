import * as vscode from 'vscode';
import type { Command } from './command.js';

export const showProgress: Command = { id: 'runbook.showProgress', run: ({ panel }) => panel.show() };

/** Removes kept secrets. Returns how many there were. */
export const forgetSecrets: Command = {
  id: 'runbook.forgetSecrets',
  async run({ secrets }) {
    const forgotten = await secrets.forget();
    void vscode.window.showInformationMessage(
      forgotten === 0 ? 'No secrets are stored.' : `${String(forgotten)} stored secrets were removed.`,
    );
    return forgotten;
  },
};
