import assert from 'node:assert/strict';
import { Bench, JOURNEYS } from './support/journey.js';

describe('every example on the lab, through the command line', function () {
  this.timeout(300_000);

  for (const [index, journey] of JOURNEYS.entries()) {
    it(`${journey.folder} on ${journey.inventory}`, async () => {
      const bench = await Bench.open(journey, `127.${String(50 + index)}`);
      try {
        const result = await bench.run();
        assert.equal(result.code, 0, result.out + result.err);
        assert.deepEqual(bench.verdict(), []);
      } finally {
        await bench.close();
      }
    });
  }

  it('urbancode-ha over real OpenSSH servers', async () => {
    const journey = JOURNEYS.find((candidate) => candidate.inventory === 'lab_three.inventory.yaml');
    assert.ok(journey);
    const bench = await Bench.open(journey, '127.59', 'openssh');
    try {
      const result = await bench.run();
      assert.equal(result.code, 0, result.out + result.err);
      assert.deepEqual(bench.verdict(), []);
    } finally {
      await bench.close();
    }
  });
});
