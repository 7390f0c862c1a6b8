import assert from 'node:assert/strict';
import { rename, rm } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { BROKEN, HASTY, LintTree, runbook, SOUND } from '../../support/linting.js';

const VERIFIED =
  '  - id: apply\n    title: Apply\n    on: app\n    run: apply\n    effects: [upgrade]\n    irreversible: It stays.\n    timeout: 1m\n    verify: { host: reachable }\n';

describe('runbook lint --changed-since', function () {
  this.timeout(60_000);
  let tree: LintTree;
  beforeEach(async () => {
    tree = await LintTree.with({
      'old.runbook.yaml': runbook('old', HASTY),
      'changed.runbook.yaml': runbook('changed', HASTY, SOUND),
      'part.runbook.yaml': runbook('part', VERIFIED),
      'user.runbook.yaml': runbook('user', HASTY, '  - { id: all, title: All, use: ./middle.runbook.yaml }\n'),
      'middle.runbook.yaml': runbook('middle', '  - { id: all, title: All, use: ./part.runbook.yaml }\n'),
    });
    tree.git('init', '--quiet', '--initial-branch', 'main');
    tree.commit('base');
  });
  afterEach(() => tree.remove());

  async function shown(...words: readonly string[]): Promise<readonly string[]> {
    const { findings } = await tree.report('--changed-since', 'main', ...words);
    for (const { changed } of findings) assert.equal(typeof changed, 'boolean');
    return findings.map(
      ({ file, line, severity, rule, changed }) => `${file}:${String(line)} ${severity} ${rule}${changed === true ? ' new' : ''}`,
    );
  }

  it('shows nothing where nothing has changed, and does not mind', async () => {
    const { code, out } = await tree.lint('--changed-since', 'main');
    assert.deepEqual([code, out], [ExitCode.ok, '0 files checked, nothing found.\n']);
  });

  const changes: Readonly<Record<string, () => Promise<void>>> = {
    committed: async () => {
      tree.git('checkout', '--quiet', '-b', 'work');
      await tree.write(
        'changed.runbook.yaml',
        runbook('changed', HASTY, SOUND, HASTY.replace('hasty', 'new').replace('reachable', 'unreachable')),
      );
      tree.commit();
    },
    staged: async () => {
      await tree.write(
        'changed.runbook.yaml',
        runbook('changed', HASTY, SOUND, HASTY.replace('hasty', 'new').replace('reachable', 'unreachable')),
      );
      tree.git('add', '--all');
    },
    'not staged': async () => {
      await tree.write(
        'changed.runbook.yaml',
        runbook('changed', HASTY, SOUND, HASTY.replace('hasty', 'new').replace('reachable', 'unreachable')),
      );
    },
  };
  for (const [how, change] of Object.entries(changes))
    it(`shows what is new on a change that is ${how}, and hides the warnings around it`, async () => {
      await change();
      assert.deepEqual(await shown(), ['changed.runbook.yaml:18 warning missing-timeout new']);
      assert.match((await tree.lint('--changed-since', 'main')).out, /1 file: 1 warning\. Not shown: 1 on lines that have not changed/);
    });

  it('takes a file that git does not know for new from top to bottom, whatever its name', async () => {
    const name = 'ne\nw::error::"ü".runbook.yaml';
    await tree.write(name, runbook('new', HASTY));
    const { findings } = await tree.report('--changed-since', 'main');
    assert.deepEqual(
      findings.map(({ file, changed }) => [file, changed]),
      [[name, true]],
    );
  });

  it('compares with where the branch began, not with what has happened there since', async () => {
    tree.git('checkout', '--quiet', '-b', 'work');
    await tree.write('new.runbook.yaml', runbook('new', SOUND));
    tree.commit();
    tree.git('checkout', '--quiet', 'main');
    await tree.write('old.runbook.yaml', runbook('old', SOUND, HASTY));
    tree.commit();
    tree.git('checkout', '--quiet', 'work');
    assert.equal((await tree.report('--changed-since', 'main')).files, 1);
  });

  it('checks what uses a changed file, over several files', async () => {
    await tree.write('part.runbook.yaml', runbook('part', VERIFIED.replace('apply', 'apply_it')));
    assert.equal((await tree.report('--changed-since', 'main')).files, 3);
    await rm(tree.path('part.runbook.yaml'));
    const errors = (await shown()).filter((found) => found.includes(' error '));
    assert.deepEqual(errors, ['middle.runbook.yaml:6 error unreadable-use new']);
  });

  it('shows an error wherever it stands', async () => {
    await tree.write('old.runbook.yaml', runbook('old', BROKEN, SOUND));
    tree.commit('now main has an error');
    await tree.write('old.runbook.yaml', `${runbook('old', BROKEN, SOUND)}# a word\n`);
    assert.deepEqual(await shown(), ['old.runbook.yaml:8 error undefined-role']);
  });

  it('shows a warning that a deletion elsewhere brought', async () => {
    await tree.write('part.runbook.yaml', runbook('part', VERIFIED.replace('    verify: { host: reachable }\n', ''), SOUND));
    assert.deepEqual(await shown('part.runbook.yaml'), ['part.runbook.yaml:10 warning change-without-verify new']);
  });

  it('knows a file that was only moved for new, since git is asked for texts alone', async () => {
    await rename(tree.path('old.runbook.yaml'), tree.path('moved.runbook.yaml'));
    assert.deepEqual(await shown(), ['moved.runbook.yaml:9 warning missing-timeout new']);
  });

  it('does not take other line ends for a change', async () => {
    await tree.write('old.runbook.yaml', runbook('old', HASTY).replaceAll('\n', '\r\n'));
    assert.deepEqual(await shown(), []);
  });

  it('works in a folder below the root of the repository', async () => {
    await tree.write('sub/new.runbook.yaml', runbook('new', HASTY));
    const { out } = await tree.lintIn('sub', {}, '--changed-since', 'HEAD');
    assert.match(out, /^new\.runbook\.yaml:9:5: warning missing-timeout/);
  });

  it('says what is missing: the commit, common history, the repository, git', async () => {
    for (const reference of ['nowhere', '--upload-pack=touch /tmp/x', '-p', 'HEAD^{tree}'])
      assert.equal((await tree.lint(`--changed-since=${reference}`)).code, ExitCode.usage, reference);
    assert.match((await tree.lint('--changed-since', 'nowhere')).err, /nowhere is no commit that is known here\. Look at how it is spelt/);
    tree.git('checkout', '--quiet', '--orphan', 'lonely');
    tree.commit('alone');
    assert.match((await tree.lint('--changed-since', 'main')).err, /no common ancestor here/);
    assert.match((await tree.lintIn('.', { env: { PATH: '' } }, '--changed-since', 'main')).err, /asks git, and there is none/);
    const bare = await LintTree.with({ 'a.runbook.yaml': runbook('a', SOUND) });
    try {
      assert.match((await bare.lint('--changed-since', 'main')).err, /wants a git repository/);
    } finally {
      await bare.remove();
    }
  });

  it('starts nothing that the repository names, and no git that lies in it', async () => {
    await tree.write('evil.sh', `#!/bin/sh\ntouch ${tree.path('was-here')}\ncat\n`);
    await tree.write('bin/git', `#!/bin/sh\ntouch ${tree.path('was-here')}\n`);
    const { chmod } = await import('node:fs/promises');
    for (const file of ['evil.sh', 'bin/git']) await chmod(tree.path(file), 0o755);
    await tree.write('.gitattributes', '*.yaml diff=evil filter=evil\n');
    const evil = tree.path('evil.sh');
    for (const key of [
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'filter.evil.clean',
      'filter.evil.smudge',
      'core.fsmonitor',
      'core.pager',
    ])
      tree.git('config', key, evil);
    tree.git('config', 'core.hooksPath', tree.path());
    await tree.write('changed.runbook.yaml', runbook('changed', SOUND, HASTY));
    const env = {
      ...process.env,
      PATH: `${tree.path('bin')}:bin:${process.env['PATH'] ?? ''}`,
      GIT_EXTERNAL_DIFF: evil,
      GIT_DIR: '/nowhere',
    };
    const { code, err } = await tree.lintIn('.', { env }, '--changed-since', 'main');
    assert.equal(code, ExitCode.failed, err);
    const { existsSync } = await import('node:fs');
    assert.ok(!existsSync(tree.path('was-here')));
  });
});
