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

  it('writes over nothing that is read, however it is spelt', async () => {
    await tree.write('team.yaml', 'profile: default\n');
    await tree.write('known.json', '{\n  "format": 1,\n  "findings": []\n}\n');
    await symlink('.', tree.path('here'));
    const before = await readFile(tree.path('a.runbook.yaml'), 'utf8');
    for (const words of [
      ['-o', 'a.runbook.yaml'],
      ['-o', './new.inventory.yaml'],
      ['-o', '.runbook-lint.yaml'],
      ['-o', ''],
      ['--config', 'team.yaml', '-o', tree.path('team.yaml')],
      ['--baseline', 'known.json', '-o', 'here/known.json'],
      ['--baseline', 'later.json', '--write-baseline', '-o', './later.json'],
      ['--format', 'json', '-o', 'x.json', '--format', 'sarif', '-o', './here/../x.json'],
      ['--baseline', 'later.runbook.yaml', '--write-baseline'],
    ]) {
      const { code, out, err } = await tree.lint(...words);
      assert.deepEqual([code, out], [ExitCode.usage, ''], words.join(' '));
      assert.match(err, /would take the place|would be written over|given twice|names no file/);
    }
    assert.equal(await readFile(tree.path('a.runbook.yaml'), 'utf8'), before);
    assert.equal(await readFile(tree.path('team.yaml'), 'utf8'), 'profile: default\n');
  });

  it('says in words why a file cannot be written', async () => {
    await mkdir(tree.path('full'));
    for (const [words, says] of [
      [['-o', 'missing/out.txt'], /^runbook: missing\/out\.txt cannot be written: its folder does not exist\. See/],
      [['-o', 'full'], /^runbook: full cannot be written: it is a folder\. See/],
      [['-o', 'a.runbook.yaml/x'], /^runbook: a\.runbook\.yaml\/x cannot be written: a part of its path is no folder\. See/],
      [['--baseline', 'missing/known.json', '--write-baseline'], /known\.json cannot be written: its folder does not exist\. See/],
    ] as const)
      assert.match((await tree.lint(...words)).err, says);
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
