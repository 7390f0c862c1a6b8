import type { Gate } from '../../events/index.js';

/** The last look before the first act, as lines of a dialog. */
export function confirmText(gate: Extract<Gate, { kind: 'confirm' }>): string {
  const hosts = gate.hosts.map((host) => {
    const login = host.user === undefined ? host.address : `${host.user}@${host.address}`;
    return `${host.name}: ${login}${host.fingerprint === undefined ? '' : `\n    ${host.fingerprint}`}`;
  });
  const irreversible = gate.irreversible.map(({ title, why }) => `• ${title}: ${why}`);
  return [gate.text, '', ...hosts, ...(irreversible.length === 0 ? [] : ['', 'Cannot be taken back:', ...irreversible])].join('\n');
}
