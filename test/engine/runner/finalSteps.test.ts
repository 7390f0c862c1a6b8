import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutAfter } from '../../support/cutJournal.js';
import { statuses, TestEngine } from '../../support/running.js';

describe('final steps of a run that is gone on with', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  const there = (): string => join(engine.directory, 'there');
  const invariant = (): string => `invariants: [ { title: There, at: end, holds: { file: { path: "${there()}" } } } ]\n`;
  const steps = (): string => `${engine.say('a', 'a')}\nfinally:\n${engine.say('c', 'c')}\n${engine.say('d', 'd')}`;

  it('are not done a second time where nothing else was left to be done', async () => {
    const first = await engine.start(steps());
    await first.finished();
    await cutAfter(engine, first.handle.run, (event) => event.type === 'attempt_ended' && event.step === 'c');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.deepEqual(statuses(state), ['a: succeeded', 'c: succeeded', 'd: succeeded']);
    assert.deepEqual(await engine.logged(), ['a', 'c', 'd', 'd']);
    assert.equal(state.steps['c']?.['-']?.attempts.length, 1);
  });

  it('are done anew where the run now ends otherwise than it was about to', async () => {
    await writeFile(there(), '');
    const first = await engine.start(steps(), { more: invariant() });
    await first.finished();
    await cutAfter(engine, first.handle.run, (event) => event.type === 'attempt_ended' && event.step === 'd');
    await rm(there());
    const failed = await (await engine.resume(first.handle.run)).finished();
    assert.equal(failed.status, 'failed');
    assert.deepEqual(await engine.logged(), ['a', 'c', 'd', 'c', 'd']);
    await writeFile(there(), '');
    assert.equal((await (await engine.resume(first.handle.run)).finished()).status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['a', 'c', 'd', 'c', 'd', 'c', 'd']);
  });

  it('are done anew where something before them was not over', async () => {
    const bad = `  - { id: b, run: 'test -e "${there()}"' }`;
    const first = await engine.start(`${bad}\nfinally:\n${engine.say('c', 'c')}`, { answer: () => ({ kind: 'stop' }) });
    assert.equal((await first.finished()).status, 'failed');
    await writeFile(there(), '');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['c', 'c']);
  });
});
