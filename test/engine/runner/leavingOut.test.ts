import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCAL_INVENTORY, TestEngine } from '../../support/running.js';

const HEAD =
  'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. }, first: { of: app, pick: first }, rest: { of: app, except: first } }\n';

describe('leaving out', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  const FAILS_ON_ONE = `run: 'case "$1" in one) exit 1;; esac', args: ["\${{ host.name }}"]`;

  it('says first which orders, invariants and outage a host touches', async () => {
    const runbook = `${HEAD}facts: { installed: { on: app, type: version, ask: Which? } }
order:
  - { first: { backup: first }, then: { upgrade: rest }, because: The schema is shared. }
outage: { of: app, because: Both speak one protocol. }
invariants:
  - { title: Same version, at: [end], holds: { same: { fact: installed, across: app } } }
  - { title: The first one answers, at: [end], holds: { that: hosts.first.name == "one" } }
steps:
  - { id: a, on: app, ${FAILS_ON_ONE} }
  - { id: save, on: first, run: "true", effects: [backup] }
  - { id: look, on: rest, from: first, run: "true" }
  - { id: up, on: rest, run: "true", effects: [upgrade], irreversible: Forward only. }
`;
    const run = await engine.start('', { documents: { runbooks: { 'a.runbook.yaml': runbook } } });
    await run.finished();
    const [gate] = run.gates;
    assert.ok(gate?.kind === 'failure' && gate.excludable);
    assert.deepEqual(gate.exclusion, [
      'The order "backup (first) before upgrade (rest)" (The schema is shared.) no longer waits for backup of one: upgrade begins without it.',
      '"Same version" is asked of the others only; nobody checks one.',
      '"The first one answers" still asks about one, and may not hold any more.',
      'one belongs to the outage together with two (Both speak one protocol.); it stays as it is now, in service or not.',
      'Still to be performed on it, and then not possible: look.',
    ]);
  });

  it('fails a step clearly that is performed on a host that was taken out', async () => {
    const log = join(engine.directory, 'log');
    const runbook = `${HEAD}steps:
  - { id: a, on: app, ${FAILS_ON_ONE} }
  - { id: b, on: rest, from: first, env: { LOG: "${log}" }, run: 'echo b >> "$LOG"' }
`;
    const run = await engine.start('', {
      documents: { runbooks: { 'a.runbook.yaml': runbook } },
      answer: (gate) => (gate.kind === 'failure' && gate.step === 'a' ? { kind: 'exclude', why: 'it is broken' } : { kind: 'stop' }),
    });
    const state = await run.finished();
    assert.equal(state.status, 'failed');
    const failure = state.steps['b']?.['two']?.attempts[0]?.ended?.failure;
    assert.equal(failure?.message, 'It is performed on one, which was taken out of the run: it is broken');
    assert.match(failure.next ?? '', /without one/);
    await assert.rejects(readFile(log));
  });

  for (const [what, action] of [
    ['a script that failed', 'run: exit 1'],
    ['one of several ways', 'methods: { one: { run: exit 1 }, other: { manual: Do it. } }'],
    ['what a person does', 'manual: Do it.'],
  ] as const) {
    it(`takes an optional step as left out without a reason: ${what}`, async () => {
      const run = await engine.start(`  - { id: a, optional: true, ${action} }`, { answer: () => ({ kind: 'skip', why: '' }) });
      const state = await run.finished();
      assert.equal(state.status, 'succeeded', state.closing);
      assert.equal(state.steps['a']?.['-']?.skipped?.text, 'Optional, left out.');
    });
  }

  it('takes the value of the step in the same hop, and after the hops that of the last', async () => {
    const log = join(engine.directory, 'log');
    const note = (id: string): string =>
      `{ id: ${id}, env: { LOG: "${log}" }, args: ["\${{ steps.make.word }}"], run: 'echo "$1" >> "$LOG"' }`;
    const runbook = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 1.. } }
facts: { installed: { type: version, ask: Which? } }
upgrade: { installed: installed, to: "10.0", stops: [ { from: "< 9.1", to: ">= 9.2", via: "9.1" } ] }
steps:
  - id: hops
    per_hop: true
    steps:
      - { id: make, args: ["\${{ hop.to }}"], run: 'echo "to $1"', outputs: { word: { type: string, value: stdout.trim() } } }
      - ${note('inside')}
  - ${note('outside')}
`;
    const run = await engine.start('', {
      documents: {
        runbooks: { 'a.runbook.yaml': runbook },
        inventory: LOCAL_INVENTORY,
        facts: [{ scope: 'main', fact: 'installed', value: '8.0' }],
      },
    });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual((await readFile(log, 'utf8')).trim().split('\n'), ['to 9.1', 'to 10.0', 'to 10.0']);
  });
});
