import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { LintTree } from '../../support/linting.js';
import { APPLY, GATE, review, reviewed } from './reviewing.js';

const SLOWER = APPLY.replace('timeout: 1m', 'timeout: 1h');

describe('the policy of runbook diff', function () {
  this.timeout(60_000);
  let tree: LintTree;
  beforeEach(async () => {
    tree = await LintTree.with({ 'main.runbook.yaml': reviewed('main', GATE, APPLY) });
    tree.git('init', '--quiet', '--initial-branch', 'main');
  });
  afterEach(() => tree.remove());

  /** Exit code and complaint of a change, under a policy that was there before and one that the change brings. */
  async function judged(
    change: string,
    before: string | undefined,
    after: string | undefined,
    ...words: readonly string[]
  ): Promise<readonly [ExitCode, string]> {
    if (before !== undefined) await tree.write('.runbook-review.yaml', before);
    tree.commit('base');
    tree.git('checkout', '--quiet', '-b', 'work');
    await tree.write('main.runbook.yaml', change);
    if (after !== undefined) await tree.write('.runbook-review.yaml', after);
    tree.commit();
    const { code, err } = await review(tree, ['main..work', ...words]);
    return [code, err];
  }

  it('minds what is dangerous, where none is written', async () =>
    assert.deepEqual(await judged(reviewed('main', APPLY), undefined, undefined), [ExitCode.failed, '']));
  it('lets pass what is only notable, where none is written', async () =>
    assert.deepEqual(await judged(reviewed('main', GATE, SLOWER), undefined, undefined), [ExitCode.ok, '']));
  it('may mind what is notable', async () =>
    assert.deepEqual(await judged(reviewed('main', GATE, SLOWER), 'fail_on: notable\n', undefined), [ExitCode.failed, '']));
  it('may let a kind pass', async () =>
    assert.deepEqual(await judged(reviewed('main', APPLY), 'kinds: { gate-removed: allow }\n', undefined), [ExitCode.ok, '']));
  it('is that of the old commit: a change cannot weaken its own judge', async () =>
    assert.deepEqual(await judged(reviewed('main', APPLY), 'fail_on: dangerous\n', 'fail_on: never\n'), [ExitCode.failed, '']));
  it('is not brought by the change either', async () =>
    assert.deepEqual(await judged(reviewed('main', APPLY), undefined, 'fail_on: never\n'), [ExitCode.failed, '']));

  it('may be another file', async () => {
    await tree.write('elsewhere/policy.yaml', 'fail_on: never\n');
    assert.deepEqual(await judged(reviewed('main', APPLY), undefined, undefined, '--policy', 'elsewhere/policy.yaml'), [ExitCode.ok, '']);
  });

  it('is named with the place where it is wrong', async () => {
    const [code, err] = await judged(reviewed('main', APPLY), 'fail_on: dangerous\nkinds:\n  gate-remove: allow\n', undefined);
    assert.equal(code, ExitCode.usage);
    assert.match(err, /main:\.runbook-review\.yaml:3:3: there is no kind of change "gate-remove"; did you mean "gate-removed"\?/);
  });

  it('is told of when it becomes milder', async () => {
    await judged(reviewed('main', GATE, APPLY), 'fail_on: notable\n', 'fail_on: never\n');
    const { out } = await review(tree, ['main..work']);
    assert.match(out, /dangerous \.runbook-review\.yaml:1 .*notable → never/);
  });

  it('writes over nothing that is read, and no file twice', async () => {
    await tree.write('mine.yaml', 'fail_on: dangerous\n');
    for (const words of [
      ['-o', 'main.runbook.yaml'],
      ['--policy', 'mine.yaml', '-o', './mine.yaml'],
      ['-o', '.runbook-review.yaml'],
      ['--format', 'json', '-o', 'x.json', '--format', 'markdown', '-o', './x.json'],
    ]) {
      const { code, err } = await review(tree, ['main..work', ...words]);
      assert.equal(code, ExitCode.usage, words.join(' '));
      assert.match(err, /would take the place of a file that is read|given twice/);
    }
    assert.equal(await readFile(tree.path('mine.yaml'), 'utf8'), 'fail_on: dangerous\n');
  });

  it('writes several formats at once, each into its file', async () => {
    await judged(reviewed('main', APPLY), undefined, undefined);
    const { code, out } = await review(tree, [
      'main..work',
      '--format',
      'json',
      '-o',
      'diff.json',
      '--format',
      'markdown',
      '-o',
      'diff.md',
      '--format',
      'github',
    ]);
    assert.equal(code, ExitCode.failed);
    assert.match(out, /^::error file=main\.runbook\.yaml,line=6,/);
    assert.equal((JSON.parse(await readFile(tree.path('diff.json'), 'utf8')) as { format: number }).format, 1);
    assert.match(await readFile(tree.path('diff.md'), 'utf8'), /^## What this change means\n/);
  });
});
