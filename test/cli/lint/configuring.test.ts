import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { BROKEN, HASTY, LintTree, runbook, SOUND } from '../../support/linting.js';

describe('runbook lint: what counts', () => {
  let tree: LintTree;
  beforeEach(async () => {
    tree = await LintTree.with({
      '.git/HEAD': '',
      'a.runbook.yaml': runbook('a', SOUND, HASTY),
      'sub/b.runbook.yaml': runbook('b', HASTY),
    });
  });
  afterEach(() => tree.remove());

  const rules = async (...words: readonly string[]): Promise<readonly string[]> =>
    (await tree.report(...words)).findings.map(({ file, rule, severity }) => `${file} ${severity} ${rule}`);

  it('fails on warnings, and on what --fail-on says', async () => {
    assert.equal((await tree.lint()).code, ExitCode.failed);
    assert.equal((await tree.lint('--fail-on', 'error')).code, ExitCode.ok);
    assert.equal((await tree.lint('--fail-on', 'all')).code, ExitCode.usage);
    await tree.write('a.runbook.yaml', runbook('a', BROKEN));
    assert.equal((await tree.lint('--fail-on', 'error')).code, ExitCode.failed);
  });

  it('follows the profile of the command line before that of the file', async () => {
    await tree.write('.runbook-lint.yaml', 'profile: strict\n');
    assert.deepEqual(await rules('a.runbook.yaml'), ['a.runbook.yaml error missing-timeout']);
    assert.deepEqual(await rules('a.runbook.yaml', '--profile', 'minimal'), []);
    assert.equal((await tree.lint('--profile', 'lax')).code, ExitCode.usage);
  });

  it('takes the nearest file, up to the root of the repository and not beyond', async () => {
    await tree.write('.runbook-lint.yaml', 'rules: { missing-timeout: information }\n');
    const information = /^b\.runbook\.yaml:\d+:\d+: information missing-timeout/;
    assert.match((await tree.lintIn('sub', {})).out, information);
    await tree.write('sub/.runbook-lint.yaml', 'rules: { missing-timeout: error }\n');
    assert.match((await tree.lintIn('sub', {})).out, /: error missing-timeout/);
    await tree.write('sub/.runbook-lint.yaml', '# nothing\n');
    await tree.write('sub/.git/HEAD', '');
    assert.match((await tree.lintIn('sub', {})).out, /: warning missing-timeout/);
  });

  it('takes another file that is named, wherever it lies', async () => {
    await tree.write('.runbook-lint.yaml', 'rules: { missing-timeout: off }\n');
    const base = await LintTree.with({ 'base.yaml': 'fail_on: error\n' });
    try {
      const { code, out } = await tree.lint('--config', base.path('base.yaml'));
      assert.equal(code, ExitCode.ok);
      assert.match(out, /warning missing-timeout/);
      assert.equal((await tree.lint('--config', base.path('none.yaml'))).code, ExitCode.usage);
    } finally {
      await base.remove();
    }
  });

  it('leaves out what the file excludes, however it is named', async () => {
    await tree.write('.runbook-lint.yaml', 'exclude: [ "sub/**" ]\n');
    assert.deepEqual(await rules(), ['a.runbook.yaml warning missing-timeout']);
    const { code, out } = await tree.lint('sub/b.runbook.yaml');
    assert.deepEqual([code, out], [ExitCode.ok, '0 files checked, nothing found.\n']);
    const below = await tree.lintIn('sub', {});
    assert.deepEqual([below.code, below.out], [ExitCode.internal, '']);
    assert.match(below.err, /^Nothing to check: "exclude" in the configuration leaves out everything that was named\.\n$/);
    await tree.write('.runbook-lint.yaml', 'exclude: [ "**" ]\n');
    assert.equal((await tree.lint()).code, ExitCode.internal);
  });

  it('leaves out what the file excludes although it cannot be read', async () => {
    await symlink('nowhere', tree.path('sub/dangling.runbook.yaml'));
    assert.ok((await rules()).includes('sub/dangling.runbook.yaml error unreadable-file'));
    await tree.write('.runbook-lint.yaml', 'exclude: [ sub/dangling.runbook.yaml ]\n');
    assert.ok(!(await rules()).some((found) => found.includes('unreadable-file')));
  });

  it('finds what is wrong with the file at its place, and then nothing of it counts', async () => {
    await tree.write('.runbook-lint.yaml', 'rules:\n  missing-timeout: off\n  undefined-role: off\nplugin: ./evil.js\n');
    const { findings } = await tree.report();
    assert.deepEqual(
      findings.map(({ file, line, rule }) => [file, line, rule]),
      [
        ['.runbook-lint.yaml', 4, 'invalid-configuration'],
        ['a.runbook.yaml', 14, 'missing-timeout'],
        ['sub/b.runbook.yaml', 9, 'missing-timeout'],
      ],
    );
    await tree.write('.runbook-lint.yaml', 'rules:\n  missing-timeout: off\n  undefined-role: off\n');
    assert.match((await tree.lint()).out, /^\.runbook-lint\.yaml:3:19: error invalid-configuration: "undefined-role" finds errors/);
  });

  it('gives rules their numbers', async () => {
    const { RULE_CARDS } = await import('../../../src/review/index.js');
    const card =
      RULE_CARDS.find(({ options, severity }) => options.length > 0 && severity !== 'error') ??
      RULE_CARDS.find(({ options }) => options.length > 0);
    const option = card?.options[0];
    if (card === undefined || option === undefined) return;
    await tree.write('.runbook-lint.yaml', `rules: { ${card.id}: { ${option.name}: ${String(option.minimum - 1)} } }\n`);
    assert.match((await tree.lint()).out, new RegExp(`"${option.name}" is at least ${String(option.minimum)}`));
    await tree.write('.runbook-lint.yaml', `rules: { ${card.id}: { ${option.name}: ${String(option.minimum)} } }\n`);
    assert.doesNotMatch((await tree.lint()).out, /invalid-configuration/);
  });

  it('silences what a comment gives a reason for, and counts it', async () => {
    const silent = HASTY.replace('    wait', '    # runbook-lint-ignore missing-timeout: the hosts are looked at by hand\n    wait');
    await tree.write('a.runbook.yaml', runbook('a', silent));
    const { findings, hidden } = await tree.report('a.runbook.yaml');
    assert.deepEqual([findings, hidden.suppressed], [[], 1]);
    await tree.write(
      'a.runbook.yaml',
      runbook('a', SOUND.replace('timeout: 1m', 'timeout: 1m # runbook-lint-ignore missing-timeout: old')),
    );
    assert.deepEqual(await rules('a.runbook.yaml'), ['a.runbook.yaml warning unused-suppression']);
  });

  it('calls a comment for a rule over plans unused only where all plans were made', async () => {
    const part = runbook('part', SOUND).replace(
      'title: Sample',
      'title: Sample # runbook-lint-ignore unreachable-step: kept for the next release',
    );
    await tree.write('a.runbook.yaml', part);
    assert.deepEqual(await rules('a.runbook.yaml'), []);
    await tree.write('sub/b.runbook.yaml', runbook('b', SOUND));
    assert.deepEqual(await rules(), ['a.runbook.yaml warning unused-suppression']);
    await tree.write('sub/b.runbook.yaml', runbook('b', BROKEN));
    assert.ok(!(await rules()).some((found) => found.includes('unused-suppression')));
  });
});

