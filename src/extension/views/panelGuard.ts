import type { RunState } from '../../events/index.js';
import { gateDigest } from '../../protocol/index.js';
import type { FromPanel } from '../../protocol/index.js';

/** Whether a message is about the run that is shown, and the question it is about is open there just as it was drawn. */
export function isBound(message: Exclude<FromPanel, { type: 'ready' }>, state: RunState): boolean {
  if (message.run !== state.run) return false;
  return !('gate' in message) || message.drawn === gateDigest(state, message.gate);
}

/** Whether an address is a web page that the panel was sent, so that nothing else is ever opened. */
export function isShownAddress(href: string, sent: string): boolean {
  if (!/^https?:\/\/[^\s/]/.test(href) || !URL.canParse(href)) return false;
  const quoted = JSON.stringify(href).slice(1, -1);
  return sent.includes(quoted);
}
