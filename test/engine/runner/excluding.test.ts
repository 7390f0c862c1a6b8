import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statuses, TestEngine } from '../../support/running.js';

describe('hosts that are taken out of a run', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('may be all of them, where two people take one out each: a step about them is left out', async () => {
    const run = await engine.start(`  - { id: a, on: app, run: exit 1 }\n${engine.say('b', 'b', ', on: app, once: true')}`, {
      answer: () => undefined,
    });
    for (const host of ['one', 'two'])
      await run.event((event) => event.type === 'gate_opened' && 'target' in event.gate && event.gate.target === host);
    for (const { id } of run.gates) run.handle.answer(id, { kind: 'exclude', why: 'it is broken' });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.equal(state.steps['b']?.['-']?.skipped?.reason, 'host_excluded');
    assert.deepEqual(await engine.logged(), []);
  });

  it('stay out when the run goes on', async () => {
    const file = join(engine.directory, 'there');
    const run = await engine.start(
      `  - { id: a, on: app, serial: 1, args: ["\${{ host.name }}"], run: '[ "$1" = two ]' }\n  - { id: b, on: app, run: 'cat "${file}"' }`,
      { answer: (gate) => ('step' in gate && gate.step === 'a' ? { kind: 'exclude', why: 'it is broken' } : { kind: 'stop' }) },
    );
    assert.equal((await run.finished()).status, 'failed');
    await writeFile(file, '');
    const again = await (await engine.resume(run.handle.run)).finished();
    assert.deepEqual(statuses(again), ['a one: skipped', 'a two: succeeded', 'b one: skipped', 'b two: succeeded']);
  });

  it('are told to stay as they are where the outage is theirs alone', async () => {
    const runbook = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1.. }, first: { of: app, pick: first } }
outage: { of: first, because: It is alone. }
steps: [ { id: a, on: app, serial: 1, run: exit 1 } ]
`;
    const run = await engine.start('', { documents: { runbooks: { 'a.runbook.yaml': runbook } } });
    await run.finished();
    const [gate] = run.gates;
    assert.ok(gate?.kind === 'failure');
    assert.deepEqual(gate.exclusion, ['one belongs to the outage (It is alone.); it stays as it is now, in service or not.']);
  });

  it('are told without others, or without an outage, where there is nothing to tell', async () => {
    const runbook = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1.. }, first: { of: app, pick: first }, rest: { of: app, except: first } }
order: [ { first: { stop: first }, then: { configure: rest } } ]
outage: { of: first, because: It is alone. }
invariants: [ { title: Both there, at: end, holds: { all: [ { that: hosts.rest.size() == 1 }, { that: "true" } ] } } ]
steps:
  - { id: s, on: first, run: "true", effects: [stop] }
  - { id: a, on: app, serial: 1, args: ["\${{ host.name }}"], run: '[ "$1" = one ]', effects: [configure] }
`;
    const run = await engine.start('', { documents: { runbooks: { 'a.runbook.yaml': runbook } } });
    await run.finished();
    const [gate] = run.gates;
    assert.ok(gate?.kind === 'failure');
    assert.deepEqual(gate.exclusion, [
      'configure of two is not done; the order "stop (first) before configure (rest)" is kept by the others.',
      '"Both there" still asks about two, and may not hold any more.',
    ]);
  });
});
