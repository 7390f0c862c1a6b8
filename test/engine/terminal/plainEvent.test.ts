import assert from 'node:assert/strict';
import type { EventBody } from '../../../src/events/index.js';
import { plainEvent } from '../../../src/engine/terminal/plainEvent.js';

const HOSTILE = 'done\u001b[2J\u202E';

describe('sentences of events', () => {
  it('are plain text wherever they stand, but what programs compare stays to the last byte', () => {
    const body = {
      type: 'gate_opened',
      text: HOSTILE,
      lines: [HOSTILE, 7, null],
      failure: { message: HOSTILE, certain: true },
      values: { version: HOSTILE },
      typed: HOSTILE,
    };
    const plain = plainEvent(body as unknown as EventBody) as unknown as typeof body;
    for (const text of [plain.text, plain.lines[0], plain.failure.message]) assert.match(String(text), /^done␛\[2J<U\+202E>$/);
    assert.deepEqual([plain.lines.slice(1), plain.failure.certain], [[7, null], true]);
    assert.deepEqual([plain.values, plain.typed], [{ version: HOSTILE }, HOSTILE]);
  });
});
