import assert from 'node:assert/strict';
import { parseUseReference, resolveFile } from '../../../src/language/index.js';

describe('what `use` names', () => {
  it('is a procedure or step, a file, or both', () => {
    assert.deepEqual(parseUseReference('#stage'), { id: 'stage' });
    assert.deepEqual(parseUseReference('./part.runbook.yaml'), { file: './part.runbook.yaml' });
    assert.deepEqual(parseUseReference('../a/part.runbook.yml#stage'), { file: '../a/part.runbook.yml', id: 'stage' });
    for (const text of ['', '#', 'stage', '#Stage', 'part.yaml', '#a#b', 'x.runbook.yaml#'])
      assert.equal(parseUseReference(text), undefined, text);
  });

  it('is found from the file that names it', () => {
    assert.equal(resolveFile('/a/b/c.runbook.yaml', '../x.runbook.yaml'), '/a/x.runbook.yaml');
    assert.equal(resolveFile('file:///a/b/c.runbook.yaml', './d/e.runbook.yaml'), 'file:///a/b/d/e.runbook.yaml');
    assert.equal(resolveFile('c.runbook.yaml', 'e.runbook.yaml'), 'e.runbook.yaml');
    assert.equal(resolveFile('vscode-vfs://github/o/r/a', '../../../../b'), 'vscode-vfs://github/b');
    assert.equal(resolveFile('/a/b', '/etc/x'), '/etc/x');
  });
});
