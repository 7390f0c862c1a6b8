import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { cutAfter } from '../../support/cutJournal.js';
import { statuses, TestEngine } from '../../support/running.js';
import type { Answers } from '../../support/running.js';

describe('going on with a run', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('keeps what succeeded and tries the failed step again', async () => {
    const file = join(engine.directory, 'there');
    const log = join(engine.directory, 'log');
    const steps = `  - { id: a, env: { LOG: "${log}" }, run: 'echo a >> "$LOG"' }\n  - { id: b, env: { FILE: "${file}" }, run: 'cat "$FILE"' }\n  - { id: c, env: { LOG: "${log}" }, run: 'echo c >> "$LOG"' }`;
    const first = await engine.start(steps);
    assert.equal((await first.finished()).status, 'failed');
    await writeFile(file, '');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.equal(state.status, 'succeeded');
    assert.equal(await readFile(log, 'utf8'), 'a\nc\n');
    assert.equal(state.epoch, 2);
  });

  it('does not open a run that another process holds, nor one that is done', async () => {
    const run = await engine.start('  - { id: a, run: sleep 1 }');
    await assert.rejects(engine.resume(run.handle.run), /held|another|already|carrying out this run/i);
    await run.finished();
    await assert.rejects(engine.resume(run.handle.run), /nothing left to do/);
  });

  it('asks a person again for evidence that was being given', async () => {
    const run = await engine.start('  - { id: a, manual: Look at it., evidence: [ { attest: It is well. } ] }', {
      answer: () => undefined,
    });
    await run.event((event) => event.type === 'gate_opened');
    await run.handle.stop('later');
    const again = await engine.resume(run.handle.run, {
      answer: (gate) => (gate.kind === 'manual' ? { kind: 'done', evidence: [{ id: 'attest_1', value: true }] } : { kind: 'stop' }),
    });
    const state = await again.finished();
    assert.deepEqual(statuses(state), ['a: succeeded']);
    assert.deepEqual(state.steps['a']?.['-']?.attempts.at(-1)?.ended?.evidence, [{ id: 'attest_1', value: true }]);
  });

  it('judges a final step that was under way when the runner ended, and does not do it twice', async () => {
    const run = await engine.start('  - { id: a, run: "true" }', { more: 'finally: [ { id: clean, run: "true" } ]\n' });
    await run.finished();
    await cutAfter(engine, run.handle.run, (event) => event.type === 'attempt_intended' && event.step === 'clean');
    const state = await (await engine.resume(run.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(
      state.steps['clean']?.['-']?.attempts.map(({ ended }) => ended !== undefined),
      [true],
    );
  });

  it('asks again where nobody knows the end, when the runner ended while that was decided', async () => {
    let requests = 0;
    const server = createServer((request) => {
      requests += 1;
      request.socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
      const answer: Answers = (gate) => (gate.kind === 'unknown' ? { kind: 'succeeded', why: 'I looked.' } : { kind: 'stop' });
      const run = await engine.start(`  - { id: a, http: { url: "${url}", method: POST } }`, { answer });
      await run.finished();
      await cutAfter(engine, run.handle.run, (event) => event.type === 'attempt_intended' && event.method === 'judged');
      const again = await engine.resume(run.handle.run, { answer });
      assert.equal((await again.finished()).status, 'succeeded');
      assert.deepEqual(
        again.gates.map((gate) => gate.kind),
        ['unknown'],
      );
      assert.equal(requests, 1);
    } finally {
      server.close();
    }
  });

  const journalOf = (run: string): string => join(engine.directory, 'state', 'runs', run, 'journal.jsonl');

  it('cuts off a record that was never whole, and remarks on it', async () => {
    const run = await engine.start('  - { id: a, run: exit 1 }');
    await run.finished();
    await appendFile(journalOf(run.handle.run), '{"half');
    const state = await (await engine.resume(run.handle.run)).finished();
    assert.ok(
      state.remarks.some(({ severity, text }) => severity === 'warning' && /cut off|never/.test(text)),
      JSON.stringify(state.remarks),
    );
    assert.equal(engine.engine.read(run.handle.run).summary.problem, undefined);
  });

  it('asks again for a fact that nobody had given', async () => {
    const more = 'facts: { colour: { type: string, ask: Which colour? } }\n';
    const run = await engine.start(engine.say('a', '${{ facts.colour }}'), { more });
    assert.equal((await run.finished()).status, 'stopped');
    const again = await engine.resume(run.handle.run, {
      answer: (gate) => (gate.kind === 'value' ? { kind: 'value', value: 'blue' } : { kind: 'stop' }),
    });
    assert.equal((await again.finished()).status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['blue']);
  });

  it('opens no run that has no first record, and gives its lock back', async () => {
    const run = await engine.start('  - { id: a, run: exit 1 }');
    await run.finished();
    const [header] = (await readFile(journalOf(run.handle.run), 'utf8')).split('\n');
    await writeFile(journalOf(run.handle.run), `${header ?? ''}\n`);
    for (let times = 0; times < 2; times++) await assert.rejects(engine.resume(run.handle.run), /has no first record/);
  });
});
