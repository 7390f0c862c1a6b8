import assert from 'node:assert/strict';
import { parseFormula } from '../../../src/planner/proof/formula.js';

const atom = (cel: string): object => ({ kind: 'atom', cel });

describe('parseFormula', () => {
  it('takes an expression apart at its boolean operators', () => {
    assert.deepEqual(parseFormula('a.x && (b.y || !c.z)'), {
      kind: 'all',
      of: [atom('a.x'), { kind: 'any', of: [atom('b.y'), { kind: 'not', of: atom('c.z') }] }],
    });
    assert.deepEqual(parseFormula('a.x || b.y && c.z'), {
      kind: 'any',
      of: [atom('a.x'), { kind: 'all', of: [atom('b.y'), atom('c.z')] }],
    });
    assert.deepEqual(parseFormula('((a.x))'), atom('a.x'));
    assert.deepEqual(parseFormula('(a.x) && (b.y)'), { kind: 'all', of: [atom('a.x'), atom('b.y')] });
  });

  it('leaves quoted text, calls and choices whole', () => {
    for (const cel of ['a.x == "b && c"', "a.x == 'it\\'s || so'", 'hosts.web.all(h, h.x && h.y)', 'a.x ? b.y || c.z : d.w', '!a.x == b.y'])
      assert.deepEqual(parseFormula(cel), atom(cel));
    assert.deepEqual(parseFormula('!(a.x == "y")'), { kind: 'not', of: atom('a.x == "y"') });
  });
});
