import assert from 'node:assert/strict';
import { baselineOf } from './support/baseline.js';
import type { Baseline } from './support/baseline.js';
import { Bench, journeyOf } from './support/journey.js';
import { Ordeal } from './support/ordeal.js';
import { randomNumbers } from './support/randomNumbers.js';

/** Two labs at a time; each lets a run end before it counts how often its runner was killed. */
const LABS = [
  { subnet: '127.70', seed: 20261121 },
  { subnet: '127.71', seed: 19990101 },
];
const KILLS_IN_EACH = 25;

describe('the runner is killed at random moments', function () {
  this.timeout(600_000);

  it(`${String(LABS.length * KILLS_IN_EACH)} kills: every run goes on, nothing shown as done is lost, nothing is done twice unasked`, async () => {
    const benches = await Promise.all(LABS.map(({ subnet }) => Bench.open(journeyOf('sps', 'lab_pair_minions'), subnet)));
    try {
      const [first] = benches;
      assert.ok(first);
      const baseline = await baselineOf(first);
      await Promise.all(benches.map((bench, index) => killOften(bench, baseline, LABS[index]?.seed ?? 0)));
    } finally {
      await Promise.all(benches.map((bench) => bench.close()));
    }
  });
});

async function killOften(bench: Bench, baseline: Baseline, seed: number): Promise<void> {
  const random = randomNumbers(seed);
  for (let kills = 0; kills < KILLS_IN_EACH;) {
    await bench.lab.reset();
    const ordeal = new Ordeal(bench, baseline, random, KILLS_IN_EACH - kills);
    await ordeal.endure();
    ordeal.judge();
    kills += ordeal.kills;
  }
}
