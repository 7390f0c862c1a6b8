import * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';
import type { Command } from './command.js';
import { textMember } from './command.js';

/** Skips a step that waits for the person: through its own question, with the reason they give. Returns whether it was skipped. */
export const skipStep: Command = {
  id: 'runbook.skipStep',
  async run({ controller }, node) {
    const state = controller.handle?.state;
    const gate = state?.gates.find(({ id }) => id === textMember(node, 'skipGate'));
    if (state === undefined || gate === undefined)
      throw new HumanError('This step does not wait for you now.', 'A step can be skipped when it asks something, or has failed.');
    const optional = gate.kind === 'manual' && gate.optional;
    const why = await vscode.window.showInputBox({
      title: `Skip "${textMember(node, 'label') ?? ''}"`,
      prompt: optional
        ? 'Reason, for the journal. It may be empty.'
        : 'Reason, for the journal. The run goes on as if the step were not needed.',
      ignoreFocusOut: true,
      validateInput: (text) => (optional || text.trim() !== '' ? undefined : 'Give a reason.'),
    });
    if (why === undefined || (why.trim() === '' && !optional)) return false;
    controller.answer(state.run, gate.id, { kind: 'skip', why: why.trim() });
    return true;
  },
};

/** Brings the terminal of a host to the front. Returns the name of the host. */
export const openTerminal: Command = {
  id: 'runbook.openTerminal',
  async run({ controller, terminals }, node) {
    const hosts = Object.keys(controller.shown?.state.plan.hosts ?? {});
    const host =
      textMember(node, 'host') ??
      (typeof node === 'string'
        ? node
        : await vscode.window.showQuickPick([...new Set([...terminals.hosts, ...hosts])], { title: 'Terminal of which host?' }));
    if (host !== undefined) terminals.show(host);
    return host;
  },
};
