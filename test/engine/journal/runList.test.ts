import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { thisProcess } from '../../../src/engine/journal/owner.js';
import { RunList } from '../../../src/engine/journal/runList.js';
import { TestEngine } from '../../support/running.js';

describe('a list of runs that is looked at again and again', function () {
  this.timeout(30_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('reads a journal anew only when it has changed', async () => {
    const run = await engine.start('  - { id: a, run: "true" }');
    await run.finished();
    const list = new RunList(join(engine.directory, 'state'));
    const [first] = await list.look();
    assert.equal(first?.status, 'succeeded');
    assert.equal((await list.look())[0], first);
    await appendFile(join(engine.directory, 'state', 'runs', run.handle.run, 'journal.jsonl'), '{"half');
    const [again] = await list.look();
    assert.notEqual(again, first);
    assert.equal(again?.run, first.run);
  });

  it('sees that somebody has taken a run, although its journal is as it was', async () => {
    const run = await engine.start('  - { id: a, run: "true" }');
    await run.finished();
    const list = new RunList(join(engine.directory, 'state'));
    assert.equal((await list.look())[0]?.holder, undefined);
    const { directory } = engine.engine.read(run.handle.run);
    for (const name of await readdir(directory)) if (name.startsWith('lock.')) await rm(join(directory, name));
    await writeFile(join(directory, 'lock.9'), JSON.stringify({ owner: thisProcess(), released: false }));
    assert.deepEqual((await list.look())[0]?.holder, thisProcess());
  });

  it('shows what cannot be read, each time anew', async () => {
    const run = await engine.start('  - { id: a, run: "true" }');
    await run.finished();
    const broken = run.handle.run.replace(/....$/, 'zzzz');
    await mkdir(join(engine.directory, 'state', 'runs', broken));
    const list = new RunList(join(engine.directory, 'state'));
    const shown = async (): Promise<unknown> => (await list.look()).find((summary) => summary.run === broken);
    const first = await shown();
    assert.notEqual(first, undefined);
    assert.notEqual(await shown(), first);
  });
});
