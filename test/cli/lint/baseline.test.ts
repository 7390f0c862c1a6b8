import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { BROKEN, FRAGILE, HASTY, LintTree, runbook, SOUND } from '../../support/linting.js';

const BASELINE = ['--baseline', 'known.json'] as const;

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
    await tree.write('a.runbook.yaml', runbook('a', FRAGILE, HASTY));
    const { err } = await tree.lint(...BASELINE, '--write-baseline', '--fix');
    assert.equal(err, 'Mended 1 finding in a.runbook.yaml.\nknown.json holds 2 findings now.\n');
    assert.doesNotMatch(await readFile(tree.path('known.json'), 'utf8'), /fragile-check/);
  });

  it('is refused where it is none', async () => {
    await tree.write('known.json', '{"format": 7}');
    for (const more of [[], ['--write-baseline']]) assert.equal((await tree.lint(...BASELINE, ...more)).code, ExitCode.usage);
  });
});
