import assert from 'node:assert/strict';
import { draft } from '../../support/drafting.js';

const INVENTORY = `inventory: v1
environment: rehearsal
secrets: { token: { kept_on: vault } }
hosts:
  gate: {}
  vault: {}
  app1: { jump: gate }
roles: { gate: [gate], vault: [vault], app: [app1] }
`;
const HEAD = `runbook: v1
id: sample
title: Sample
secrets: { token: { title: Token } }
facts:
  busy: { on: app, type: boolean, read: { http: { url: "https://a.example.com", password: "\${{ secrets.token }}", user: u } }, ask: Busy? }
  idle: { on: app, type: boolean, ask: Idle? }
roles: { gate: { hosts: 1 }, vault: { hosts: 1 }, app: { hosts: 1 } }
steps:
`;

async function warnings(steps: string): Promise<readonly string[]> {
  const made = await draft({ runbooks: { 'a.runbook.yaml': HEAD + steps }, inventory: INVENTORY });
  assert.deepEqual(made.problems, []);
  for (const { diagnostic } of made.warnings) assert.equal(diagnostic.severity, 'warning');
  return made.warnings.filter(({ diagnostic }) => diagnostic.code === 'self-lock-out').map(({ diagnostic }) => diagnostic.message);
}

const step = (id: string, on: string, effects: string, more = ''): string =>
  `  - { id: ${id}, on: ${on}, run: "true"${effects === '' ? '' : `, effects: [${effects}]`}${more} }\n`;

describe('self-lock-out', () => {
  it('warns when the way to a host is disrupted before the host is needed, and names both steps', async () => {
    const [message, ...more] = await warnings(step('patch_gate', 'gate', 'upgrade') + step('patch', 'app', ''));
    assert.deepEqual(more, []);
    assert.match(
      message ?? '',
      /^step "patch" needs gate, because it is the way to app1, and step "patch_gate" before it does upgrade on it;/,
    );
    assert.deepEqual(await warnings(step('patch', 'app', '') + step('patch_gate', 'gate', 'upgrade')), []);
  });

  it('warns when the keeper of a secret is disrupted before the secret is needed', async () => {
    const uses = step('call', 'gate', '', ', env: { TOKEN: "${{ secrets.token }}" }');
    assert.equal((await warnings(step('boot', 'vault', 'boot') + uses)).length, 1);
    assert.deepEqual(await warnings(uses + step('boot', 'vault', 'boot')), []);
    assert.deepEqual(await warnings(step('boot', 'vault', 'boot') + step('call', 'gate', '')), []);
  });

  it('warns when a step is performed on a host that is down, not when it is up again', async () => {
    const from = step('ask', 'app', '', ', from: vault');
    assert.match((await warnings(step('halt', 'vault', 'stop') + from))[0] ?? '', /because the step is performed there/);
    assert.deepEqual(await warnings(step('halt', 'vault', 'stop') + step('up', 'vault', 'start') + from), []);
    assert.deepEqual(await warnings(step('again', 'vault', 'stop, boot') + from), []);
    assert.equal((await warnings(step('out', 'vault', 'isolate') + step('up', 'vault', 'start') + from)).length, 1);
  });

  it('knows every way in which a step needs a secret', async () => {
    const boot = step('boot', 'vault', 'boot');
    const needs = [
      ', become: { user: shop, password: token }',
      `, env: { TOKEN: "\${{ secrets['token'] }}" }`,
      ', env: { TOKEN: "${{ secrets . token }}" }',
      ', undo: { run: "true", env: { TOKEN: "${{ secrets.token }}" } }',
      ', when: host.busy',
    ];
    for (const need of needs) assert.equal((await warnings(boot + step('call', 'app', '', need))).length, 1, need);
    const methods =
      '  - { id: call, on: app, methods: { hand: { manual: Do. }, script: { run: "true", env: { T: "${{ secrets.token }}" } } } }\n';
    assert.equal((await warnings(boot + methods)).length, 1);
    assert.deepEqual(await warnings(boot + step('call', 'app', '', ', when: host.idle')), []);
  });

  it('warns of invariants that need the secret of a disrupted keeper', async () => {
    const invariant = (at: string): string =>
      `invariants: [ { title: Up, at: ${at}, holds: { http: { url: "https://a.example.com", password: "\${{ secrets.token }}", user: u } } } ]\n`;
    const boot = step('boot', 'vault', 'boot');
    assert.match((await warnings(boot + invariant('end')))[0] ?? '', /^the invariant "Up" needs vault, /);
    assert.deepEqual(await warnings(boot + invariant('start')), []);
    assert.deepEqual(await warnings(step('call', 'app', '') + boot + invariant('[call]')), []);
  });

  it('warns of one step that takes down a way and what is behind it', async () => {
    const all = (more: string): string => `  - { id: again, on: [app, gate], reboot: {}${more} }\n`;
    assert.match(
      (await warnings(all('')))[0] ?? '',
      /^step "again" needs gate, because it is the way to app1, and the same step does stop on it;/,
    );
    assert.deepEqual(await warnings(all(', serial: 1')), []);
    assert.equal((await warnings(all(', serial: 1').replace('[app, gate]', '[gate, app]'))).length, 1);
  });
});
