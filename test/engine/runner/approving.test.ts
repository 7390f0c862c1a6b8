import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Gate } from '../../../src/events/index.js';
import { freePort, haveSshd, inventoryOfOne, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, TestEngine } from '../../support/running.js';
import type { StartWith, TestRun } from '../../support/running.js';

describe('what is approved', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  function confirmed(run: TestRun): Extract<Gate, { kind: 'confirm' }> {
    const gate = run.gates.find((one) => one.kind === 'confirm');
    assert.ok(gate?.kind === 'confirm');
    return gate;
  }

  async function asked(steps: string, options: StartWith = {}): Promise<Extract<Gate, { kind: 'confirm' }>> {
    const run = await engine.start(steps, { approval: 'ask', ...options });
    assert.equal((await run.finished()).status, 'stopped');
    return confirmed(run);
  }

  it('names what cannot be taken back, and the hosts with their users', async () => {
    const inventory = LOCAL_INVENTORY.replace('one: {', 'one: { user: deploy,');
    const gate = await asked('  - { id: a, title: Upgrade it, run: "true", irreversible: Forward only. }\n  - { id: b, run: "true" }', {
      documents: { inventory },
    });
    assert.equal(gate.text, 'Run "Sample" on here?');
    assert.equal(gate.typed, undefined);
    assert.deepEqual(gate.irreversible, [{ step: 'a', title: 'Upgrade it', why: 'Forward only.' }]);
    assert.deepEqual(gate.hosts, [
      { name: 'one', address: 'one', user: 'deploy' },
      { name: 'two', address: 'two' },
    ]);
  });

  it('is begun with the name of a production environment only, and warns of nothing that is done already', async () => {
    const inventory = `${LOCAL_INVENTORY}production: true\n`;
    const file = join(engine.directory, 'there');
    const steps = `  - { id: a, run: "true", irreversible: Forward only. }\n  - { id: b, run: 'cat "${file}"' }`;
    const run = await engine.start(steps, {
      approval: 'ask',
      documents: { inventory },
      answer: (gate) => (gate.kind === 'confirm' ? { kind: 'approve', typed: 'here' } : { kind: 'stop' }),
    });
    assert.equal((await run.finished()).status, 'failed');
    assert.equal(confirmed(run).typed, 'here');
    const approved = run.events.find(({ type }) => type === 'run_approved');
    assert.ok(approved?.type === 'run_approved' && approved.how === 'asked' && approved.by === 'pat' && approved.why === undefined);
    const again = await engine.engine.resume(run.handle.run, { onUnknown: 'ask', approval: 'ask' });
    const gate = await new Promise<Gate>((resolve) => again.onEvent((event) => event.type === 'gate_opened' && resolve(event.gate)));
    await again.stop('enough');
    assert.ok(gate.kind === 'confirm');
    assert.equal(gate.text, 'Go on with "Sample" on here?');
    assert.deepEqual(gate.irreversible, []);
  });

  it('says which part is carried out, and what comes before it', async () => {
    const runbook = `${LOCAL_HEAD}prerequisites: [ { id: p, title: Ask first, run: "true" } ]\nsteps:\n  - { id: a, title: Stop it, run: "true" }\n  - { id: g, title: Group, steps: [ { id: b, title: Copy it, run: "true" } ] }\n  - { id: c, run: "true" }\n`;
    const documents = { runbooks: { 'a.runbook.yaml': runbook } };
    const text = async (part: Pick<StartWith, 'only' | 'from'>): Promise<string> => (await asked('', { documents, ...part })).text;
    assert.match(
      await text({ only: 'g' }),
      /\? Only "g" is carried out\. These steps come before it and will not be done: Ask first; Stop it\.$/,
    );
    assert.match(await text({ from: 'g/b' }), /\? It begins at "g\/b"\. These steps come before it and will not be done: Stop it\.$/);
    assert.match(await text({ from: 'a' }), /\? It begins at "a"\.$/);
  });

  describe('on hosts over SSH', () => {
    let server: Sshd;
    before(async function () {
      if (!haveSshd) return this.skip();
      server = await startSshd();
    });
    after(() => server?.stop());

    const inventory = (port: number): string => inventoryOfOne({ address: server.address, port });
    const STEP = '  - { id: a, on: app, run: "true" }';

    it('names the fingerprint and the user that were seen, and of a host that is only copied to as well', async () => {
      writeFileSync(join(server.directory, 'known_hosts'), server.knownHost);
      await engine.close();
      engine = await TestEngine.open({ knownHosts: [join(server.directory, 'known_hosts')], identities: [server.identity] });
      for (const steps of [STEP, `  - { id: a, on: app, download: { path: ${server.directory}/known_hosts, to: x } }`]) {
        const gate = await asked(steps, { documents: { inventory: inventory(server.port) } });
        assert.equal(gate.hosts[0]?.user, userInfo().username);
        assert.match(gate.hosts[0]?.fingerprint ?? '', /^SHA256:/);
      }
    });

    it('is not asked for where a host is not the one it should be: the run has failed', async () => {
      const run = await engine.start(STEP, { approval: 'ask', documents: { inventory: inventory(server.port) } });
      const state = await run.finished();
      assert.equal(state.status, 'failed');
      assert.deepEqual(run.gates, []);
      assert.match(state.closing ?? '', /one/);
    });

    it('is asked for where a host is down, which is remarked on; its step fails with the reason', async () => {
      const run = await engine.start(STEP, {
        approval: 'ask',
        documents: { inventory: inventory(await freePort(server.address)) },
        answer: (gate) => (gate.kind === 'confirm' ? { kind: 'approve' } : { kind: 'stop' }),
      });
      const state = await run.finished();
      assert.equal(state.status, 'failed');
      assert.ok(
        state.remarks.some(({ text, severity }) => severity === 'warning' && text.includes('one')),
        JSON.stringify(state.remarks),
      );
      const failure = state.steps['a']?.['one']?.attempts[0]?.ended?.failure;
      assert.equal(failure?.reason, 'connection_refused');
    });
  });
});
