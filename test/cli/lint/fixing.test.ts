import assert from 'node:assert/strict';
import { chmod, link, lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { applyFixes } from '../../../src/review/index.js';
import { BROKEN, UNGUARDED, HASTY, LintTree, runbook, SOUND } from '../../support/linting.js';

const MENDED = UNGUARDED.replace('$HOME', '${HOME:?}');

describe('runbook lint --fix', () => {
  let tree: LintTree;
  beforeEach(async () => (tree = await LintTree.with({})));
  afterEach(() => tree.remove());

  const read = (path: string): Promise<string> => readFile(tree.path(path), 'utf8');

  it('mends, says so, touches nothing else, and then has nothing left to do', async () => {
    await tree.write('a.runbook.yaml', runbook('a', SOUND, '\n# a word\n', UNGUARDED, HASTY));
    await tree.write('b.runbook.yaml', runbook('b', SOUND));
    const before = (await stat(tree.path('b.runbook.yaml'))).mtimeMs;
    const { code, err, out } = await tree.lint('--fix');
    assert.equal(code, ExitCode.failed);
    assert.equal(err, 'Mended 1 finding in a.runbook.yaml.\n');
    assert.match(out, /1 finding in 2 files: 1 warning\./);
    assert.equal(await read('a.runbook.yaml'), runbook('a', SOUND, '\n# a word\n', MENDED, HASTY));
    assert.equal((await stat(tree.path('b.runbook.yaml'))).mtimeMs, before);
    assert.equal((await tree.lint('--fix')).err, 'Nothing to mend.\n');
    assert.deepEqual((await readdir(tree.folder)).sort(), ['a.runbook.yaml', 'b.runbook.yaml']);
  });

  it('keeps the mode of the file and the line ends of Windows', async () => {
    await tree.write('a.runbook.yaml', runbook('a', UNGUARDED).replaceAll('\n', '\r\n'));
    await chmod(tree.path('a.runbook.yaml'), 0o640);
    await tree.lint('--fix');
    assert.equal(await read('a.runbook.yaml'), runbook('a', MENDED).replaceAll('\n', '\r\n'));
    assert.equal((await stat(tree.path('a.runbook.yaml'))).mode & 0o777, 0o640);
  });

  it('keeps a byte order mark that does not count as a finding, and removes one that does', async () => {
    await tree.write('.runbook-lint.yaml', 'rules: { byte-order-mark: off }\n');
    await tree.write('a.runbook.yaml', `\uFEFF${runbook('a', UNGUARDED)}`);
    await tree.lint('--fix');
    assert.equal(await read('a.runbook.yaml'), `\uFEFF${runbook('a', MENDED)}`);
    await tree.write('.runbook-lint.yaml', '');
    await tree.lint('--fix');
    assert.equal(await read('a.runbook.yaml'), runbook('a', MENDED));
  });

  it('mends only what counts', async () => {
    const silent = UNGUARDED.replace('as ever', 'runbook-lint-ignore unguarded-deletion: it is never empty');
    await tree.write('a.runbook.yaml', runbook('a', silent));
    assert.equal((await tree.lint('--fix')).err, 'Nothing to mend.\n');
    await tree.write('a.runbook.yaml', runbook('a', UNGUARDED));
    assert.equal((await tree.lint('--fix', '--profile', 'minimal')).err, 'Nothing to mend.\n');
    await tree.lint('--baseline', 'known.json', '--write-baseline');
    assert.equal((await tree.lint('--fix', '--baseline', 'known.json')).err, 'Nothing to mend.\n');
  });

  it('removes comments that silence nothing, in as many rounds as it takes', async () => {
    const sound = SOUND.replace('uptime', 'uptime # runbook-lint-ignore missing-timeout, change-without-undo, fragile-check: old');
    await tree.write('a.runbook.yaml', runbook('a', sound, '  # runbook-lint-ignore fragile-check: older\n', HASTY));
    await tree.lint('--fix');
    assert.equal(await read('a.runbook.yaml'), runbook('a', SOUND, HASTY));
  });

  it('writes neither through a symbolic link nor beside the tree', async () => {
    const other = await LintTree.with({ 'far.runbook.yaml': runbook('far', UNGUARDED) });
    try {
      await tree.write('data.txt', runbook('data', UNGUARDED));
      await symlink('data.txt', tree.path('near.runbook.yaml'));
      await symlink(other.path('far.runbook.yaml'), tree.path('out.runbook.yaml'));
      await tree.write('real/in.runbook.yaml', runbook('in', UNGUARDED));
      await symlink('real', tree.path('linked'));
      const { err } = await tree.lint('--fix', '.', 'linked/in.runbook.yaml');
      assert.match(err, /Left near\.runbook\.yaml as it is: a symbolic link leads to it\./);
      assert.match(err, /Left linked\/in\.runbook\.yaml as it is: a symbolic link leads to it\./);
      assert.match(err, /Mended 1 finding in real\/in\.runbook\.yaml\./);
      assert.equal(await read('data.txt'), runbook('data', UNGUARDED));
      assert.ok((await lstat(tree.path('near.runbook.yaml'))).isSymbolicLink());
      assert.equal(await readFile(other.path('far.runbook.yaml'), 'utf8'), runbook('far', UNGUARDED));
    } finally {
      await other.remove();
    }
  });

  it('leaves the other names of a file alone', async () => {
    await tree.write('kept.txt', runbook('a', UNGUARDED));
    await link(tree.path('kept.txt'), tree.path('a.runbook.yaml'));
    await tree.lint('--fix');
    assert.equal(await read('a.runbook.yaml'), runbook('a', MENDED));
    assert.equal(await read('kept.txt'), runbook('a', UNGUARDED));
  });

  it('says so where a file cannot be written, and still shows what is wrong with it', async function () {
    // Nothing is forbidden to root.
    if (process.getuid?.() === 0) this.skip();
    await tree.write('locked/a.runbook.yaml', runbook('a', UNGUARDED));
    await chmod(tree.path('locked'), 0o555);
    try {
      const { out, err } = await tree.lint('--fix');
      assert.match(err, /Left locked\/a\.runbook\.yaml as it is: it cannot be written \(EACCES\)/);
      assert.match(out, /unguarded-deletion/);
    } finally {
      await chmod(tree.path('locked'), 0o755);
    }
  });

  it('takes names as long as they can be', async () => {
    const name = `${'ü'.repeat(120)}.runbook.yaml`;
    await tree.write(name, runbook('a', UNGUARDED));
    await tree.lint('--fix');
    assert.equal(await read(name), runbook('a', MENDED));
  });

  it('leaves a file alone that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(runbook('a', UNGUARDED)), Buffer.from([0x23, 0xe4, 0x0a])]);
    await tree.write('a.runbook.yaml', bytes);
    assert.match((await tree.lint('--fix')).err, /Left a\.runbook\.yaml as it is: it is not UTF-8/);
    assert.ok((await readFile(tree.path('a.runbook.yaml'))).equals(bytes));
  });

  it('leaves to people what can only be guessed, such as which role was meant', async () => {
    const text = runbook('a', SOUND, SOUND.replace('sound', 'other').replace('on: app', 'on: ap').replace('uptime', 'date'));
    await tree.write('a.runbook.yaml', text);
    assert.match((await tree.lint()).out, /undefined role "ap"; did you mean "app"\?/);
    assert.equal((await tree.lint('--fix')).err, 'Nothing to mend.\n');
    await tree.write('a.runbook.yaml', text.replace('title: Look', 'titel: Look').replace('on: ap\n', 'on: app\n'));
    assert.equal((await tree.lint('--fix')).err, 'Nothing to mend.\n');
  });

  it('mends beside an error, which stays', async () => {
    await tree.write('a.runbook.yaml', runbook('a', BROKEN, UNGUARDED));
    const { code, out } = await tree.lint('--fix');
    assert.equal(code, ExitCode.failed);
    assert.match(out, /undefined-role/);
    assert.equal(await read('a.runbook.yaml'), runbook('a', BROKEN, MENDED));
  });
});

describe('applyFixes', () => {
  const fix = (...edits: readonly (readonly [number, number, string])[]) => ({
    title: 'x',
    edits: edits.map(([start, end, text]) => ({ range: { start, end }, text })),
  });

  it('lets what touches wait, and takes the edits of one mend together or not at all', () => {
    assert.deepEqual(
      applyFixes('abcdef', [fix([4, 5, 'E']), fix([0, 1, 'A'], [2, 3, 'C']), fix([1, 2, 'B']), fix([2, 4, '']), fix([5, 6, 'F'])]),
      {
        text: 'AbCdEf',
        count: 2,
      },
    );
    assert.deepEqual(applyFixes('ab', [fix([1, 1, 'x']), fix([1, 1, 'y'])]), { text: 'axb', count: 1 });
  });

  it('puts in line breaks as the text has them', () => {
    assert.equal(applyFixes('a\r\nb', [fix([3, 3, 'x\ny\r\n'])]).text, 'a\r\nx\r\ny\r\nb');
    assert.equal(applyFixes('a\nb', [fix([2, 2, 'x\n'])]).text, 'a\nx\nb');
  });
});
