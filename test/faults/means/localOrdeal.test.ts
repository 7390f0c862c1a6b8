import assert from 'node:assert/strict';
import { appendFile, rm } from 'node:fs/promises';
import { LocalBench } from './localBench.js';
import { LocalOrdeal } from './localOrdeal.js';
import { SHAPES } from './shapes.js';
import type { Shape } from './shapes.js';

/** The judge of the laboratory is judged: what must not be is done to a run that succeeded. */
describe('the judge of a run in the laboratory', function () {
  this.timeout(120_000);
  let bench: LocalBench;
  let ordeal: LocalOrdeal;
  beforeEach(async () => {
    bench = new LocalBench(SHAPES[0] as Shape);
    ordeal = new LocalOrdeal(bench);
    await ordeal.outlast(ordeal.next());
  });
  afterEach(() => {
    bench.close();
  });

  it('has nothing to say of a run that went well', async () => {
    await ordeal.finish();
    assert.deepEqual(ordeal.wrong, []);
    assert.deepEqual(bench.acts(), bench.shape.acts);
  });

  it('sees an act that was done twice', async () => {
    await appendFile(bench.counter, 'b one\n');
    await ordeal.finish();
    assert.deepEqual(ordeal.wrong, ['"b one" was done 2 times, 1 at most were asked for']);
  });

  it('sees that an act is missing', async () => {
    await rm(bench.counter);
    await ordeal.finish();
    assert.match(ordeal.wrong.join('\n'), /the run has succeeded, but "a one" was never done/);
  });

  it('sees that a run is lost in which something was shown as done, and its acts with it', async () => {
    await rm(bench.stateDirectory, { recursive: true });
    await ordeal.finish();
    assert.match(ordeal.wrong.join('\n'), /"a one" was done 2 times/);
  });
});
