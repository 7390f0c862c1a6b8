import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestEngine } from '../../support/running.js';
import type { AttemptState } from '../../../src/events/index.js';
import type { ActionContext } from '../../../src/engine/steps/action.js';
import { check } from '../../../src/engine/steps/check.js';
import { cutAfter } from '../../support/cutJournal.js';

describe('a step that checks', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  const attempt = async (run: Awaited<ReturnType<TestEngine['start']>>): Promise<AttemptState['ended']> =>
    (await run.finished()).steps['a']?.['-']?.attempts.at(-1)?.ended;

  it('tells what is not so from what nobody can tell', async () => {
    const missing = await attempt(await engine.start(`  - { id: a, check: { file: { path: "${join(engine.directory, 'missing')}" } } }`));
    assert.equal(missing?.failure?.reason, 'does_not_hold');
    const unclear = await attempt(await engine.start('  - { id: a, check: { http: { url: "http://169.254.169.254/" } } }'));
    assert.equal(unclear?.failure?.reason, 'could_not_tell');
    assert.match(unclear.failure.message, /which is never asked/);
    const printed = await attempt(await engine.start('  - { id: a, check: { command: { run: "echo the reason >&2; exit 7" } } }'));
    assert.match(printed?.failure?.detail ?? '', /the reason/);
  });

  it('is cancelled by a stop before there is an answer', async () => {
    const began = join(engine.directory, 'began');
    const run = await engine.start(`  - { id: a, check: { command: { run: 'touch "$1"; sleep 30', args: ["${began}"] } } }`);
    await run.event(({ type }) => type === 'attempt_intended');
    await run.handle.stop('enough');
    const ended = await attempt(run);
    assert.deepEqual([ended?.outcome, ended?.failure?.reason], ['cancelled', 'cancelled']);
  });

  it('is done again where the runner ended under it', async () => {
    const file = join(engine.directory, 'there');
    const run = await engine.start(`  - { id: a, check: { file: { path: "${file}" } } }`);
    await run.finished();
    await cutAfter(engine, run.handle.run, ({ type }) => type === 'attempt_intended');
    await writeFile(file, '');
    const state = await (await engine.resume(run.handle.run)).finished();
    assert.deepEqual(
      state.steps['a']?.['-']?.attempts.map(({ ended }) => ended?.outcome),
      ['cancelled', 'succeeded'],
    );
  });

  it('is our own fault where the plan gave it something else to do', async () => {
    const context = { step: { spec: { wait: { that: 'true' } } } } as unknown as ActionContext;
    await assert.rejects(check.perform(context), /internal error: a step without "check"/);
  });
});
