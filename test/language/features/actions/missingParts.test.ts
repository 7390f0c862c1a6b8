import assert from 'node:assert/strict';
import { applied } from '../../../support/language/applied.js';
import { serviceOver } from '../../../support/language/service.js';

const FILE = '/shop_restart.runbook.yaml';
const INVENTORY = '/near.inventory.yaml';
const HEAD = `runbook: v1
id: sample
title: Sample
contacts: { support: { title: Support } }
roles: { web: { hosts: 2.. } }
`;

/** By what is found: a text, the beginning of the title of what is offered for it, and what must then stand in the text. */
const CASES: readonly (readonly [code: string, text: string, title: string, expected: string, file?: string])[] = [
  [
    'missing-key',
    'runbook: v1\nid: x\ntitle: X\n',
    'Add "steps"',
    'steps:\n  - id: first\n    title: The first step\n    manual: What is done.',
  ],
  [
    'missing-key',
    'runbook: v1\ntitle: Restart it, slowly\nsteps: [{ id: a, title: A, manual: Do it. }]\n',
    'Add "id"',
    '\nid: restart_it_slowly',
  ],
  ['missing-key', 'runbook: v1\nid: x\nsteps: [{ id: a, title: A, manual: Do it. }]\n', 'Add "title"', '\ntitle: X'],
  ['missing-key', `${HEAD}steps:\n  - id: a\n    title: A\n    on: web\n`, 'Add "check"', '    on: web\n    check: { host: reachable }'],
  ['missing-key', `${HEAD}steps:\n  - id: a\n    title: A\n    on: web\n`, 'Add "manual"', '    manual: What is done.'],
  [
    'missing-key',
    `${HEAD}steps:\n  - id: a\n    title: A\n    on: web\n    service: { name: shop }\n    timeout: 5m\n    verify: { port: { number: 80 } }\n`,
    'Add "state"',
    '{ name: shop, state: restarted }',
  ],
  [
    'missing-key',
    'runbook: v1\nid: x\ntitle: X\nroles:\n  web:\n    title: Web\nsteps: [{ id: a, on: web, run: id, timeout: 1m }]\n',
    'Add "hosts"',
    '    hosts: 1..',
  ],
  [
    'missing-key',
    'inventory: v1\nenvironment: near\nroles: {}\n',
    'Add "hosts"',
    'hosts:\n  server_1: { address: server-1.example.com }',
    INVENTORY,
  ],
  [
    'change-without-undo',
    `${HEAD}steps:\n  - id: a\n    title: A\n    on: web\n    serial: 1\n    service: { name: shop, state: stopped }\n    timeout: 5m\n    verify: { port: { number: 80, state: closed } }\n    effects: [stop]\n  - { id: b, title: B, on: web, service: { name: shop, state: started }, timeout: 5m, verify: { port: { number: 80 } } }\n`,
    'Add "undo"',
    'undo: { service: { name: shop, state: started } }',
  ],
  [
    'change-without-undo',
    `${HEAD}steps:\n  - id: a\n    title: A\n    on: web\n    run: ./configure\n    effects: [configure]\n    timeout: 5m\n    verify: { file: { path: /x } }\n`,
    'Say with "irreversible"',
    'irreversible: Why this cannot be taken back.\n    timeout: 5m',
  ],
  [
    'irreversible-without-help',
    `${HEAD}steps:\n  - id: a\n    title: A\n    on: web\n    serial: 1\n    run: ./upgrade\n    effects: [upgrade]\n    irreversible: Data is converted.\n    timeout: 5m\n    verify: { file: { path: /x } }\n`,
    'Name "support"',
    'on_failure: { escalate: support }',
  ],
  [
    'all-at-once',
    `${HEAD}steps:\n  - id: a\n    title: A\n    on: web\n    reboot: {}\n    irreversible: Sessions end.\n    timeout: 5m\n`,
    'Do it host by host',
    'on: web\n    serial: 1\n    reboot: {}',
  ],
  [
    'disruptive-without-target',
    `${HEAD}steps:\n  - id: a\n    title: A\n    service: { name: shop, state: restarted }\n    irreversible: Sessions end.\n    timeout: 5m\n    verify: { port: { number: 80 } }\n  - { id: b, title: B, on: web, check: { host: reachable } }\n`,
    'Name the role "web"',
    'title: A\n    on: web\n',
  ],
  [
    'prerequisite-without-evidence',
    `${HEAD}prerequisites:\n  - id: p\n    title: Leave\n    manual: Ask for leave.\nsteps:\n  - { id: b, title: B, on: web, check: { host: reachable } }\n`,
    'Add a sentence',
    '    manual: Ask for leave.\n    evidence: [{ attest: It is done. }]',
  ],
  [
    'order-without-because',
    `${HEAD}order:\n  - first: { backup: web }\n    then: { upgrade: web }\nsteps:\n  - { id: b, title: B, on: web, check: { host: reachable } }\n`,
    'Add "because"',
    '    then: { upgrade: web }\n    because: Why this matters.',
  ],
  [
    'assertion-without-probe',
    `${HEAD}order:\n  - { first: { backup: web }, then: { upgrade: web }, because: It is. }\nsteps:\n  - id: a\n    title: A\n    on: web\n    manual: Back it up.\n    effects: [backup]\n`,
    'Add "verify"',
    'verify: { file: { path: /path/of/what/proves/it } }',
  ],
];

describe('what a runbook lacks', () => {
  for (const [code, text, title, expected, file = FILE] of CASES)
    it(`is put in for ${code}: ${title}`, async () => {
      const service = serviceOver({ [file]: text });
      const found = (await service.diagnose(file)).find((diagnostic) => diagnostic.code === code);
      assert.ok(found !== undefined, (await service.diagnose(file)).map((each) => `${each.code}: ${each.message}`).join('\n'));
      const actions = await service.codeActions(file, text, found.range);
      const action = actions.find((each) => each.code === code && each.title.startsWith(title));
      assert.ok(action !== undefined, `offered: ${actions.map((each) => each.title).join('; ')}`);
      assert.equal(action.kind, 'quickfix');
      assert.equal(action.preferred, false, 'it is a guess');
      const made = applied(text, action.edits.get(file) ?? []);
      assert.ok(made.includes(expected), made);
      const left = await serviceOver({ [file]: made }).diagnose(file);
      assert.ok(!left.some((each) => each.code === code && each.message === found.message), made);
      assert.deepEqual(
        left
          .filter(({ severity }) => severity === 'error')
          .map(({ message }) => message)
          .filter((message) => /wrong kind|is no |unknown/.test(message)),
        [],
        made,
      );
    });

  it('is put in with the line breaks of the file', async () => {
    const text = 'runbook: v1\r\nid: x\r\ntitle: X\r\n';
    const actions = await serviceOver({ [FILE]: text }).codeActions(FILE, text, { start: 0, end: 0 });
    const made = applied(text, actions.find(({ title }) => title.startsWith('Add "steps"'))?.edits.get(FILE) ?? []);
    assert.doesNotMatch(made, /(?<!\r)\n/);
    assert.deepEqual(await serviceOver({ [FILE]: made }).diagnose(FILE), []);
  });
});
