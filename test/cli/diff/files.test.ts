import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { LintTree } from '../../support/linting.js';
import { APPLY, changesIn, GATE, LAB, review, reviewed, reviewJson } from './reviewing.js';

describe('runbook diff of two files', () => {
  let tree: LintTree;
  let other: LintTree;
  beforeEach(async () => {
    tree = await LintTree.with({
      'old.runbook.yaml': reviewed('main', GATE, APPLY),
      'new.runbook.yaml': reviewed('main', APPLY),
      'lab.inventory.yaml': LAB,
      'wide.inventory.yaml': LAB.replace('hosts: { a: {}, b: {} }', 'hosts: { a: {}, b: {}, c: {} }'),
    });
    other = await LintTree.with({
      'old.runbook.yaml': reviewed('main', GATE, '  - { id: all, title: All, use: ./part.runbook.yaml }\n'),
      'part.runbook.yaml': reviewed('part', APPLY),
    });
  });
  afterEach(async () => {
    await tree.remove();
    await other.remove();
  });

  it('says what the second one means otherwise', async () => {
    const report = await reviewJson(tree, ['old.runbook.yaml', 'new.runbook.yaml']);
    assert.deepEqual(changesIn(report), ['new.runbook.yaml:6 dangerous gate-removed']);
    assert.deepEqual(
      report.documents.map(({ file, old_file: old }) => [old, file]),
      [['old.runbook.yaml', 'new.runbook.yaml']],
    );
    assert.equal((await review(tree, ['old.runbook.yaml', 'new.runbook.yaml'])).code, ExitCode.failed);
    assert.equal((await review(tree, ['new.runbook.yaml', './old.runbook.yaml'])).code, ExitCode.ok);
  });

  it('reads files of another tree, with what they use there', async () => {
    const report = await reviewJson(tree, [other.path('old.runbook.yaml'), 'new.runbook.yaml']);
    assert.deepEqual(changesIn(report), ['new.runbook.yaml:6 dangerous gate-removed', 'new.runbook.yaml:6 harmless moved']);
  });

  it('compares inventories', async () =>
    assert.deepEqual(changesIn(await reviewJson(tree, ['lab.inventory.yaml', 'wide.inventory.yaml'])), [
      'wide.inventory.yaml:5 dangerous hosts-widened',
    ]));

  it('compares plans for an environment on this machine', async () => {
    const { documents } = await reviewJson(tree, ['old.runbook.yaml', 'new.runbook.yaml', '--inventory', 'lab.inventory.yaml']);
    assert.deepEqual(
      documents[0]?.environment?.deltas[0]?.lines.map(({ what }) => what),
      ['gate "Ask somebody"'],
    );
  });

  it('takes the policy of the folder it is called in', async () => {
    await tree.write('.runbook-review.yaml', 'fail_on: never\n');
    assert.equal((await review(tree, ['old.runbook.yaml', 'new.runbook.yaml'])).code, ExitCode.ok);
  });

  it('follows no link out of the tree', async () => {
    await symlink(other.path('part.runbook.yaml'), tree.path('out.runbook.yaml'));
    const { code, err } = await review(tree, ['old.runbook.yaml', 'out.runbook.yaml']);
    assert.equal(code, ExitCode.usage);
    assert.match(err, /out\.runbook\.yaml cannot be read: it leads out of its tree/);
  });

  for (const [name, words, says] of [
    ['a runbook and an inventory', ['old.runbook.yaml', 'lab.inventory.yaml'], /A runbook is compared with a runbook/],
    ['a file that is not there', ['old.runbook.yaml', 'no.runbook.yaml'], /no\.runbook\.yaml cannot be read/],
    ['a file of another kind', ['old.runbook.yaml', 'README.md'], /README\.md is neither a runbook nor an inventory/],
  ] as const)
    it(`refuses ${name}`, async () => {
      const { code, err } = await review(tree, words);
      assert.equal(code, ExitCode.usage);
      assert.match(err, says);
    });
});
