import assert from 'node:assert/strict';
import { Examples } from './examples.js';
import { nodeRef } from './node.js';
import { ROWS } from './rows/index.js';
import { sampleOf } from './sample.js';

const SAMPLED = 20;

describe('capabilities', () => {
  it('are all there, each once', () => {
    assert.deepEqual(
      ROWS.map(({ row }) => row),
      Array.from({ length: 109 }, (_, index) => index + 1),
    );
  });

  for (const { row, capability, check } of ROWS) it(`${String(row)} ${capability}`, () => check(new Examples()));

  const { seed, rows } = sampleOf(ROWS, SAMPLED, process.env['RUNBOOK_SEED']);
  describe(`without their node, ${String(SAMPLED)} of them (RUNBOOK_SEED=${seed})`, () => {
    for (const { row, capability, node, check } of rows) {
      it(`${String(row)} ${capability}: fails without ${node}`, async () => {
        await assert.rejects(async () => {
          await check(new Examples(nodeRef(node)));
        });
      });
    }
  });
});
