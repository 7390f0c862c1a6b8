import assert from 'node:assert/strict';
import { choicesOf } from '../../../src/extension/compare/choices.js';
import { revisionWorkspace } from '../../../src/extension/compare/revisionWorkspace.js';

describe('what a runbook may be compared with', () => {
  it('is the last commit, the trunk, the other branches, tags, and a file', () => {
    const choices = choicesOf(
      [
        { name: 'v1', kind: 'tag', commit: '0123456789abcdef' },
        { name: 'origin/topic', kind: 'remote branch', commit: undefined },
        { name: 'origin/HEAD', kind: 'remote branch', commit: undefined },
        { name: 'origin/main', kind: 'remote branch', commit: undefined },
        { name: 'topic', kind: 'branch', commit: 'fedcba9876543210' },
        { name: 'main', kind: 'tag', commit: undefined },
        { name: 'main', kind: 'branch', commit: undefined },
      ],
      'topic',
    );
    assert.deepEqual(
      choices.map(({ label, description, revision }) => [label, description, revision]),
      [
        ['HEAD', 'the last commit of topic', 'HEAD'],
        ['main', 'branch', 'refs/heads/main'],
        ['origin/main', 'remote branch', 'refs/remotes/origin/main'],
        ['topic', 'branch, fedcba98', 'refs/heads/topic'],
        ['origin/topic', 'remote branch', 'refs/remotes/origin/topic'],
        ['v1', 'tag, 01234567', 'refs/tags/v1'],
        ['main', 'tag', 'refs/tags/main'],
        ['A file…', 'another version of the runbook', undefined],
      ],
    );
  });

  it('is never something that git would take for an option', () => {
    const choices = choicesOf([{ name: '--output=x', kind: 'branch', commit: undefined }], undefined);
    assert.deepEqual(
      choices.map(({ label }) => label),
      ['HEAD', 'A file…'],
    );
  });
});

describe('files at a revision', () => {
  const asked: string[] = [];
  const workspace = revisionWorkspace(
    {
      root: '/repo',
      textAt: async (revision, path) => {
        asked.push(`${revision}:${path}`);
        return path === '/repo/..a/b' ? 'text' : undefined;
      },
    },
    'main',
  );

  it('are read under the names they have now', async () => {
    assert.equal(await workspace.readText('/repo/..a/b'), 'text');
    assert.equal(await workspace.readText('/repo/none'), undefined);
    assert.deepEqual(asked, ['main:/repo/..a/b', 'main:/repo/none']);
  });

  it('are not read outside the repository', async () => {
    asked.length = 0;
    for (const file of ['/etc/passwd', '/repo/../x', '/repository/x', '/repo']) assert.equal(await workspace.readText(file), undefined);
    assert.deepEqual(asked, []);
  });
});
