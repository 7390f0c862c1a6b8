import assert from 'node:assert/strict';
import { Slots } from '../../../../src/engine/transports/ssh/slots.js';

describe('slots', () => {
  it('given back twice are free once', async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    const giveBack = await slots.take();
    const second = slots.take().then((give) => {
      order.push('second');
      return give;
    });
    const third = slots.take().then(() => order.push('third'));
    giveBack();
    giveBack();
    const giveSecondBack = await second;
    await new Promise(setImmediate);
    assert.deepEqual(order, ['second']);
    giveSecondBack();
    await third;
    assert.deepEqual(order, ['second', 'third']);
  });
});
