import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { HASTY, LintTree, runbook, SOUND } from '../../support/linting.js';

describe('runbook lint: which files', () => {
  let tree: LintTree;
  before(async () => {
    tree = await LintTree.with({
      'a.runbook.yaml': runbook('a', HASTY),
      'deep/b.runbook.yml': runbook('b', HASTY),
      'deep/er/c.runbook.yaml': runbook('c', HASTY),
      'node_modules/x/d.runbook.yaml': runbook('d', HASTY),
      '.git/e.runbook.yaml': runbook('e', HASTY),
      'deep/notes.yaml': 'a: 1\n',
    });
  });
  after(() => tree.remove());

  async function named(...operands: readonly string[]): Promise<readonly string[]> {
    return (await tree.report(...operands)).findings.map(({ file }) => file);
  }

  for (const [words, files] of [
    [[], ['a.runbook.yaml', 'deep/b.runbook.yml', 'deep/er/c.runbook.yaml']],
    [['.'], ['a.runbook.yaml', 'deep/b.runbook.yml', 'deep/er/c.runbook.yaml']],
    [['deep'], ['deep/b.runbook.yml', 'deep/er/c.runbook.yaml']],
    [
      ['deep/', './deep'],
      ['deep/b.runbook.yml', 'deep/er/c.runbook.yaml'],
    ],
    [['*.yaml'], ['a.runbook.yaml']],
    [['**/*.runbook.yaml'], ['a.runbook.yaml', 'deep/er/c.runbook.yaml']],
    [['deep/*'], ['deep/b.runbook.yml']],
    [['{a,deep/b}.runbook.*'], ['a.runbook.yaml', 'deep/b.runbook.yml']],
    [['nothing/*.yaml', 'a.runbook.yaml'], ['a.runbook.yaml']],
  ] as const)
    it(`takes ${words.join(' ') || 'everything below'}`, async () => {
      assert.deepEqual(await named(...words), files);
    });

  it('names files as seen from where it is called, and takes absolute paths', async () => {
    const { out } = await tree.lintIn('deep', {}, '../a.runbook.yaml', tree.path('deep/b.runbook.yml'));
    assert.match(out, /^\.\.\/a\.runbook\.yaml:.*\nb\.runbook\.yml:/);
  });

  it('ends with 3 where nothing matches, and with 2 for what is not there or is no document', async () => {
    await mkdir(tree.path('empty'), { recursive: true });
    for (const operand of ['empty', '*.nothing']) assert.equal((await tree.lint(operand)).code, ExitCode.internal, operand);
    for (const operand of ['missing.runbook.yaml', 'missing', 'deep/notes.yaml']) {
      const { code, err } = await tree.lint(operand);
      assert.equal(code, ExitCode.usage, operand);
      assert.match(err, /See `runbook lint --help`/);
    }
  });

  it('says of which operand nothing came, and takes no empty one', async () => {
    const { code, err } = await tree.lint('a.runbook.yaml', 'zzz*', '*.yaml');
    assert.deepEqual([code, err], [ExitCode.failed, 'Nothing to check at zzz*: no *.runbook.yaml or *.inventory.yaml is there.\n']);
    const empty = await tree.lint('');
    assert.deepEqual([empty.code, empty.out], [ExitCode.usage, '']);
    assert.match(empty.err, /One of the operands is empty; name a file, a folder or a pattern\./);
  });

  it('checks standard input in the place of a file', async () => {
    const { code, out } = await tree.lintIn('.', { input: runbook('x', SOUND, HASTY) }, '-', '--stdin-filename', 'deep/new.runbook.yaml');
    assert.equal(code, ExitCode.failed);
    assert.match(out, /^deep\/new\.runbook\.yaml:14:5: warning missing-timeout/);
    for (const words of [
      ['-'],
      ['-', '--stdin-filename', 'x.yaml'],
      ['--stdin-filename', 'x.runbook.yaml'],
      ['-', 'a.runbook.yaml', '--stdin-filename', 'x.runbook.yaml'],
      ['-', '--fix', '--stdin-filename', 'x.runbook.yaml'],
    ])
      assert.equal((await tree.lintIn('.', { input: '' }, ...words)).code, ExitCode.usage, words.join(' '));
  });

  it('reads what a file uses from the whole repository, and from nowhere else', async () => {
    const use = (target: string): string => runbook('user', `  - { id: part, title: Part, use: ${target} }\n`);
    const inside = await LintTree.with({
      '.git/HEAD': '',
      'top.runbook.yaml': runbook('top', SOUND),
      'below/user.runbook.yaml': use('../top.runbook.yaml'),
    });
    const outside = await LintTree.with({
      'top.runbook.yaml': runbook('top', SOUND),
      'below/user.runbook.yaml': use('../top.runbook.yaml'),
    });
    try {
      assert.deepEqual((await inside.lintIn('below', {})).out, '1 file checked, nothing found.\n');
      assert.match((await outside.lintIn('below', {})).out, /error unreadable-use/);
    } finally {
      await inside.remove();
      await outside.remove();
    }
  });

  it('follows a link to a file of the tree, and names one that leads out of it', async () => {
    const other = await LintTree.with({ 'far.runbook.yaml': runbook('far', HASTY) });
    const links = await LintTree.with({ 'data.txt': runbook('data', HASTY) });
    try {
      await symlink('data.txt', links.path('near.runbook.yaml'));
      await symlink(other.path('far.runbook.yaml'), links.path('out.runbook.yaml'));
      await symlink('nowhere', links.path('dangling.runbook.yaml'));
      await symlink(other.folder, links.path('folder'));
      const { findings } = await links.report();
      assert.deepEqual(
        findings.map(({ file, rule }) => [file, rule]),
        [
          ['dangling.runbook.yaml', 'unreadable-file'],
          ['near.runbook.yaml', 'missing-timeout'],
          ['out.runbook.yaml', 'unreadable-file'],
        ],
      );
      for (const operand of ['folder', 'folder/far.runbook.yaml']) {
        const { code, out } = await links.lint(operand);
        assert.ok(code === ExitCode.usage || /unreadable-file/.test(out), operand);
      }
    } finally {
      await other.remove();
      await links.remove();
    }
  });
});
