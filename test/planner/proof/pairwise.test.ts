import assert from 'node:assert/strict';
import { combinations, pairwise } from '../../../src/planner/proof/pairwise.js';

describe('combinations', () => {
  it('are all of them while there are few', () => {
    assert.deepEqual(
      [...combinations([2, 3])],
      [
        [0, 0],
        [0, 1],
        [0, 2],
        [1, 0],
        [1, 1],
        [1, 2],
      ],
    );
    assert.deepEqual([...combinations([])], [[]]);
    assert.equal([...combinations(Array<number>(12).fill(2))].length, 4096);
  });

  it('cover every pair when there are many, with far fewer rows', () => {
    for (const sizes of [Array<number>(13).fill(2), [3, 4, 5, 6, 2, 7, 3], [30, 40, 10]]) {
      const rows = [...combinations(sizes)];
      assert.deepEqual(rows, pairwise(sizes));
      assert.ok(rows.length < 1500, String(rows.length));
      for (let a = 0; a < sizes.length; a++) {
        for (let b = a + 1; b < sizes.length; b++) {
          const pairs = new Set(rows.map((row) => `${String(row[a])},${String(row[b])}`));
          assert.equal(pairs.size, (sizes[a] ?? 0) * (sizes[b] ?? 0));
        }
      }
    }
  });

  it('are few for hundreds of unknowns, and have each value at least once for thousands', () => {
    const rows = pairwise(Array<number>(300).fill(2));
    assert.ok(rows.length < 40, String(rows.length));
    const sizes = [2500, 2, 1700];
    const each = pairwise(sizes);
    assert.equal(each.length, 2500);
    sizes.forEach((size, at) => assert.equal(new Set(each.map((row) => row[at])).size, size));
  });
});
