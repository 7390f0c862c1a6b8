import assert from 'node:assert/strict';
import { lstat, mkdir, readFile, symlink } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { HASTY, LintTree, runbook } from '../../support/linting.js';

describe('runbook lint: where findings go', () => {
  let tree: LintTree;
  beforeEach(async () => (tree = await LintTree.with({ 'a.runbook.yaml': runbook('a', HASTY) })));
  afterEach(() => tree.remove());

  it('writes each format to the file behind it, and one to standard output', async () => {
    const { code, out } = await tree.lint(
      '--format',
      'sarif',
      '-o',
      'out.sarif',
      '--format',
      'github',
      '--format=junit',
      '--output',
      'out.xml',
    );
    assert.equal(code, ExitCode.failed);
    assert.match(out, /^::warning file=a\.runbook\.yaml/);
    assert.equal((JSON.parse(await readFile(tree.path('out.sarif'), 'utf8')) as { version: string }).version, '2.1.0');
    assert.match(await readFile(tree.path('out.xml'), 'utf8'), /^<\?xml/);
  });

  it('writes what people read where only a file is named, and nothing else', async () => {
    const { out } = await tree.lint('-o', 'out.txt');
    assert.equal(out, '');
    assert.match(await readFile(tree.path('out.txt'), 'utf8'), /^a\.runbook\.yaml:9:5: warning/);
    assert.match((await tree.lint('--format', 'json', '-o', '-')).out, /^\{/);
  });

  for (const words of [
    ['--format', 'xml'],
    ['--format', 'json', '--format', 'sarif'],
    ['-o', 'a', '-o', 'b'],
    ['--format', 'json', '-o', 'a', '--format', 'sarif', '-o', 'a'],
    ['-o', '/dev/stdout'],
    ['-o', 'missing/folder/out.txt'],
    ['--write-baseline'],
    ['--baseline', 'none.json'],
    ['--yes'],
  ])
    it(`refuses ${words.join(' ')}`, async () => {
      const { code, out, err } = await tree.lint(...words);
      assert.deepEqual([code, out], [ExitCode.usage, '']);
      assert.match(err, /^runbook: .+ See `runbook lint --help`\.\n$/);
    });

  it('replaces a symbolic link instead of writing through it, and leaves no draft behind', async () => {
    await tree.write('target.txt', 'untouched');
    await symlink('target.txt', tree.path('out.txt'));
    await tree.lint('-o', 'out.txt');
    assert.equal(await readFile(tree.path('target.txt'), 'utf8'), 'untouched');
    assert.ok((await lstat(tree.path('out.txt'))).isFile());
    await mkdir(tree.path('folder'));
    assert.equal((await tree.lint('-o', 'folder')).code, ExitCode.usage);
    const { readdir } = await import('node:fs/promises');
    assert.deepEqual(
      (await readdir(tree.folder)).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });
});
