import assert from 'node:assert/strict';
import type { GateAnswer } from '../../../src/events/index.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, TestEngine } from '../../support/running.js';
import type { TestRun } from '../../support/running.js';

const STEPS = 'steps:\n  - { id: a, run: "true" }\n  - { id: b, run: "true" }\n';

describe('a runbook that must be rehearsed', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  const anywhere = (inventory: string, steps = STEPS, answer?: GateAnswer, only?: string): Promise<TestRun> =>
    engine.start('', {
      documents: { runbooks: { 'a.runbook.yaml': LOCAL_HEAD + steps }, inventory },
      ...(answer === undefined ? {} : { answer: () => answer }),
      ...(only === undefined ? {} : { only }),
    });
  const PRODUCTION = `${LOCAL_INVENTORY.replace('here', 'live')}rehearsed_on: here\n`;
  const begun = async (run: TestRun): Promise<boolean> => {
    await run.finished();
    return run.events.some((event) => event.type === 'attempt_intended');
  };

  it('is not begun where it was not, even when it was approved beforehand', async () => {
    const run = await anywhere(PRODUCTION);
    assert.equal(await begun(run), false);
    const [gate] = run.gates;
    assert.ok(gate?.kind === 'confirm');
    assert.match(gate.text, /Run "Sample" on live\? live wants this very runbook to have succeeded on "here" before/);
    assert.ok(gate.unrehearsed !== undefined);
  });

  it('is begun for a reason, which is kept', async () => {
    const run = await anywhere(PRODUCTION, STEPS, { kind: 'approve', why: 'the disk is failing' });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    const approved = run.events.find(({ type }) => type === 'run_approved');
    assert.ok(approved?.type === 'run_approved' && approved.why === 'the disk is failing');
    assert.ok(state.remarks.some(({ text }) => text.endsWith('pat approved it all the same: the disk is failing')));
  });

  it('is not begun without a reason', async () => {
    const run = await anywhere(PRODUCTION, STEPS, undefined);
    const gate = run.gates[0] ?? (await run.event(({ type }) => type === 'gate_opened').then(() => run.gates[0]));
    assert.ok(gate);
    await run.finished();
    const again = await engine.resume(run.handle.run, {
      answer: (open) => {
        assert.throws(() => again.handle.answer(open.id, { kind: 'approve' }), /Give a reason to begin all the same/);
        return { kind: 'stop' };
      },
    });
    assert.equal(await begun(again), false);
  });

  it('needs no word once the very same runbook has succeeded there', async () => {
    assert.equal((await (await anywhere(LOCAL_INVENTORY)).finished()).status, 'succeeded');
    const run = await anywhere(PRODUCTION, `# spelt otherwise\n${STEPS}`);
    assert.equal((await run.finished()).status, 'succeeded');
    assert.deepEqual(run.gates, []);
  });

  it('counts neither another runbook, nor a part of it, nor a run that failed, nor another environment', async () => {
    await (await anywhere(LOCAL_INVENTORY, STEPS.replace('"true"', '"echo"'))).finished();
    await (await anywhere(LOCAL_INVENTORY, STEPS, undefined, 'a')).finished();
    await (await anywhere(LOCAL_INVENTORY.replace('here', 'elsewhere'))).finished();
    assert.equal(await begun(await anywhere(PRODUCTION)), false);
  });
});
