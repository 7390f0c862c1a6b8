import type { Gate, RunState } from '../../events/index.js';
import { showControls } from '../../events/index.js';
import { begunAgain, placesOf, splitQuestion, stepAt } from '../../protocol/index.js';

/** The last look before the first act, as lines of a dialog. */
export function confirmText(gate: Extract<Gate, { kind: 'confirm' }>, state: RunState): string {
  const hosts = gate.hosts.map((host) => {
    const login = host.user === undefined ? host.address : `${host.user}@${host.address}`;
    return `${host.name}: ${login}${host.fingerprint === undefined ? '' : `\n${host.fingerprint}`}`;
  });
  const irreversible = gate.irreversible.map(({ step, title, why }) => {
    const planned = stepAt(state, step);
    return `• ${title}${planned === undefined ? '' : placesOf(planned)}: ${why}`;
  });
  const again = begunAgain(state).map((title) => `• ${title}`);
  const { rest } = splitQuestion(gate.text);
  return showControls(
    [
      ...(rest === '' ? [] : [rest, '']),
      ...hosts,
      ...(again.length === 0 ? [] : ['', 'Was ended in the middle, and is begun again from its start:', ...again]),
      ...(irreversible.length === 0 ? [] : ['', 'Cannot be taken back:', ...irreversible]),
    ].join('\n'),
  );
}
