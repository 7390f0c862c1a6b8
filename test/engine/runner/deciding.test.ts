import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { statuses, TestEngine } from '../../support/running.js';

describe('deciding what is done', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('repeats what may be repeated, but not without end', async () => {
    let requests = 0;
    const server = createServer((request) => {
      requests += 1;
      request.socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
      const run = await engine.start(`  - { id: a, http: { url: "${url}", method: POST }, retry: { times: 2, every: 1ms, safe: true } }`);
      const state = await run.finished();
      assert.equal(state.status, 'failed');
      assert.equal(requests, 3);
      assert.deepEqual(
        run.gates.map((gate) => gate.kind),
        ['failure'],
      );
    } finally {
      server.close();
    }
  });

  it('performs a way where that way says, not where the step does', async () => {
    const ways = `methods: { far: { run: exit 1 }, near: { from: local, env: { LOG: "${engine.log}" }, run: 'echo near >> "$LOG"' } }`;
    const run = await engine.start(`  - { id: a, on: app, ${ways} }`, {
      answer: (gate) => (gate.kind === 'method' ? { kind: 'method', name: 'near' } : { kind: 'stop' }),
    });
    await run.finished();
    const places = run.events.flatMap((event) => (event.type === 'attempt_intended' ? [event.at_host] : []));
    assert.deepEqual(places, ['local', 'local']);
  });

  it('asks for the way once, and again only when the operator tries again', async () => {
    const run = await engine.start(
      '  - { id: a, retry: { times: 2, every: 1ms }, methods: { one: { run: exit 1 }, other: { manual: Do it. } } }',
      { answer: (gate) => (gate.kind === 'method' ? { kind: 'method', name: 'one' } : { kind: 'stop' }) },
    );
    await run.finished();
    assert.deepEqual(
      run.gates.map((gate) => gate.kind),
      ['method', 'failure'],
    );
  });

  it('performs a step for all hosts on one that still takes part', async () => {
    const run = await engine.start(
      `  - { id: a, on: app, args: ["\${{ host.name }}"], run: 'case "$1" in one) exit 1;; esac' }\n${engine.say('b', 'once', ', on: app, once: true')}`,
      { answer: () => ({ kind: 'exclude', why: 'it is broken' }) },
    );
    const state = await run.finished();
    assert.deepEqual(await engine.logged(), ['once']);
    assert.equal(state.steps['b']?.['-']?.attempts[0]?.atHost, 'two');
  });

  it('lets a host be taken out within a batch of one', async () => {
    const steps = `  - id: each
    on: app
    serial: 1
    steps: [ { id: a, args: ["\${{ host.name }}"], env: { LOG: "${engine.log}" }, run: 'case "$1" in one) exit 1;; esac; echo "$1" >> "$LOG"' } ]`;
    const run = await engine.start(steps, { answer: () => ({ kind: 'exclude', why: 'it is broken' }) });
    assert.equal((await run.finished()).status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['two']);
  });

  it('does not say that a step was taken back whose undo was skipped', async () => {
    const run = await engine.start(`${engine.say('a', 'a', ', effects: [configure], undo: { run: exit 1 }')}\n  - { id: b, run: exit 1 }`, {
      answer: (gate) => {
        if (gate.kind !== 'failure') return { kind: 'stop' };
        return gate.step === 'b' ? { kind: 'undo', why: 'enough' } : { kind: 'skip', why: 'it cannot be reached' };
      },
    });
    const state = await run.finished();
    assert.equal(state.steps['a']?.['-']?.status, 'succeeded');
    assert.equal(state.steps['a']?.['-']?.undone, false);
    assert.deepEqual(
      state.ledger.map((entry) => entry.step),
      ['a'],
    );
  });

  it('does not call a step taken back any more once it is done again', async () => {
    const file = join(engine.directory, 'there');
    const first = await engine.start(
      `${engine.say('a', 'a', ', effects: [configure], undo: { run: "true" }')}\n  - { id: b, run: 'cat "${file}"' }`,
      { answer: () => ({ kind: 'undo', why: 'enough' }) },
    );
    assert.equal((await first.finished()).steps['a']?.['-']?.undone, true);
    await writeFile(file, '');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.equal(state.steps['a']?.['-']?.undone, false);
    assert.deepEqual(await engine.logged(), ['a', 'a']);
  });

  it('reads a fact anew after a step that failed to change the host', async () => {
    const file = join(engine.directory, 'version');
    await writeFile(file, '1.0');
    const steps = `
  - { id: a, on: app, serial: 1, when: host.installed == version("1.0"), env: { F: "${file}" }, run: 'echo 2.0 > "$F"; exit 1', effects: [upgrade], irreversible: Forward only. }
${engine.say('b', '${{ host.name }} ${{ host.installed }}', ', on: app, serial: 1')}`;
    const run = await engine.start(steps, {
      more: `facts: { installed: { on: app, type: version, read: { command: { run: 'cat "$1"', args: ["${file}"] } } } }\n`,
      answer: () => ({ kind: 'skip', why: 'finished by hand' }),
    });
    assert.equal((await run.finished()).status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['one 2.0', 'two 2.0']);
  });

  it('asks an invariant after a step that stands inside a group', async () => {
    const run = await engine.start('  - { id: phase, steps: [ { id: a, run: "true" }, { id: b, run: "true" } ] }', {
      more: 'invariants: [ { title: Never, at: [a], holds: { that: "1 == 2" } } ]\n',
    });
    const state = await run.finished();
    assert.equal(state.status, 'failed');
    assert.deepEqual(statuses(state), ['phase/a: succeeded', 'phase/b: pending']);
  });

  it('does not ask at resume for what held before the host was changed', async () => {
    const [state, fixed] = [join(engine.directory, 'host'), join(engine.directory, 'fixed')];
    await writeFile(state, 'old');
    const steps = `
  - { id: a, run: 'true' }
  - { id: b, env: { F: "${state}" }, run: 'echo new > "$F"' }
  - { id: c, env: { F: "${fixed}" }, run: 'cat "$F"' }`;
    const more = `invariants: [ { title: Old, at: [start, a], holds: { file: { path: "${state}", contains: old } } } ]\n`;
    const first = await engine.start(steps, { more });
    assert.equal((await first.finished()).status, 'failed');
    await writeFile(fixed, '');
    const ended = await (await engine.resume(first.handle.run)).finished();
    assert.equal(ended.status, 'succeeded', ended.closing);
  });

  it('reads who has a role once more even when the run was stopped before it was approved', async () => {
    const leads = join(engine.directory, 'leads');
    const runbook = `runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. }, lead: { of: app, where: host.leads } }\nfacts: { leads: { on: app, type: boolean, read: { command: { run: 'grep "$1" "${leads}"', args: ["\${{ host.name }}"] } } } }\nsteps:\n${engine.say('a', '${{ host.name }}', ', on: lead')}`;
    const documents = {
      runbooks: { 'a.runbook.yaml': runbook },
      facts: ['one', 'two'].map((host) => ({ scope: 'main', fact: 'leads', host, value: host === 'one' })),
    };
    await writeFile(leads, 'two');
    const run = await engine.start('', { documents });
    const state = await run.finished();
    assert.match(state.closing ?? '', /The role "lead" was one when the plan was made, and is two now/);
    const again = await (await engine.resume(run.handle.run)).finished();
    assert.match(again.closing ?? '', /The role "lead" was one/);
    assert.deepEqual(await engine.logged(), []);
  });

  it('takes back, last first, what a procedure undoes, and nothing of a remedy', async () => {
    const say = (word: string): string => `{ id: ${word}, env: { LOG: "${engine.log}" }, run: 'echo ${word} >> "$LOG"' }`;
    const run = await engine.start(
      `${engine.say('a', 'a', ', on: app, serial: 1, effects: [configure], undo: { use: "#back" }')}
  - { id: b, run: exit 1, on_failure: { remedies: [ { title: Look, run: "true" } ] } }`,
      {
        more: `procedures: { back: [ ${say('first')}, { id: rest, steps: [ ${say('second')} ] } ] }\n`,
        answer: (() => {
          let asked = 0;
          return (gate) => {
            if (gate.kind !== 'failure') return { kind: 'stop' };
            asked += 1;
            if (asked === 1) return { kind: 'remedy', index: 0 };
            assert.deepEqual(
              gate.undo.map(({ step, target }) => `${step} ${target}`),
              ['a two', 'a one'],
            );
            return { kind: 'undo', why: 'enough' };
          };
        })(),
      },
    );
    const state = await run.finished();
    assert.equal(state.status, 'stopped', state.closing);
    assert.deepEqual(await engine.logged(), ['a', 'a', 'first', 'second', 'first', 'second']);
    assert.match(state.closing ?? '', /had 2 step\(s\) taken back: enough/);
  });

  it('looks again at a "when" that nobody could tell, where the person asks for it', async () => {
    let asked = 0;
    const run = await engine.start(
      `  - { id: look, when: "1 == 2 || inputs.deep", run: echo 7, outputs: { n: { type: integer, value: stdout.trim() } } }\n${engine.say('a', 'a', ', when: steps.look.n == 7')}`,
      {
        more: 'inputs: { deep: { type: boolean, default: false } }\n',
        answer: (gate) => (gate.kind === 'doubt' && asked++ === 0 ? { kind: 'retry' } : { kind: 'skip', why: 'not needed' }),
      },
    );
    const state = await run.finished();
    assert.equal(state.steps['a']?.['-']?.skipped?.text, 'not needed');
    assert.equal(run.gates.length, 2);
  });
});
