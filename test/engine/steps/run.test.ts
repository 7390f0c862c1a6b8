import assert from 'node:assert/strict';
import type { ActionContext } from '../../../src/engine/steps/action.js';
import { run } from '../../../src/engine/steps/run.js';

/** A host without evidence of the attempt, in this boot. */
function context(bootId: string | undefined, bootIdBefore: string | undefined): ActionContext {
  const connection = { collect: () => Promise.resolve({ kind: 'not_started' }), bootId: () => Promise.resolve(bootId) };
  return {
    connection: () => Promise.resolve(connection),
    attempt: { run: 'r', attempt: 'a' },
    signal: new AbortController().signal,
    step: { answers: [], spec: {} },
    bootIdBefore,
  } as unknown as ActionContext;
}

describe('an attempt that left no evidence', () => {
  it('never began, where the host has not been booted since', async () => {
    assert.equal((await run.recover(context('boot 1', 'boot 1'))).kind, 'again');
  });

  it('is unknown where the host has been booted since: evidence may not outlive a boot', async () => {
    const recovery = await run.recover(context('boot 2', 'boot 1'));
    assert.ok(recovery.kind === 'unknown');
    assert.match(recovery.why, /rebooted since and keeps no evidence/);
  });

  it('never began, where the host has not been booted since the run first saw it', async () => {
    assert.equal((await run.recover({ ...context('boot 1', undefined), bootIdAtFirst: 'boot 1' })).kind, 'again');
  });

  it('is unknown where no boot is known: the power may have taken the evidence', async () => {
    for (const unclear of [context(undefined, 'boot 1'), context('boot 1', undefined)]) {
      const recovery = await run.recover(unclear);
      assert.ok(recovery.kind === 'unknown');
      assert.match(recovery.why, /may have been rebooted since: it keeps no evidence/);
    }
  });
});

describe('an attempt that is seen running after its connection broke', () => {
  const attached = (code: number): ActionContext => {
    return {
      connection: () => Promise.resolve({ collect: () => Promise.resolve({ kind: 'running' }) }),
      follow: () => Promise.resolve({ ended: Promise.resolve({ kind: 'exited', code }) }),
      attempt: { run: 'r', attempt: 'a' },
      signal: new AbortController().signal,
      step: { answers: [], spec: {} },
      printed: () => '',
    } as unknown as ActionContext;
  };

  it('has an unknown end where it failed: that may be the doing of the cut', async () => {
    for (const code of [1, 3, 129, 141]) assert.equal((await run.recover(attached(code))).kind, 'unknown', String(code));
  });

  it('is done where it succeeded all the same', async () => {
    const recovery = await run.recover(attached(0));
    assert.ok(recovery.kind === 'ended' && recovery.result.kind === 'done');
  });
});
