import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { temporaryFolder } from './processes.js';
import { BROKEN, PullRequests, UPGRADE, WITHOUT_TIMEOUT } from './pullRequest.js';
import { cleanRunbook } from './repository.js';

/** Every piece of HTML in a Markdown text. */
function htmlIn(node: { readonly type: string; readonly value?: string; readonly children?: readonly object[] }): readonly string[] {
  if (node.type === 'html') return [node.value ?? ''];
  return (node.children ?? []).flatMap((child) => htmlIn(child as Parameters<typeof htmlIn>[0]));
}

describe('the composite action on a hostile pull request', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let github: PullRequests;
  before(async () => {
    github = await PullRequests.open(folder());
  });

  it('does not let a change silence its own judge, unless the workflow says so', async () => {
    const config = { '.runbook-lint.yaml': 'rules: { missing-timeout: off }\n' };
    const work = await github.checkout((author) => author.write({ 'ops/upgrade.runbook.yaml': WITHOUT_TIMEOUT, ...config }));
    const judged = await github.review(work, { diff: 'false' });
    assert.equal(judged.code, 1);
    assert.equal(judged.outputs['findings'], '1', judged.log);
    assert.ok(judged.commands.some(({ properties }) => properties['title'] === 'missing-timeout'));
    const lenient = await github.review(work, { 'trust-config': 'head', diff: 'false' });
    assert.equal(lenient.code, 0, lenient.log);
    assert.equal(lenient.outputs['findings'], '0');
  });

  it('does not let a change weaken the policy that judges it, unless the workflow says so', async () => {
    const text = UPGRADE.replace('    approver: other_person\n', '');
    const work = await github.checkout((author) =>
      author.write({ 'ops/upgrade.runbook.yaml': text, '.runbook-review.yaml': 'fail_on: never\n' }),
    );
    const judged = await github.review(work);
    assert.equal(judged.code, 1);
    assert.equal(judged.commands.filter(({ name }) => name === 'error').length > 0, true, judged.log);
    const lenient = await github.review(work, { 'trust-config': 'head' });
    assert.equal(lenient.code, 0, lenient.log);
    assert.equal(lenient.outputs['dangerous'], judged.outputs['dangerous']);
  });

  it('takes the configuration and the baseline that the base branch has', async () => {
    const kept = await github.origin.git('rev-parse', 'HEAD');
    await github.origin.write({ 'ci/lint.yaml': 'rules: { missing-timeout: off }\n' });
    github.base = await github.origin.commit('Configuration');
    const work = await github.checkout((author) =>
      author.write({ 'ops/upgrade.runbook.yaml': WITHOUT_TIMEOUT, 'ci/lint.yaml': 'profile: strict\n' }),
    );
    const end = await github.review(work, { config: 'ci/lint.yaml', diff: 'false' });
    assert.equal(end.code, 0, end.log);
    const missing = await github.review(work, { baseline: 'ci/none.json', diff: 'false' });
    assert.ok(missing.commands.some(({ name, data }) => name === 'notice' && data.includes('"ci/none.json" does not count yet')));
    assert.equal(missing.code, 1);
    const outside = await github.review(work, { config: '../other/lint.yaml' });
    assert.match(outside.log, /^::error title=runbook review::"\.\.\/other\/lint\.yaml" lies outside the repository/m);
    await github.origin.git('reset', '--quiet', '--hard', kept);
    github.base = kept;
  });

  it('gives file names no way to speak to the runner, to a shell or to the command line', async () => {
    const names = [
      'a\n::error::pwned.runbook.yaml',
      '$(touch pwned)`touch pwned`.runbook.yaml',
      '-o pwned.runbook.yaml',
      '--config=x.runbook.yaml',
      '##[add-path]x.runbook.yaml',
      '::set-output name=x::y.runbook.yaml',
      'b\r::add-mask::c.runbook.yaml',
      '<script>|`*_[x](y).runbook.yaml',
    ];
    const broken = Object.fromEntries(names.map((name) => [name, BROKEN]));
    const title = '::set-output name=t::##[add-mask]x %0A::add-path::y';
    const titled = UPGRADE.replaceAll(/title: .*/g, `title: '${title}'`).replace('    approver: other_person\n', '');
    const work = await github.checkout((author) => author.write({ ...broken, 'ops/upgrade.runbook.yaml': titled }));
    const end = await github.review(work, { 'changed-only': 'false' });
    assert.equal(end.code, 1);
    assert.equal(end.outputs['findings'], String(names.length), end.log);
    const expected = new Set(['error', 'warning', 'notice', 'group', 'endgroup']);
    assert.deepEqual(
      end.commands.filter(({ name }) => !expected.has(name)),
      [],
    );
    assert.ok(
      end.commands.every(({ name, properties }) => name !== 'error' || properties['title'] !== undefined),
      'each annotation is ours',
    );
    assert.deepEqual(
      htmlIn(fromMarkdown(end.summary)).filter((html) => !/^(\s|<\/?(details|summary|b)>)*$/.test(html.replaceAll(/>[^<]*</g, '><'))),
      [],
    );
    assert.equal(Object.keys(end.outputs).length, 3);
  });

  it('opens nothing outside of the checkout', async () => {
    await writeFile(join(folder(), 'outside.runbook.yaml'), 'secret: text-of-the-outside\n');
    const work = await github.checkout(async (author) => {
      await mkdir(join(author.folder, 'ops'), { recursive: true });
      await symlink(join(folder(), 'outside.runbook.yaml'), join(author.folder, 'ops/link.runbook.yaml'));
      await symlink(folder(), join(author.folder, 'out'));
      await author.write({
        'ops/use.runbook.yaml': cleanRunbook().replace('check: { host: reachable }', 'use: ../../outside.runbook.yaml'),
      });
    });
    const end = await github.review(work, { 'changed-only': 'false' });
    assert.equal(end.code, 1, end.log);
    assert.doesNotMatch(end.log + end.summary, /text-of-the-outside|"secret"/);
    const elsewhere = await github.review(work, { 'sarif-file': 'out/x.sarif' });
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.log, /lies outside the checkout/);
    assert.ok(!existsSync(join(folder(), 'x.sarif')));
  });
});
