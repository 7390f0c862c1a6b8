import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { TakeOver } from '../../../src/engine/index.js';
import { HumanError } from '../../../src/engine/index.js';
import { askForRun, answerTo } from '../../../src/engine/journal/handOver.js';
import { thisProcess } from '../../../src/engine/journal/owner.js';
import { wayFree } from '../../../src/engine/journal/takeOver.js';
import { statuses, TestEngine } from '../../support/running.js';
import type { TestRun } from '../../support/running.js';

const SLOW = "  - { id: slow, run: 'sleep 2.5' }";

describe('handing a run over', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  let told: string[];
  beforeEach(async () => {
    engine = await TestEngine.open();
    told = [];
  });
  afterEach(() => engine.close());

  const takeOver = (): TakeOver => ({ why: 'the night shift', signal: new AbortController().signal, told: (text) => told.push(text) });
  const resumed = (run: TestRun): ReturnType<TestEngine['engine']['resume']> =>
    engine.engine.resume(run.handle.run, { onUnknown: 'stop', approval: 'flag', takeOver: takeOver() });
  const directoryOf = (run: TestRun): string => engine.engine.read(run.handle.run).directory;

  it('finishes what is under way, closes, and goes on elsewhere, with who and why in the journal', async () => {
    engine.allowHandOver = () => Promise.resolve(true);
    const run = await engine.start([engine.say('first'), SLOW, engine.say('last')].join('\n'));
    await run.event((event) => event.type === 'attempt_intended' && event.step === 'slow');
    const next = await resumed(run);
    const before = await run.finished();
    assert.equal(before.status, 'stopped');
    assert.match(before.closing ?? '', /let the run go; pat on .* goes on with it: the night shift/);
    assert.deepEqual(statuses(before), ['first: succeeded', 'slow: succeeded', 'last: pending']);
    const state = await next.finished;
    assert.equal(state.status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['first', 'last']);
    const remarks = state.remarks.map(({ text }) => text);
    assert.ok(remarks.some((text) => text === `pat on ${hostname()} asks to take this run over: the night shift`));
    assert.ok(remarks.some((text) => /pat goes on with this run, which was let go elsewhere: the night shift/.test(text)));
    assert.match(told.join('\n'), /lets the run go; the steps under way are finished first/);
  });

  it('takes open questions back when the run is let go: they are asked there', async () => {
    engine.allowHandOver = () => Promise.resolve(true);
    const run = await engine.start("  - { id: ask, manual: 'Look.' }", { answer: () => undefined });
    await run.event(({ type }) => type === 'gate_opened');
    const next = await resumed(run);
    const before = await run.finished();
    assert.equal(before.status, 'stopped');
    assert.deepEqual(
      before.closedGates.map(({ answer }) => answer.kind),
      ['withdrawn'],
    );
    const gate = await new Promise<string>((resolve) => {
      next.onEvent((event) => {
        if (event.type === 'gate_opened') resolve(event.gate.id);
      });
    });
    next.answer(gate, { kind: 'done', evidence: [] });
    assert.equal((await next.finished).status, 'succeeded');
  });

  it('keeps the run where nobody agrees, and tells who asked', async () => {
    const run = await engine.start(SLOW);
    await assert.rejects(resumed(run), (error) => error instanceof HumanError && /keeps the run/.test(error.message));
    const state = await run.finished();
    assert.equal(state.status, 'succeeded');
    assert.deepEqual(
      state.remarks.map(({ text }) => text.replace(hostname(), 'HERE')),
      ['pat on HERE asks to take this run over: the night shift', 'The run stays here; pat on HERE was told so.'],
    );
  });

  it('keeps the run where asking fails, and where the wish is taken back', async () => {
    engine.allowHandOver = () => Promise.reject(new Error('no terminal'));
    const run = await engine.start("  - { id: slow, run: 'sleep 4' }");
    await assert.rejects(resumed(run), HumanError);
    const back = new AbortController();
    const asking = wayFree(directoryOf(run), 'eve', { ...takeOver(), signal: back.signal });
    back.abort();
    await assert.rejects(asking, /abort/i);
    assert.equal((await run.finished()).status, 'succeeded');
  });

  it('says that the person there has been asked, while they think', async () => {
    engine.allowHandOver = () => new Promise((resolve) => setTimeout(resolve, 1000, false));
    const run = await engine.start("  - { id: slow, run: 'sleep 3' }");
    await assert.rejects(resumed(run), HumanError);
    assert.match(told.join('\n'), /has been asked; waiting for the person there/);
    await run.finished();
  });

  it('passes over requests that are none', async () => {
    const run = await engine.start(SLOW);
    for (const text of ['', '[]', 'null', '{"id":1}', '{"id":"../../x","by":"a","machine":"b","why":"c"}', 'x'.repeat(9000)])
      writeFileSync(join(directoryOf(run), 'hand-over.request'), text);
    assert.equal((await run.finished()).remarks.length, 0);
  });

  it('refuses where the holder lives on this machine and does not answer, whatever the reason', async () => {
    const run = await engine.start(SLOW);
    await assert.rejects(
      wayFree(directoryOf(run), 'eve', { ...takeOver(), unseenMs: -1 }),
      /is alive on this machine, but does not answer/,
    );
    await run.finished();
  });

  it('goes on without a holder that nobody can judge and that does not answer, and says so in the journal', async () => {
    const run = await engine.start("  - { id: ask, manual: 'Look.' }");
    await run.finished();
    const directory = directoryOf(run);
    const owner = { ...thisProcess(), host: 'elsewhere.example.com' };
    writeFileSync(join(directory, 'lock.1'), JSON.stringify({ owner, released: false }));
    await assert.rejects(engine.resume(run.handle.run), /elsewhere\.example\.com is carrying out this run/);
    assert.deepEqual(await wayFree(directory, 'pat', { ...takeOver(), unseenMs: 0 }), { how: 'unsure', holder: owner });
    const handle = await engine.engine.resume(run.handle.run, {
      onUnknown: 'stop',
      approval: 'flag',
      takeOver: { ...takeOver(), unseenMs: 0 },
    });
    assert.equal(handle.state.epoch, 2);
    assert.match(
      handle.state.remarks.at(-1)?.text ?? '',
      /pat took this run over from process \d+ on elsewhere\.example\.com.*: the night shift/,
    );
    await handle.stop('enough');
  });

  it('answers only the very request that was asked', () => {
    const directory = engine.directory;
    const request = askForRun(directory, 'eve\u001b[2J', 'there', 'why\nnot');
    assert.equal(answerTo(directory, request.id), undefined);
    writeFileSync(join(directory, 'hand-over.answer'), JSON.stringify({ id: 'another', answer: 'letting_go' }));
    assert.equal(answerTo(directory, request.id), undefined);
    writeFileSync(join(directory, 'hand-over.answer'), JSON.stringify({ id: request.id, answer: 'anything' }));
    assert.equal(answerTo(directory, request.id), undefined);
  });
});
