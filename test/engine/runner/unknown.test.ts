import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnUnknown } from '../../../src/engine/index.js';
import type { RunState } from '../../../src/events/index.js';
import { cutAfter } from '../../support/cutJournal.js';
import { TestEngine } from '../../support/running.js';
import type { Answers, TestRun } from '../../support/running.js';
import { webServer } from '../probes/support/webServer.js';
import type { WebServer } from '../probes/support/webServer.js';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

describe('an act of which nobody knows the end', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  let server: WebServer;
  /** So many requests get no answer; the ones after that do. */
  let unanswered: number;
  before(async () => {
    server = await webServer(({ socket }, response) => {
      if (unanswered-- > 0) socket.destroy();
      else response.end('ok');
    });
  });
  after(() => server.stop());
  beforeEach(async () => {
    engine = await TestEngine.open();
    server.asked.length = 0;
    unanswered = 1;
  });
  afterEach(() => engine.close());

  const start = (more = '', answer?: Answers): Promise<TestRun> =>
    engine.start(`  - { id: a, http: { url: "${server.url}/", method: POST }${more} }`, answer === undefined ? {} : { answer });
  const attempts = (state: RunState): unknown => state.steps['a']?.['-']?.attempts.map(({ method, ended }) => [method, ended?.outcome]);

  async function resumed(onUnknown: OnUnknown): Promise<RunState> {
    const run = await start();
    assert.equal((await run.finished()).status, 'failed');
    assert.deepEqual(
      run.gates.map(({ kind }) => kind),
      ['unknown'],
    );
    return (await engine.resume(run.handle.run, { onUnknown })).finished();
  }

  it('is not done again by itself when the run goes on, and the reason is told', async () => {
    const state = await resumed('stop');
    assert.equal(state.status, 'stopped');
    assert.match(state.closing ?? '', /^Nobody can know whether "a" ran on -: no answer from/);
    assert.equal(server.asked.length, 1);
  });

  it('is intended in a boot that is known, on this machine too: what the power took with it has left no evidence', async () => {
    const run = await engine.start('  - { id: a, run: "true" }');
    await run.finished();
    const intended = run.events.find((event) => event.type === 'attempt_intended');
    assert.equal(intended?.type === 'attempt_intended' ? intended.bootId : undefined, readFileSync(BOOT_ID, 'utf8').trim());
  });

  it('is not sent again by itself when the runner ended meanwhile, unless it only asked', async () => {
    for (const method of ['POST', 'GET']) {
      unanswered = 0;
      const run = await engine.start(`  - { id: a, http: { url: "${server.url}/", method: ${method} } }\n  - { id: b, run: exit 1 }`);
      await run.finished();
      await cutAfter(engine, run.handle.run, (event) => event.type === 'attempt_intended');
      const again = await engine.resume(run.handle.run, { onUnknown: 'stop' });
      const [first] = (await again.finished()).steps['a']?.['-']?.attempts ?? [];
      assert.deepEqual(
        [first?.ended?.outcome, first?.ended?.failure?.message ?? first?.ended?.why],
        method === 'GET'
          ? ['cancelled', 'The runner ended. A GET request only reads.']
          : ['unknown', 'The runner ended while the request was under way; nobody can know whether it arrived.'],
      );
    }
    assert.equal(server.asked.length, 3);
  });

  it('is done again, or counts as done, where that was decided beforehand', async () => {
    assert.deepEqual(attempts(await resumed('rerun')), [
      [undefined, 'unknown'],
      [undefined, 'succeeded'],
    ]);
    unanswered = 1;
    const state = await resumed('succeeded');
    assert.deepEqual(attempts(state), [
      [undefined, 'unknown'],
      ['judged', 'succeeded'],
    ]);
    const judged = state.steps['a']?.['-']?.attempts[1]?.ended;
    assert.deepEqual([judged?.by, judged?.why], ['pat', 'Decided beforehand: what is unknown counts as done.']);
    assert.equal(server.asked.length, 3);
  });

  it('is done again when a person says so', async () => {
    const run = await start('', () => ({ kind: 'retry' }));
    assert.deepEqual(attempts(await run.finished()), [
      [undefined, 'unknown'],
      [undefined, 'succeeded'],
    ]);
    assert.equal(run.gates.length, 1);
  });

  it('is done where its check holds, and nobody is asked', async () => {
    const file = join(engine.directory, 'done');
    await writeFile(file, '');
    const run = await start(`, verify: { file: { path: "${file}" } }`);
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.equal(server.asked.length, 1);
    assert.deepEqual(run.gates, []);
    assert.match(state.steps['a']?.['-']?.attempts[1]?.ended?.why ?? '', /^Its check holds: /);
  });

  it('is done again unasked where its check does not hold, but not without end', async () => {
    unanswered = 9;
    const run = await start(`, verify: { file: { path: "${join(engine.directory, 'never')}" } }`);
    assert.equal((await run.finished()).status, 'failed');
    assert.equal(server.asked.length, 2);
    assert.deepEqual(
      run.gates.map(({ kind }) => kind),
      ['failure'],
    );
  });

  it('is asked about where its check cannot tell', async () => {
    const run = await start(', verify: { http: { url: "http://169.254.169.254/" } }');
    await run.finished();
    assert.deepEqual(
      run.gates.map(({ kind }) => kind),
      ['unknown'],
    );
  });
});
