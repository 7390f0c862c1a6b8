import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAt, treeWorkspace } from '../../src/cli/lint/tree.js';
import { fileWorkspace, isInside } from '../../src/cli/workspace.js';

describe('files of this machine', () => {
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
    writeFileSync(join(folder, 'plain.txt'), 'plain');
    writeFileSync(join(folder, 'large.txt'), '');
    truncateSync(join(folder, 'large.txt'), 17 * 1024 * 1024);
    mkdirSync(join(folder, 'folder'));
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe')]);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are read where they are plain files of a sensible size, and nothing else is opened', async () => {
    for (const workspace of [fileWorkspace, treeWorkspace([folder])]) {
      assert.equal(await workspace.readText(join(folder, 'plain.txt')), 'plain');
      for (const name of ['large.txt', 'folder', 'pipe', 'missing.txt', 'plain.txt/below'])
        assert.equal(await workspace.readText(join(folder, name)), undefined, name);
    }
  });

  it('are told apart by what they are', async () => {
    const kinds = ['plain.txt', 'large.txt', 'folder', 'missing.txt', '../elsewhere.txt'].map(
      async (name) => (await lookAt(join(folder, name), [folder])).kind,
    );
    assert.deepEqual(await Promise.all(kinds), ['file', 'too-large', 'special', 'missing', 'outside']);
  });

  it('lie in a folder or beside it, going by their names', () => {
    for (const path of [folder, join(folder, 'a'), join(folder, '..a'), join(folder, 'a/../b')]) assert.ok(isInside(folder, path), path);
    for (const path of [join(folder, '..'), join(folder, '../b'), `${folder}b`, '/']) assert.ok(!isInside(folder, path), path);
  });
});
