import assert from 'node:assert/strict';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { planSteps } from '../../../src/planner/index.js';
import type { Gate, GateAnswer } from '../../../src/events/index.js';
import { statuses, TestEngine } from '../../support/running.js';

const RECORDED = join(import.meta.dirname, '../../fixtures/journals/format-1');
const RUN = '20261121-0753-cluster-aj67';

/** What a person would do in the recorded run. */
function going(gate: Gate): GateAnswer {
  if (gate.kind === 'manual') return { kind: 'done', evidence: gate.evidence.map(({ id }) => ({ id, value: true })) };
  if (gate.kind === 'method') return { kind: 'method', name: 'script' };
  return { kind: 'stop', why: `unforeseen: ${gate.kind}` };
}

describe('a journal of format 1', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
    await cp(RECORDED, join(engine.directory, 'state'), { recursive: true });
    for (const beside of ['output', 'downloads']) await mkdir(join(engine.directory, 'state/runs', RUN, beside));
  });
  afterEach(() => engine.close());

  it('is read with a plan of this version, in which what was unknown then is empty', () => {
    const { state, summary } = engine.engine.read(RUN);
    assert.ok(state);
    assert.equal(summary.problem, undefined);
    assert.equal(summary.resumable, true);
    assert.equal(state.plan.format, 2);
    assert.deepEqual(state.plan.environment.windows, []);
    assert.deepEqual(state.plan.orders, []);
    assert.deepEqual(
      Object.values(state.plan.scopes).map(({ id, factScope }) => [id, factScope]),
      [
        ['main', 'main'],
        ['rest', 'rest'],
      ],
    );
    for (const step of [...planSteps(state.plan), ...planSteps(state.plan).flatMap(({ methods }) => Object.values(methods))]) {
      assert.deepEqual([step.stages, step.reachedBy, step.optional], [[], [], false], step.path);
    }
    assert.ok(planSteps(state.plan).some(({ section }) => section === 'aside'));
  });

  it('is gone on with where it ends', async () => {
    const run = await engine.resume('aj67', { answer: going });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(
      statuses(state).filter((line) => !/undo|remedy/.test(line)),
      [
        'backed_up: succeeded',
        'stage@one/upload one: succeeded',
        'stage@two/upload two: succeeded',
        'agree one: succeeded',
        'rest/say one: succeeded',
        'rest/say two: succeeded',
        'switch one: succeeded',
        'switch two: succeeded',
        'clean: succeeded',
      ],
    );
    assert.equal(state.steps['stage@one/upload']?.['one']?.attempts.length, 1);
    assert.equal(engine.engine.read(RUN).summary.problem, undefined);
  });
});
