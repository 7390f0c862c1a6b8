import assert from 'node:assert/strict';
import type { RunSummary } from '../../../src/engine/index.js';
import { InterruptedNews } from '../../../src/extension/runs/interruptedNews.js';
import type { Memory } from '../../../src/extension/runs/interruptedNews.js';

function summary(run: string, more: Partial<RunSummary> = {}): RunSummary {
  const about = { title: 'Upgrade', environment: 'Staging', done: 1, total: 3, unknown: 0 };
  return { run, status: 'interrupted', resumable: true, epoch: 1, ...about, ...more };
}

/** Remembers, and takes its time to. */
function slowMemory(): Memory {
  const kept = new Map<string, readonly string[]>();
  return {
    get: (key, absent) => kept.get(key) ?? absent,
    update: async (key, value) => {
      await new Promise((resolve) => setImmediate(resolve));
      kept.set(key, value);
    },
  };
}

describe('news of interrupted runs', () => {
  it('are told once, also when two ask at the same time, and the runs are listed once for each', async () => {
    let listed = 0;
    const news = new InterruptedNews(slowMemory(), async () => {
      listed += 1;
      return [summary('a'), summary('b', { status: 'succeeded', resumable: false }), summary('c', { resumable: false })];
    });
    const both = await Promise.all([news.take(), news.take()]);
    assert.deepEqual(
      both.map((runs) => runs.map(({ run }) => run)),
      [['a'], []],
    );
    assert.equal(listed, 2);
  });

  it('come again when a run that was resumed is interrupted once more', async () => {
    const runs = [summary('a')];
    const news = new InterruptedNews(slowMemory(), async () => runs);
    assert.equal((await news.take()).length, 1);
    runs[0] = summary('a', { epoch: 2 });
    assert.equal((await news.take()).length, 1);
    assert.equal((await news.take()).length, 0);
  });

  it('are asked for again after the runs could not be listed', async () => {
    let broken = true;
    const news = new InterruptedNews(slowMemory(), async () => {
      if (broken) throw new Error('the disk is gone');
      return [summary('a')];
    });
    await assert.rejects(news.take(), /the disk is gone/);
    broken = false;
    assert.equal((await news.take()).length, 1);
  });
});
