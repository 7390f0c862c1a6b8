import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestEngine } from '../../support/running.js';

describe('invariants of a run', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('are not judged again for a moment that is past when the run goes on half done', async () => {
    const changed = join(engine.directory, 'changed');
    const mended = join(engine.directory, 'mended');
    const steps = `  - { id: change, env: { FILE: "${changed}" }, run: 'touch "$FILE"' }\n  - { id: b, env: { FILE: "${mended}" }, run: 'cat "$FILE"' }`;
    const first = await engine.start(steps, {
      more: `invariants: [ { title: As before, at: start, holds: { file: { path: "${changed}", state: absent } } } ]\n`,
    });
    assert.equal((await first.finished()).status, 'failed');
    await writeFile(mended, '');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(
      state.invariants.map(({ moment, verdict }) => `${moment}: ${verdict}`),
      ['start: holds'],
    );
  });

  it('are judged again at the end, however often it is reached', async () => {
    const there = join(engine.directory, 'there');
    const first = await engine.start('  - { id: a, run: echo }', {
      more: `invariants: [ { title: There, at: end, holds: { file: { path: "${there}" } } } ]\n`,
    });
    assert.equal((await first.finished()).status, 'failed');
    await writeFile(there, '');
    const state = await (await engine.resume(first.handle.run)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(
      state.invariants.map(({ verdict }) => verdict),
      ['does_not_hold', 'holds'],
    );
  });
});
