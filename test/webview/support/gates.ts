import type { Gate } from '../../../src/events/index.js';

type GateOf<Kind extends Gate['kind']> = Extract<Gate, { kind: Kind }>;

export const manual: GateOf<'manual'> = {
  id: 'g1',
  kind: 'manual',
  step: 'stage/notes',
  target: 'primary',
  text: 'Go to **Basic Settings › System › Firmwares** and read the *Upgrade Notes*.\n\n1. Look for removed features.\n2. Note the version you find, for example `7.0.2.1`.',
  open: 'https://primary.example.com/firmwares',
  expect: 'The list names the new firmware with the state *uploaded*.',
  evidence: [
    { id: 'attest_1', kind: 'attest', title: 'I have read the upgrade notes' },
    { id: 'version', kind: 'value', title: 'Version shown', pattern: '\\d+(\\.\\d+)+' },
    { id: 'risk', kind: 'choice', title: 'Does anything in them concern us?', options: ['no', 'yes, planned for'] },
    { id: 'picture', kind: 'file', title: 'Picture of the page' },
  ],
  otherPerson: false,
  optional: false,
};

export const failure: GateOf<'failure'> = {
  id: 'g2',
  kind: 'failure',
  step: 'stage/test',
  target: 'primary',
  failure: {
    reason: 'exit_code',
    message: 'The script ended with exit code 1.',
    next: 'Read the end of its output, mend the cause, then try again.',
    detail: 'Testing configuration…\nerror: policy "legacy_rdp" uses a cipher that this firmware does not know\n1 error, 0 warnings',
  },
  remedies: [
    { index: 0, title: 'Ask the vendor for a fixed firmware', matches: false, acts: false },
    {
      index: 1,
      title: 'Move the policies off the old ciphers',
      cause: 'A connection policy still uses a cipher that was removed.',
      matches: true,
      acts: true,
    },
  ],
  undo: [{ step: 'stage/upload', target: 'primary' }],
  excludable: true,
  escalate: 'Vendor support',
};

export const confirm: GateOf<'confirm'> = {
  id: 'g3',
  kind: 'confirm',
  digest: 'd'.repeat(64),
  text: 'Run "Upgrade the session cluster" on Production?',
  hosts: [
    { name: 'primary', address: '192.0.2.11', user: 'root', fingerprint: 'SHA256:qhT5GcYbV3uFMbzWJQq9vAK0m1hX0zq2pJ7p0b6s0lE' },
    { name: 'secondary', address: '192.0.2.12', user: 'root', fingerprint: 'SHA256:m9Xk2LqzJY0c4b1Wf8n7A5t6R3e2D1s0q9p8o7i6u5y' },
  ],
  irreversible: [{ step: 'switch/reboot', title: 'Reboot the primary', why: 'the databases are migrated at this boot' }],
  typed: 'production',
};

export const method: GateOf<'method'> = {
  id: 'g4',
  kind: 'method',
  step: 'stage/upload',
  target: 'primary',
  methods: [
    { name: 'script', title: 'Upload over SSH', needsPerson: false },
    { name: 'gui', title: 'Upload in the web interface', needsPerson: true },
  ],
};

export const unknown: GateOf<'unknown'> = {
  id: 'g5',
  kind: 'unknown',
  step: 'minions@minion_1/upgrade',
  target: 'minion_1',
  attempt: 1,
  text: 'The connection broke and the host has been booted since.',
};

export const prompt: GateOf<'prompt'> = {
  id: 'g6',
  kind: 'prompt',
  step: 'stage/test',
  target: 'primary',
  text: 'Overwrite the existing report? [y/N]',
};

export const doubt: GateOf<'doubt'> = {
  id: 'g8',
  kind: 'doubt',
  step: 'stage/upload',
  target: 'primary',
  text: 'Could not tell whether "Upload the firmware" is done already: 192.0.2.11 does not answer.',
};

export const window: GateOf<'window'> = {
  id: 'g9',
  kind: 'window',
  text: 'The steps may not begin on Production now: now is outside of every window; the window "Saturday night" opens at Sat 14 Mar 2026, 22:00 Europe/Budapest. The run waits and goes on by itself then.',
  opensAt: '2026-03-14T21:00:00.000Z',
};

export const value: GateOf<'value'> = {
  id: 'g7',
  kind: 'value',
  scope: 'main',
  fact: 'installed',
  host: 'primary',
  text: 'Which firmware does primary run now?',
  request: { id: 'installed', kind: 'value', title: 'Installed firmware', pattern: '\\d+(\\.\\d+)+' },
};
