import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { BROKEN, UNGUARDED, HASTY, LintTree, runbook, SOUND } from '../../support/linting.js';

const BASELINE = ['--baseline', 'known.json'] as const;
/** A step that is carried out in no variant: a finding that only plans show. */
const UNREACHED = '  - id: unreached\n    title: Never\n    on: app\n    when: size(hosts.app) < 1\n    run: uptime\n    timeout: 1m\n';

describe('runbook lint --baseline', () => {
  let tree: LintTree;
  beforeEach(async () => (tree = await LintTree.with({ 'a.runbook.yaml': runbook('a', HASTY), 'b.runbook.yaml': runbook('b', HASTY) })));
  afterEach(() => tree.remove());

  it('hides what is in it, wherever it moves, and shows what is new', async () => {
    const written = await tree.lint(...BASELINE, '--write-baseline');
    assert.equal(written.code, ExitCode.ok);
    assert.match(written.err, /known\.json holds 2 findings now/);
    await tree.write('a.runbook.yaml', runbook('a', SOUND, '# moved\n', HASTY));
    const moved = await tree.report(...BASELINE);
    assert.deepEqual([moved.findings, moved.hidden.baseline], [[], 2]);
    await tree.write('a.runbook.yaml', runbook('a', HASTY, SOUND, HASTY.replace('hasty', 'hastier').replace('reachable', 'unreachable')));
    const { findings } = await tree.report(...BASELINE);
    assert.deepEqual(
      findings.map(({ line, rule }) => [line, rule]),
      [[18, 'missing-timeout']],
    );
  });

  it('never hides an error, not even one that somebody wrote into it', async () => {
    await tree.write('a.runbook.yaml', runbook('a', BROKEN));
    await tree.lint(...BASELINE, '--write-baseline');
    assert.doesNotMatch(await readFile(tree.path('known.json'), 'utf8'), /undefined-role/);
    const { findings } = await tree.report();
    const entries = findings.map(({ fingerprint, file, rule, message }) => ({ fingerprint, file, rule, message }));
    await tree.write('known.json', JSON.stringify({ format: 1, findings: entries }));
    const { code, out } = await tree.lint(...BASELINE);
    assert.equal(code, ExitCode.failed);
    assert.match(out, /^a\.runbook\.yaml:\d+:\d+: error undefined-role/);
  });

  it('says as information what it holds in vain', async () => {
    await tree.lint(...BASELINE, '--write-baseline');
    await tree.write('a.runbook.yaml', runbook('a', SOUND));
    await rm(tree.path('b.runbook.yaml'));
    const { code, out } = await tree.lint(...BASELINE);
    assert.equal(code, ExitCode.ok);
    assert.match(out, /^known\.json:4:\d+: information stale-baseline: "missing-timeout" no longer finds this in a\.runbook\.yaml/);
    assert.match(out, /stale-baseline: .*in b\.runbook\.yaml/);
    await tree.lint(...BASELINE, '--write-baseline');
    assert.equal((await tree.lint(...BASELINE)).out, '1 file checked, nothing found.\n');
  });

  it('keeps entries of files that were not looked at', async () => {
    await tree.lint(...BASELINE, '--write-baseline');
    await tree.lint('a.runbook.yaml', ...BASELINE, '--write-baseline');
    assert.match(await readFile(tree.path('known.json'), 'utf8'), /b\.runbook\.yaml/);
    assert.equal(
      (await tree.lint('a.runbook.yaml', ...BASELINE)).out,
      '1 file checked, nothing found. Not shown: 1 known from the baseline.\n',
    );
  });

  it('holds what is left after mending, when both are asked for', async () => {
    await tree.write('a.runbook.yaml', runbook('a', UNGUARDED, HASTY));
    const { err } = await tree.lint(...BASELINE, '--write-baseline', '--fix');
    assert.equal(err, 'Mended 1 finding in a.runbook.yaml.\nknown.json holds 2 findings now.\n');
    assert.doesNotMatch(await readFile(tree.path('known.json'), 'utf8'), /unguarded-deletion/);
  });

  it('keeps entries of rules that were not asked, and says nothing of them', async () => {
    await tree.lint(...BASELINE, '--write-baseline');
    const known = await readFile(tree.path('known.json'), 'utf8');
    await tree.write('.runbook-lint.yaml', 'rules: { missing-timeout: off }\n');
    assert.equal((await tree.lint(...BASELINE)).out, '2 files checked, nothing found.\n');
    await tree.lint(...BASELINE, '--write-baseline');
    await tree.write('.runbook-lint.yaml', '');
    await tree.lint(...BASELINE, '--profile', 'minimal', '--write-baseline');
    assert.equal(await readFile(tree.path('known.json'), 'utf8'), known);
  });

  it('keeps what only ShellCheck finds while it is not asked', async () => {
    const script = '  - id: script\n    title: Script\n    on: app\n    timeout: 1m\n    run: cp $FROM /srv\n';
    await tree.write('a.runbook.yaml', runbook('a', script));
    await tree.lint(...BASELINE, '--shellcheck', '--write-baseline');
    const known = await readFile(tree.path('known.json'), 'utf8');
    assert.match(known, /shellcheck\/SC2086/);
    assert.equal((await tree.lint(...BASELINE)).out, '2 files checked, nothing found. Not shown: 1 known from the baseline.\n');
    await tree.lint(...BASELINE, '--write-baseline');
    assert.equal(await readFile(tree.path('known.json'), 'utf8'), known);
    await tree.write('a.runbook.yaml', runbook('a', script.replace('$FROM', '"$FROM"')));
    assert.match((await tree.lint(...BASELINE, '--shellcheck')).out, /stale-baseline: "shellcheck\/SC2086" no longer finds this/);
  });

  it('keeps what only plans show while an error stands in their way, and in files that cannot be read as runbooks', async () => {
    await tree.write('a.runbook.yaml', runbook('a', UNREACHED));
    await tree.lint(...BASELINE, '--write-baseline');
    const known = await readFile(tree.path('known.json'), 'utf8');
    assert.match(known, /unreachable-step/);
    await tree.write('a.runbook.yaml', runbook('a', UNREACHED, BROKEN));
    await tree.write('b.runbook.yaml', `${runbook('b', HASTY)}oops\n`);
    assert.doesNotMatch((await tree.lint(...BASELINE)).out, /stale-baseline/);
    await tree.lint(...BASELINE, '--write-baseline');
    assert.equal(await readFile(tree.path('known.json'), 'utf8'), known);
    await tree.write('b.runbook.yaml', runbook('b', HASTY));
    await tree.write('a.runbook.yaml', runbook('a', SOUND));
    await tree.write('.runbook-lint.yaml', 'exclude: [drafts]\n');
    await tree.write('drafts/c.runbook.yaml', runbook('c', SOUND));
    assert.match((await tree.lint(...BASELINE)).out, /stale-baseline: "unreachable-step" no longer finds this/);
  });

  it('is refused where it is none', async () => {
    await tree.write('known.json', '{"format": 7}');
    for (const more of [[], ['--write-baseline']]) assert.equal((await tree.lint(...BASELINE, ...more)).code, ExitCode.usage);
    assert.match((await tree.lint(...BASELINE)).err, /name another file, or remove it first and add --write-baseline\./);
    for (const name of ['known.json', '.', 'a.runbook.yaml'])
      assert.doesNotMatch((await tree.lint('--baseline', name, '--write-baseline')).err, /--write-baseline/, name);
    assert.match(
      (await tree.lint('--baseline', 'none.json')).err,
      /none\.json does not exist; to begin with a baseline, add --write-baseline\./,
    );
  });
});
