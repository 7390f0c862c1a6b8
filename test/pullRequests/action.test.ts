import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { builtCommand, temporaryFolder } from './processes.js';
import { BROKEN, errorsOf, PullRequests, UPGRADE, WITHOUT_TIMEOUT } from './pullRequest.js';
import { cleanRunbook, Repository } from './repository.js';
import { runAction } from './runner.js';

describe('the composite action on a checkout', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let github: PullRequests;
  before(async () => {
    github = await PullRequests.open(folder());
  });

  it('lets a sound change pass, with a summary, the outputs and SARIF', async () => {
    const work = await github.checkout((author) => author.write({ 'ops/look.runbook.yaml': cleanRunbook() }));
    const end = await github.review(work);
    assert.equal(end.code, 0, end.log);
    assert.equal(end.outputs['findings'], '0');
    assert.equal(end.outputs['dangerous'], '0');
    const sarif = String(end.outputs['sarif-file']);
    assert.equal(JSON.parse(readFileSync(sarif, 'utf8')).version, '2.1.0');
    assert.notEqual(end.summary.trim(), '');
  });

  it('annotates an error where it stands, and fails', async () => {
    const work = await github.checkout((author) => author.write({ 'ops/new.runbook.yaml': BROKEN }));
    const end = await github.review(work, { 'sarif-file': 'findings.sarif' });
    assert.equal(end.code, 1);
    assert.deepEqual(errorsOf(end), ['ops/new.runbook.yaml:5 unknown-key']);
    assert.equal(end.outputs['findings'], '1');
    assert.equal(end.outputs['sarif-file'], join(work.folder, 'findings.sarif'));
    assert.match(end.summary, /ops\/new\.runbook\.yaml/);
    assert.match(end.summary, /unknown-key/);
  });

  it('fails when a gate is taken away, and says so in the summary and beside the line', async () => {
    const gate = /  - id: approve\n(?:    .*\n)+/;
    const work = await github.checkout((author) => author.write({ 'ops/upgrade.runbook.yaml': UPGRADE.replace(gate, '') }));
    const end = await github.review(work);
    assert.equal(end.code, 1, end.log);
    assert.ok(Number(end.outputs['dangerous']) > 0);
    assert.match(end.summary, /approve/i);
    assert.ok(
      end.commands.some(({ properties }) => properties['file'] === 'ops/upgrade.runbook.yaml'),
      end.log,
    );
    assert.equal((await github.review(work, { diff: 'false' })).code, 0, 'nothing is wrong with the text');
  });

  it('shows no more annotations than GitHub does', async () => {
    const files = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`ops/n${String(index)}.runbook.yaml`, BROKEN]));
    const end = await github.review(await github.checkout((author) => author.write(files)));
    assert.equal(end.outputs['findings'], '14');
    assert.equal(errorsOf(end).length, 10);
    for (const file of Object.keys(files)) assert.ok(end.summary.includes(file) || end.log.includes(file), file);
  });

  it('does not blame a change for what has happened on the base branch meanwhile, and needs no more than two generations', async () => {
    const kept = await github.origin.git('rev-parse', 'HEAD');
    await github.origin.write({ 'ops/upgrade.runbook.yaml': WITHOUT_TIMEOUT.replace('    approver: other_person\n', '') });
    const moved = await github.origin.commit('Something else');
    await github.origin.git('reset', '--quiet', '--hard', kept);
    await github.origin.git('update-ref', 'refs/heads/moved', moved);
    const work = await github.checkout(
      async (author) => {
        await author.git('fetch', '--quiet', github.origin.folder, moved);
        await author.write({ 'ops/look.runbook.yaml': cleanRunbook() });
      },
      ['--depth=2'],
      moved,
    );
    const end = await github.review(work);
    assert.equal(end.code, 0, end.log);
    assert.equal(end.outputs['dangerous'], '0');
  });

  it('says what to do where the history does not reach back', async () => {
    const work = await github.checkout((author) => author.write({ 'ops/look.runbook.yaml': cleanRunbook() }), ['--depth=1']);
    const end = await github.review(work);
    assert.equal(end.code, 1);
    assert.deepEqual(
      end.commands.map(({ data }) => data),
      [
        'The checkout does not reach back to where this change starts from, so nothing can be compared. Set "fetch-depth: 0" for actions/checkout.',
      ],
    );
  });

  it('fails with what an input does not take, and with a command line that is not there', async () => {
    const work = await github.checkout((author) => author.write({}));
    assert.match(
      (await github.review(work, { 'fail-on': 'never' })).log,
      /^::error title=runbook review::The input "fail-on" takes error, warning, information\./m,
    );
    const missing = await github.review(work, { command: 'nowhere.mjs' });
    assert.equal(missing.code, 1);
    assert.match(missing.log, /There is no command line at "nowhere\.mjs"/);
    for (const files of ['nowhere.runbook.yaml', '--fail-on=error']) {
      const broken = await github.review(work, { files });
      assert.equal(broken.code, 1);
      assert.match(broken.log, /^::error title=runbook review::runbook lint did not work and ended with 2/m);
    }
  });

  it('checks everything after a push, and compares nothing', async () => {
    const work = await github.checkout((author) => author.write({ 'ops/new.runbook.yaml': BROKEN }));
    const inputs = { command: builtCommand(), format: 'pretty' };
    const end = await runAction(inputs, {
      workspace: work.folder,
      temporary: folder(),
      event: { before: github.base, after: github.base },
    });
    assert.equal(end.code, 1);
    assert.match(end.log, /^ops\/new\.runbook\.yaml:5:1: error unknown-key: /m);
    assert.equal(end.outputs['dangerous'], '');
  });

  it('has nothing against a repository without runbooks', async () => {
    const empty = await Repository.create(await mkdtemp(join(folder(), 'empty-')));
    await empty.write({ 'README.md': 'Nothing.\n' });
    await empty.commit();
    const end = await runAction({ command: builtCommand() }, { workspace: empty.folder, temporary: folder() });
    assert.equal(end.code, 0, end.log);
    assert.equal(end.outputs['findings'], '0');
    assert.equal(end.summary, 'This repository has no runbooks.\n');
  });

  it('finds where a change starts from by the branch of the base, and in a merge queue', async () => {
    const work = await github.checkout((author) => author.write({ 'ops/new.runbook.yaml': BROKEN }));
    await work.git('update-ref', 'refs/remotes/origin/main', github.base);
    const events = [{}, { pull_request: { base: { sha: '--all' }, head: {} } }, { merge_group: { base_sha: github.base } }];
    for (const event of events) {
      const env = 'merge_group' in event ? {} : { GITHUB_BASE_REF: 'main' };
      const end = await runAction({ command: builtCommand() }, { workspace: work.folder, temporary: folder(), event, env });
      assert.deepEqual(errorsOf(end), ['ops/new.runbook.yaml:5 unknown-key']);
      assert.equal(end.outputs['dangerous'], '0', 'it was compared');
    }
    const lost = await runAction(
      { command: builtCommand() },
      { workspace: work.folder, temporary: folder(), env: { GITHUB_BASE_REF: 'gone' } },
    );
    assert.match(lost.log, /^::error title=runbook review::The checkout does not reach back/);
  });
});
