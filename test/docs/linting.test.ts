import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { LintTree } from '../support/linting.js';

const page = readFileSync('docs/linting.md', 'utf8');

function example(kind: string): string {
  const text = new RegExp(`\`\`\`yaml ${kind}\n([^]*?)\`\`\``).exec(page)?.[1];
  assert.ok(text !== undefined, kind);
  return text;
}

describe('examples in docs/linting.md', () => {
  let tree: LintTree;
  beforeEach(async () => (tree = await LintTree.with({ 'sample.runbook.yaml': example('runbook') })));
  afterEach(() => tree.remove());

  it('the comments silence all there is to find, and none is in vain', async () => {
    const { findings, hidden } = await tree.report();
    assert.deepEqual(findings, []);
    assert.ok(hidden.suppressed >= 3);
    await tree.write('sample.runbook.yaml', example('runbook').replace(/ *# runbook-lint-ignore.*/g, ''));
    assert.equal((await tree.report()).findings.length, hidden.suppressed);
  });

  it('the configuration is sound', async () => {
    await tree.write('.runbook-lint.yaml', example('configuration'));
    assert.deepEqual((await tree.report()).findings, []);
  });
});
