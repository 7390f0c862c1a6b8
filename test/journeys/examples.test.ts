import assert from 'node:assert/strict';
import type { FrontDoorKind } from '../../lab/index.js';
import { Bench, JOURNEYS, journeyOf, runId } from './support/journey.js';
import type { Journey } from './support/journey.js';

describe('every example on the lab, through the command line', function () {
  this.timeout(180_000);

  for (const [index, journey] of JOURNEYS.entries()) {
    it(`${journey.folder} on ${journey.inventory}`, () => succeeds(journey, `127.${String(50 + index)}`, 'ssh2'));
  }

  it('urbancode-ha on lab_three.inventory.yaml, over real OpenSSH servers', () =>
    succeeds(journeyOf('urbancode-ha', 'lab_three'), '127.59', 'openssh'));
});

/** Runs an example to its end, and asks the lab what it thinks of it. */
async function succeeds(journey: Journey, subnet: string, frontDoor: FrontDoorKind): Promise<void> {
  const bench = await Bench.open(journey, subnet, frontDoor);
  try {
    const result = await bench.runAll();
    assert.equal(result.code, 0, result.out + result.err);
    assert.deepEqual(bench.verdict(runId(result)), []);
  } finally {
    await bench.close();
  }
}
