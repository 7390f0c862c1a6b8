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
