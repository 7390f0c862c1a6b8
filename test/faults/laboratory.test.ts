import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultCase, Row, Verdict } from './row.js';
import { Laboratory } from './runner/laboratory.js';
import { parseOptions, UsageError } from './runner/options.js';
import { pageWith } from './runner/page.js';
import { ResultFile } from './runner/results.js';

const HELD: Verdict = { kind: 'held' };

describe('the fault laboratory', () => {
  let directory: string;
  let results: ResultFile;
  let said: string[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'laboratory-'));
    results = new ResultFile(join(directory, 'pr.jsonl'));
    said = [];
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  });

  function laboratory(words = ''): Laboratory {
    const options = parseOptions(words === '' ? [] : words.split(' '), ['coins']);
    return new Laboratory(options, results, (text) => said.push(text));
  }

  it('tries every case once, and sums up what was measured', async () => {
    const tried: number[] = [];
    const row = rowOf(7, async ({ index }) => {
      tried.push(index);
      return { kind: 'held', measured: { records: 2, growth_mb: index } };
    });
    assert.deepEqual(await counts(laboratory(), row), { passed: 1, failed: 0, skipped: 0 });
    assert.deepEqual(tried, [0, 1, 2, 3, 4, 5, 6]);
    assert.match(said.at(-1) ?? '', /✓ coins: 7 of 7 cases, 0 broken, 14 records, growth up to 6 MB, .* s, seed 20261121$/);
  });

  it('gives what broke to the summary of all tests', async () => {
    const { broken } = await laboratory('--seed 4').try([rowOf(2, async () => ({ kind: 'broken', what: 'rolled away' }))]);
    assert.deepEqual(broken, ['coins, case 0, seed 4: rolled away', 'coins, case 1, seed 4: rolled away']);
  });

  it('says of a broken case what it was and how to play it again, and the same case comes again', async () => {
    const drawn = new Map<string, number>();
    const row = rowOf(5, async ({ index, random }) => {
      const number = random();
      if (index === 3) {
        drawn.set(`${String(index)} ${String(drawn.size)}`, number);
        throw new Error('fell on its edge');
      }
      return HELD;
    });
    assert.deepEqual(await counts(laboratory('--seed 4'), row), { passed: 0, failed: 1, skipped: 0 });
    const again = said.find((text) => text.includes('again:')) ?? '';
    assert.match(said.join('\n'), /✗ case 3: Error: fell on its edge/);
    assert.match(again, /again: npm run faults -- --profile pr --row coins --case 3 --seed 4$/);
    await laboratory(again.slice(again.indexOf('--profile'))).try([row]);
    assert.equal(new Set(drawn.values()).size, 1);
    assert.equal(drawn.size, 2);
    assert.deepEqual(
      results
        .read()
        .get('coins')
        ?.broken.map((broken) => broken.case),
      [3],
    );
  });

  it('counts what a case throws in a timer, and a case that does not end, as broken', async () => {
    const row: Row = {
      ...rowOf(2, ({ index }) => {
        if (index === 0)
          setTimeout(() => {
            throw new Error('out of a timer');
          });
        return new Promise(() => undefined);
      }),
      limitMs: 200,
    };
    const mochas = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    try {
      assert.deepEqual(await counts(laboratory(), row), { passed: 0, failed: 1, skipped: 0 });
    } finally {
      for (const listener of mochas) process.on('uncaughtException', listener);
    }
    assert.match(said.join('\n'), /case 0: thrown outside of the case: Error: out of a timer[^]*case 1: has not ended within 0.2 s/);
  });

  it('goes on where an interrupted row ended, with its seed', async () => {
    const tried: number[] = [];
    const first = laboratory('--seed 9');
    const row = rowOf(6, async ({ index }) => {
      tried.push(index);
      if (index === 2) first.interrupt();
      return { kind: 'held', measured: { turns: 1 } };
    });
    assert.deepEqual(await counts(first, row), { passed: 0, failed: 0, skipped: 1 });
    assert.match(said.at(-1) ?? '', /UNFINISHED coins: 3 of 6 cases/);
    assert.deepEqual(await counts(laboratory('--resume'), row), { passed: 1, failed: 0, skipped: 0 });
    assert.deepEqual(tried, [0, 1, 2, 3, 4, 5]);
    assert.match(said.at(-1) ?? '', /6 of 6 cases, 0 broken, 6 turns, .*seed 9$/);
  });

  it('remembers at a resume what was broken before', async () => {
    const first = laboratory();
    const row = rowOf(4, async ({ index }) => {
      if (index === 1) first.interrupt();
      return index === 0 ? { kind: 'broken', what: 'lost' } : HELD;
    });
    await first.try([row]);
    assert.deepEqual(await counts(laboratory('--resume'), row), { passed: 0, failed: 1, skipped: 0 });
  });

  it('begins no case after its budget, and no row passes untried', async () => {
    const row = rowOf(3, async () => HELD);
    assert.deepEqual(await counts(laboratory('--budget 0'), row), { passed: 0, failed: 0, skipped: 1 });
    assert.equal(results.read().get('coins')?.done, 0);
  });

  it('skips a row whose means are missing, and says why', async () => {
    const row: Row = { ...rowOf(3, async () => HELD), missing: async () => 'there is no mint' };
    assert.deepEqual(await counts(laboratory(), row), { passed: 0, failed: 0, skipped: 1 });
    assert.match(said.join('\n'), /SKIPPED, nothing was tried: there is no mint/);
    assert.equal(results.read().get('coins')?.skipped, 'there is no mint');
  });

  it('fails a row whose means cannot be made ready', async () => {
    const row: Row = { ...rowOf(3, async () => HELD), open: () => Promise.reject(new Error('no metal')) };
    assert.deepEqual(await counts(laboratory(), row), { passed: 0, failed: 1, skipped: 0 });
  });

  it('tries cases side by side where a row allows it, and counts them all', async () => {
    let busy = 0;
    let most = 0;
    const row: Row = {
      ...rowOf(9, async ({ random }) => {
        most = Math.max(most, (busy += 1));
        await new Promise((resolve) => setTimeout(resolve, random() * 20));
        busy -= 1;
        return HELD;
      }),
      concurrency: 3,
    };
    assert.deepEqual(await counts(laboratory(), row), { passed: 1, failed: 0, skipped: 0 });
    assert.equal(most, 3);
    assert.equal(results.read().get('coins')?.done, 9);
  });

  it('writes what is kept into the page, between its markers', async () => {
    await laboratory().try([rowOf(2, async () => HELD)]);
    const page = 'before\n<!-- results of the fault laboratory -->\nold\n<!-- end of the results -->\nafter\n';
    const written = pageWith(page, 'pr', [rowOf(2, async () => HELD), { ...rowOf(1, async () => HELD), id: 'dice' }], results.read());
    assert.match(written, /^before\n[^]*\| `coins` \| a coin is tossed \| it lands \| 2 \| 0 \|[^]*\| `dice` \|[^]*not tried[^]*after\n$/);
    assert.doesNotMatch(written, /old/);
  });

  for (const words of ['--row cards', '--case 3', '--row coins --case x', '--profile daily', '--fast'])
    it(`refuses ${words}`, () => {
      assert.throws(() => parseOptions(words.split(' '), ['coins']), UsageError);
    });
});

async function counts(tried: Laboratory, row: Row): Promise<object> {
  const { passed, failed, skipped } = await tried.try([row]);
  return { passed, failed, skipped };
}

function rowOf(cases: number, run: (fault: FaultCase) => Promise<Verdict>): Row {
  return {
    id: 'coins',
    title: 'a coin is tossed',
    must: 'it lands',
    cases: { pr: cases, nightly: cases },
    missing: async () => undefined,
    open: async () => ({ run, close: async () => undefined }),
  };
}