describe('runbook lint: what it tells about itself', () => {
  let tree: LintTree;
  before(async () => (tree = await LintTree.with({})));
  after(() => tree.remove());

  it('explains a rule', async () => {
    const { code, out } = await tree.lint('--explain', 'missing-timeout');
    assert.equal(code, ExitCode.ok);
    assert.match(out, /^missing-timeout: warning, safety/);
    assert.match(out, /# runbook-lint-ignore missing-timeout: the reason/);
    assert.match((await tree.lint('--explain', 'undefined-role')).out, /An error is never silenced/);
    assert.match((await tree.lint('--explain', 'shellcheck/SC2086')).out, /^shellcheck: /);
    const wrong = await tree.lint('--explain', 'mising-timeout');
    assert.equal(wrong.code, ExitCode.usage);
    assert.match(wrong.err, /Did you mean missing-timeout\?/);
  });

  it('lists every rule, as JSON too', async () => {
    const { RULE_CARDS } = await import('../../../src/review/index.js');
    const { out } = await tree.lint('--list-rules');
    for (const { id } of RULE_CARDS) assert.match(out, new RegExp(`^  ${id} +(?:error|warning|information) `, 'm'));
    const listed = JSON.parse((await tree.lint('--list-rules', '--format', 'json')).out) as { format: number; rules: { id: string }[] };
    assert.equal(listed.format, 1);
    assert.deepEqual(listed.rules.map(({ id }) => id).sort(), RULE_CARDS.map(({ id }) => id).sort());
    for (const words of [
      ['--list-rules', '--format', 'sarif'],
      ['--list-rules', '-o', 'x'],
      ['--explain', 'fragile-check', '--fix'],
      ['--list-rules', '.'],
    ])
      assert.equal((await tree.lint(...words)).code, ExitCode.usage, words.join(' '));
  });

  it('has a help of its own that names every option', async () => {
    const { code, out } = await tree.lint('--help');
    assert.equal(code, ExitCode.ok);
    for (const option of [
      'format',
      'fail-on',
      'profile',
      'config',
      'changed-since',
      'baseline',
      'write-baseline',
      'shellcheck',
      'fix',
      'explain',
      'list-rules',
      'stdin-filename',
    ])
      assert.match(out, new RegExp(`--${option}\\b`), option);
    for (const line of out.split('\n')) assert.ok(line.length <= 130, line);
  });
});

describe('runbook lint --shellcheck', () => {
  let tree: LintTree;
  const script = (comment: string): string =>
    `${comment}  - id: script\n    title: Script\n    on: app\n    timeout: 1m\n    run: |\n      cp $FROM /srv\n`;
  beforeEach(async () => (tree = await LintTree.with({ 'a.runbook.yaml': runbook('a', script('')) })));
  afterEach(() => tree.remove());

  it('asks ShellCheck only when it is told to, at the exact place', async () => {
    assert.doesNotMatch((await tree.lint()).out, /shellcheck/);
    assert.match((await tree.lint('--shellcheck')).out, /^a\.runbook\.yaml:11:10: information shellcheck\/SC2086: /m);
  });

  it('can be silenced: by a comment for one of its rules or all, and by a setting', async () => {
    const suppressed = async (): Promise<readonly unknown[]> => {
      const { findings, hidden } = await tree.report('--shellcheck');
      return [
        findings.filter(({ rule }) => rule.startsWith('shellcheck/SC2086') || rule === 'unused-suppression').length,
        hidden.suppressed > 0,
      ];
    };
    for (const rule of ['shellcheck/SC2086', 'shellcheck']) {
      await tree.write('a.runbook.yaml', runbook('a', script(`  # runbook-lint-ignore ${rule}: the value never has a space\n`)));
      assert.deepEqual(await suppressed(), [0, true], rule);
      assert.doesNotMatch((await tree.lint()).out, /unused-suppression/);
    }
    await tree.write('a.runbook.yaml', runbook('a', script('')));
    await tree.write('.runbook-lint.yaml', 'rules: { shellcheck: off }\n');
    assert.deepEqual(await suppressed(), [0, false]);
  });

  it('says so where there is none', async () => {
    const { code, err } = await tree.lintIn('.', { env: { PATH: '' } }, '--shellcheck');
    assert.equal(code, ExitCode.usage);
    assert.match(err, /there is none on the PATH/);
  });
});
