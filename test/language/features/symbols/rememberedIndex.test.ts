import assert from 'node:assert/strict';
import { rememberedIndex } from '../../../../src/language/features/symbols/rememberedIndex.js';
import { runbookTable } from '../../../../src/language/features/symbols/runbookTable.js';
import type { SymbolTable } from '../../../../src/language/features/symbols/symbol.js';
import { readSyntax } from '../../../../src/language/parser/readSyntax.js';

function table(file: string, text: string): [string, SymbolTable] {
  return [file, runbookTable(file, text, readSyntax(text))];
}

describe('the index over all names', () => {
  const a = table('/a.runbook.yaml', 'runbook: v1\ninputs: { x: { type: string } }\nsteps: []\n');
  const b = table('/b.runbook.yaml', 'runbook: v1\nsteps: []\n');

  it('is made once for the same tables, and anew when one of them is another, gone, or in another place', () => {
    const indexOf = rememberedIndex();
    const first = indexOf(new Map([a, b]));
    assert.equal(indexOf(new Map([a, b])), first);
    const others = [[a], [b, a], [a, table('/b.runbook.yaml', 'runbook: v1\nsteps: []\n')], [a, b]];
    let before = first;
    for (const tables of others) {
      const index = indexOf(new Map(tables));
      assert.notEqual(index, before);
      assert.deepEqual([...index.tables], tables);
      before = index;
    }
  });
});
