import assert from 'node:assert/strict';
import { chmod, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { LintTree } from '../../support/linting.js';
import { APPLY, changesIn, GATE, LAB, review, reviewed, reviewJson } from './reviewing.js';

describe('runbook diff of two commits', function () {
  this.timeout(60_000);
  let tree: LintTree;
  beforeEach(async () => {
    tree = await LintTree.with({
      'main.runbook.yaml': reviewed('main', GATE, APPLY),
      'user.runbook.yaml': reviewed('user', '  - { id: all, title: All, use: ./parts/part.runbook.yaml }\n'),
      'parts/part.runbook.yaml': reviewed('part', GATE, APPLY),
      'lab.inventory.yaml': LAB,
      'README.md': 'Nothing.\n',
    });
    tree.git('init', '--quiet', '--initial-branch', 'main');
    tree.commit('base');
    tree.git('checkout', '--quiet', '-b', 'work');
  });
  afterEach(() => tree.remove());

  async function between(...words: readonly string[]): Promise<readonly string[]> {
    return changesIn(await reviewJson(tree, ['main..work', ...words]));
  }

  it('says that nothing means anything else, and does not mind', async () => {
    await tree.write('README.md', 'Something.\n');
    await tree.write('main.runbook.yaml', reviewed('main', GATE, APPLY).replace('title: Upgrade main', 'title: "Upgrade main" # as ever'));
    tree.commit();
    const { code, out } = await review(tree, ['main..HEAD']);
    assert.equal(code, ExitCode.ok);
    assert.match(out, /^Between main \([0-9a-f]{12}\) and HEAD \([0-9a-f]{12}\), no runbook or inventory means anything else\.\n$/);
  });

  it('names what is dangerous at its line, and fails', async () => {
    await tree.write(
      'main.runbook.yaml',
      reviewed('main', GATE.replace('    approver: other_person\n', ''), APPLY.replace('timeout: 1m', 'timeout: 1h')),
    );
    await tree.write('lab.inventory.yaml', LAB.replace('production: true\n', ''));
    tree.commit();
    assert.deepEqual(await between(), [
      'lab.inventory.yaml:3 dangerous production-dropped',
      'main.runbook.yaml:6 dangerous approval-dropped',
      'main.runbook.yaml:16 notable timeout-raised',
    ]);
    const { code } = await review(tree, ['main..work']);
    assert.equal(code, ExitCode.failed);
    assert.equal((await review(tree, ['work..main'])).code, ExitCode.ok, 'the other way round it is stronger');
  });

  it('reads commits, not the work tree', async () => {
    await tree.write('main.runbook.yaml', reviewed('main', APPLY));
    assert.deepEqual(await between(), []);
    await rm(tree.path('main.runbook.yaml'));
    assert.deepEqual(await between(), []);
  });

  it('tells of a change in a file that others use once, and what it does to their plans', async () => {
    await tree.write('parts/part.runbook.yaml', reviewed('part', APPLY));
    tree.commit();
    const report = await reviewJson(tree, ['main..work']);
    assert.deepEqual(changesIn(report), ['parts/part.runbook.yaml:6 dangerous gate-removed']);
    const user = report.documents.find(({ file }) => file === 'user.runbook.yaml');
    assert.equal(user?.changes.length, 0);
    assert.equal(user?.variants?.deltas.length, 1);
  });

  it('compares with what the branches have in common, where there are three dots', async () => {
    tree.git('checkout', '--quiet', 'main');
    await tree.write('main.runbook.yaml', reviewed('main', APPLY));
    tree.commit('on main');
    assert.deepEqual(await between(), ['main.runbook.yaml:6 harmless safeguard-added'], 'to go to work brings the gate back');
    assert.deepEqual(changesIn(await reviewJson(tree, ['main...work'])), []);
  });

  it('looks only at files and folders that are named, seen from where it is called', async () => {
    await tree.write('main.runbook.yaml', reviewed('main', APPLY));
    await tree.write('parts/part.runbook.yaml', reviewed('part', APPLY));
    tree.commit();
    assert.equal((await between()).length, 2);
    assert.deepEqual(await between('parts'), ['parts/part.runbook.yaml:6 dangerous gate-removed']);
    assert.deepEqual(changesIn(await reviewJson(tree, ['main..work', 'part.runbook.yaml'], 'parts')), [
      'parts/part.runbook.yaml:6 dangerous gate-removed',
    ]);
    assert.deepEqual(await between('main.runbook.yaml'), ['main.runbook.yaml:6 dangerous gate-removed']);
    assert.equal((await between('.')).length, 2);
    const { code, err } = await review(tree, ['main..work', 'nowhere.runbook.yaml']);
    assert.deepEqual(
      [code, err],
      [
        ExitCode.usage,
        'runbook: Neither main nor work has a runbook or an inventory at nowhere.runbook.yaml. See `runbook diff --help`.\n',
      ],
    );
  });

  it('tells of files that are new, gone and renamed', async () => {
    await rm(tree.path('user.runbook.yaml'));
    await tree.write('fresh.runbook.yaml', reviewed('fresh', APPLY));
    await mkdir(tree.path('moved'));
    await rename(tree.path('main.runbook.yaml'), tree.path('moved/main.runbook.yaml'));
    await tree.write('moved/main.runbook.yaml', reviewed('main', APPLY));
    tree.commit();
    const report = await reviewJson(tree, ['main..work']);
    assert.deepEqual(
      report.documents.map(({ file, old_file: old, state }) => [file, old, state]),
      [
        ['fresh.runbook.yaml', undefined, 'added'],
        ['moved/main.runbook.yaml', 'main.runbook.yaml', 'changed'],
        ['user.runbook.yaml', undefined, 'deleted'],
      ],
    );
    assert.deepEqual(changesIn(report), [
      'fresh.runbook.yaml:1 notable document-added',
      'moved/main.runbook.yaml:6 dangerous gate-removed',
      'moved/main.runbook.yaml:1 harmless renamed',
      'user.runbook.yaml:1 dangerous document-deleted',
    ]);
  });

  it('reads names with line breaks, quotes and letters of any kind', async () => {
    const names = ['ne\nw "quoted".runbook.yaml', 'ü/💥 und\tTab.runbook.yaml', '::error::.runbook.yaml', '-rf.runbook.yaml'];
    for (const name of names) await tree.write(name, reviewed('hostile', GATE, APPLY));
    tree.commit();
    tree.git('branch', '--force', 'main');
    for (const name of names) await tree.write(name, reviewed('hostile', APPLY));
    tree.commit();
    assert.deepEqual([...(await between())].sort(), names.map((name) => `${name}:6 dangerous gate-removed`).sort());
    const { out } = await review(tree, ['main..work']);
    assert.match(out, /ne\\u000aw "quoted"\.runbook\.yaml/);
  });

  it('does not follow symbolic links and submodules, and says so', async () => {
    await symlink('/etc/passwd', tree.path('link.runbook.yaml'));
    await rm(tree.path('main.runbook.yaml'));
    await symlink('user.runbook.yaml', tree.path('main.runbook.yaml'));
    tree.git('add', '--all');
    tree.git('update-index', '--add', '--cacheinfo', `160000,${tree.git('rev-parse', 'HEAD')},sub.runbook.yaml`);
    tree.git('commit', '--quiet', '--message', 'links');
    const found = await between();
    for (const name of ['link', 'main', 'sub'])
      assert.ok(found.includes(`${name}.runbook.yaml:1 dangerous document-unreadable`), found.join('\n'));
    assert.ok(found.includes('main.runbook.yaml:1 dangerous document-deleted'));
  });

  it('opens nothing outside of the commits, whatever a runbook uses', async () => {
    await tree.write(
      'main.runbook.yaml',
      reviewed('main', GATE, APPLY, '  - { id: out, title: Out, use: ../../../../etc/x.runbook.yaml }\n'),
    );
    tree.commit();
    assert.deepEqual(await between(), []);
  });

  it('tells what cannot be compared because of errors', async () => {
    await tree.write('main.runbook.yaml', 'runbook: v1\nid: main\nsteps: [\n');
    tree.commit();
    assert.deepEqual(await between(), ['main.runbook.yaml:1 dangerous document-unreadable']);
  });

  it('tells of settings that silence the linter', async () => {
    await tree.write('.runbook-lint.yaml', 'rules:\n  missing-timeout: off\n');
    await tree.write(
      'main.runbook.yaml',
      reviewed('main', GATE, APPLY.replace('run: apply', 'run: apply # runbook-lint-ignore long-expression: no')),
    );
    tree.commit();
    assert.deepEqual(await between(), ['.runbook-lint.yaml:2 dangerous rule-silenced', 'main.runbook.yaml:14 dangerous suppression-added']);
  });

  it('compares the plan for one environment', async () => {
    await tree.write('main.runbook.yaml', reviewed('main', APPLY));
    tree.commit();
    const { documents } = await reviewJson(tree, ['main..work', '--inventory', 'lab.inventory.yaml']);
    assert.deepEqual(documents[0]?.environment?.deltas[0]?.lines, [{ sign: '-', path: 'ask', what: 'gate "Ask somebody"' }]);
  });

  describe('what it cannot do', () => {
    const failures: Readonly<Record<string, { readonly words: readonly string[]; readonly says: RegExp }>> = {
      'a commit that is not there': {
        words: ['nowhere..work'],
        says: /nowhere is no commit that is known here\. Look at how it is spelt/,
      },
      'a name that looks like an option': { words: ['--', '--output=x..work'], says: /--output=x is no commit/ },
      'no operand': { words: [], says: /Name two commits, as in main\.\.HEAD, or two files\./ },
      'one file': { words: ['main.runbook.yaml'], says: /Name two commits, as in main\.\.HEAD, or two files\./ },
      'another format': { words: ['main..work', '--format', 'sarif'], says: /--format takes pretty, markdown, json, github, not "sarif"/ },
      'two formats in one place': {
        words: ['main..work', '--format', 'json', '--format', 'github'],
        says: /Only one format can go to standard output/,
      },
      'an inventory that is none': { words: ['main..work', '--inventory', 'README.md'], says: /README\.md is no inventory/ },
      'a policy that is not there': { words: ['main..work', '--policy', 'no.yaml'], says: /no\.yaml cannot be read/ },
    };
    for (const [name, { words, says }] of Object.entries(failures))
      it(name, async () => {
        const { code, out, err } = await review(tree, words);
        assert.deepEqual([code, out], [ExitCode.usage, '']);
        assert.match(err, says);
        assert.doesNotMatch(err, /internal/);
      });

    it('a clone without the history', async () => {
      await tree.write('main.runbook.yaml', reviewed('main', APPLY));
      tree.commit();
      tree.git('clone', '--quiet', '--depth=1', '--branch=work', `file://${tree.folder}`, 'shallow');
      const { code, err } = await review(tree, ['origin/main..HEAD'], 'shallow');
      assert.equal(code, ExitCode.usage);
      assert.match(err, /origin\/main is no commit that is known here\. Fetch it first: git fetch origin main\. See/);
    });

    it('a folder in no repository', async () => {
      const other = await LintTree.with({ 'a.runbook.yaml': reviewed('a', GATE) });
      const { code, err } = await review(other, ['main..HEAD']);
      await other.remove();
      assert.equal(code, ExitCode.usage);
      assert.match(err, /this folder is in no git repository/);
    });
  });

  it('starts no program that a repository names', async () => {
    const mark = tree.path('../started');
    await rm(mark, { force: true });
    await tree.write('evil.sh', `#!/bin/sh\ntouch "${mark}"\n`);
    await chmod(tree.path('evil.sh'), 0o755);
    await tree.write('.gitattributes', '*.yaml diff=evil filter=evil\n');
    for (const key of [
      'core.fsmonitor',
      'core.sshCommand',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'filter.evil.smudge',
      'core.pager',
    ])
      tree.git('config', key, tree.path('evil.sh'));
    await mkdir(tree.path('bin'));
    await tree.write('bin/git', `#!/bin/sh\ntouch "${mark}"\n`);
    await chmod(tree.path('bin/git'), 0o755);
    tree.git('-c', 'core.fsmonitor=', '-c', 'filter.evil.smudge=', 'commit', '--quiet', '--allow-empty', '--message', 'x');
    await rm(mark, { force: true });
    const env = { ...process.env, PATH: `${tree.path('bin')}:${process.env['PATH'] ?? ''}` };
    const { code } = await review(tree, ['main..work'], '.', env);
    assert.equal(code, ExitCode.ok);
    await assert.rejects(chmod(mark, 0o600), 'nothing was started');
  });
});
