import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statuses, TestEngine } from '../../support/running.js';

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
});
