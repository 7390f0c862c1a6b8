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
});
