import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { commitOf, commonAncestor, objectNameOf, readObjects, readRevision } from '../../../src/cli/git/revision.js';
import { findGit } from '../../../src/cli/git/runGit.js';
import type { Git } from '../../../src/cli/git/runGit.js';
import { LintTree } from '../../support/linting.js';

const NAMES = ['plain.yaml', 'ne\nw "quoted".yaml', 'ü/💥.yaml', '-flag.yaml', 'with\ttab.yaml'];

describe('reading a commit', () => {
  let tree: LintTree;
  afterEach(() => tree.remove());

  async function repository(format: 'sha1' | 'sha256'): Promise<Git> {
    tree = await LintTree.with(Object.fromEntries(NAMES.map((name, index) => [name, `a: ${String(index)}\r\n# ü\n`.repeat(index)])));
    await symlink('plain.yaml', tree.path('link.yaml'));
    tree.git('init', '--quiet', `--object-format=${format}`);
    tree.commit();
    const git = await findGit(tree.folder, process.env, tree.folder);
    assert.ok(git !== undefined);
    return git;
  }

  for (const format of ['sha1', 'sha256'] as const)
    it(`gives the texts of plain files by their names, with ${format}`, async () => {
      const git = await repository(format);
      const { id, files } = await readRevision(git, await commitOf(git, 'HEAD', 'lint'));
      assert.equal(id, tree.git('rev-parse', 'HEAD'));
      assert.deepEqual([...files.keys()].sort(), [...NAMES].sort(), 'no link among them');
      const texts = await readObjects(git, [...files.values()]);
      for (const [index, name] of NAMES.entries()) {
        const text = `a: ${String(index)}\r\n# ü\n`.repeat(index);
        const object = files.get(name) ?? '';
        assert.equal(texts.get(object), text);
        assert.equal(objectNameOf(Buffer.from(text), object), object);
      }
    });

  it('says which object or commit is missing', async () => {
    const git = await repository('sha1');
    await assert.rejects(readObjects(git, ['0'.repeat(40)]), /git has no object 0{40} here/);
    await assert.rejects(commitOf(git, 'nowhere', 'lint'), /nowhere is no commit that is known here/);
    const head = await commitOf(git, 'HEAD', 'lint');
    assert.equal(await commonAncestor(git, head, head, 'lint'), head);
    assert.deepEqual(await readObjects(git, []), new Map());
  });

  it('advises what helps for a name that is not known', async () => {
    const git = await repository('sha1');
    await tree.write('plain.yaml', 'a: 2');
    tree.commit();
    tree.git('clone', '--quiet', '--depth=1', `file://${tree.folder}`, 'shallow');
    const clone = await findGit(tree.path('shallow'), process.env, tree.path('shallow'));
    assert.ok(clone !== undefined);
    const full = '1'.repeat(40);
    for (const [asked, name, says] of [
      [
        git,
        'nowhere',
        /^nowhere is no commit that is known here\. Look at how it is spelt: git branch --all and git tag list the names\.$/,
      ],
      [git, 'HEAD~9', /^HEAD~9 is no commit that is known here\. Look at its history: git log HEAD\.$/],
      [git, '', /^The name of a commit is empty; write a branch, a tag or a commit\.$/],
      [clone, 'origin/base', /Fetch it first: git fetch origin base\.$/],
      [clone, 'origin/base~3', /^origin\/base is no commit .* git fetch origin base\.$/],
      [clone, 'base', /Fetch it first: git fetch origin base\. If it is a branch, name it origin\/base then\.$/],
      [clone, 'HEAD~1', /Fetch more history: git fetch --unshallow\.$/],
      [clone, 'a..b', /Look at how it is spelt/],
      [clone, '--force', /Look at how it is spelt/],
      [clone, full, new RegExp(`git fetch origin ${full}\\.$`)],
      [clone, 'abcdef1', /Write it with all of its digits/],
    ] as const)
      await assert.rejects(commitOf(asked, name, 'lint'), (error: Error) => says.test(error.message), `${name}: ${String(says)}`);
  });

  it('says that there is no commit yet', async () => {
    tree = await LintTree.with({ 'a.yaml': '' });
    tree.git('init', '--quiet');
    const git = await findGit(tree.folder, process.env, tree.folder);
    assert.ok(git !== undefined);
    for (const name of ['HEAD', 'HEAD~1', '@'])
      await assert.rejects(
        commitOf(git, name, 'lint'),
        /is no commit, because this repository has none yet\. Commit something first\.$/,
        name,
      );
  });

  it('is not led elsewhere by the variables of a hook', async () => {
    await repository('sha1');
    const env = {
      ...process.env,
      GIT_DIR: '/nowhere',
      GIT_WORK_TREE: '/nowhere',
      GIT_INDEX_FILE: '/nowhere',
      GIT_OBJECT_DIRECTORY: '/nowhere',
    };
    const git = await findGit(tree.folder, env, tree.folder);
    assert.ok(git !== undefined);
    assert.equal(await commitOf(git, 'HEAD', 'lint'), tree.git('rev-parse', 'HEAD'));
  });
});
