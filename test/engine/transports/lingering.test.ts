import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lingering } from '../../../src/engine/transports/lingering.js';

describe('output that stays open after its command', () => {
  it('is not left where the line is gone: that closes it', async () => {
    let [asked, left] = [0, 0];
    const lingering = new Lingering(() => {
      asked += 1;
      return Promise.reject(new Error('the line is dead'));
    });
    lingering.ended(() => (left += 1));
    for (let tries = 0; tries < 100 && asked === 0; tries++) await sleep(50);
    await sleep(600);
    lingering.closed();
    assert.deepEqual([asked, left], [1, 0]);
  }).timeout(20_000);
});
