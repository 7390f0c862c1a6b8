import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { layOutNpmPackage } from '../../scripts/npm/layOut.mjs';
import { builtCommand, execute, plainEnvironment, root, succeed, temporaryFolder } from './processes.js';
import type { Ended } from './processes.js';
import { cleanRunbook, Repository } from './repository.js';

describe('the hook of pre-commit', function () {
  this.timeout(400_000);
  const folder = temporaryFolder();
  let user: Repository;
  let hooks: Repository;

  before(async () => {
    await succeed('pre-commit', ['--version'], { cwd: root });
    hooks = await Repository.ofThisProject(join(folder(), 'hooks'));
    user = await Repository.create(join(folder(), 'user'));
  });

  function preCommit(...args: readonly string[]): Promise<Ended> {
    return execute('pre-commit', args, { cwd: user.folder, env: plainEnvironment({ PRE_COMMIT_HOME: join(folder(), 'cache') }) });
  }

  async function configure(hook: string): Promise<void> {
    await user.write({ '.pre-commit-config.yaml': hook });
    await user.git('add', '--all');
  }

  async function fromRepository(extra = ''): Promise<void> {
    const rev = await hooks.git('rev-parse', 'HEAD');
    await configure(`repos:\n  - repo: ${hooks.folder}\n    rev: ${rev}\n    hooks:\n      - id: runbook-lint\n${extra}`);
  }

  it('is described as pre-commit wants it', async () => {
    await succeed('pre-commit', ['validate-manifest', '.pre-commit-hooks.yaml'], { cwd: root });
  });

  it('builds the command line of the repository once, and lets a sound runbook pass', async () => {
    await fromRepository();
    await user.write({ 'ops/a.runbook.yaml': cleanRunbook(), 'notes.yaml': 'a: [' });
    await user.git('add', '--all');
    const first = await preCommit('run', 'runbook-lint');
    assert.equal(first.code, 0, first.out + first.err);
    assert.match(first.out, /runbook lint\.+Passed/);
    const clones = (await readdir(join(folder(), 'cache'))).filter((name) => name.startsWith('repo'));
    assert.equal(clones.length, 1);
    const left = await readdir(join(folder(), 'cache', String(clones[0])));
    assert.ok(left.includes('dist') && !left.includes('node_modules') && !left.some((name) => name.startsWith('.building')), left.join());
    const again = await execute('pre-commit', ['run', '--all-files'], {
      cwd: user.folder,
      env: plainEnvironment({ PRE_COMMIT_HOME: join(folder(), 'cache'), npm_config_registry: 'http://127.0.0.1:9/' }),
    });
    assert.equal(again.code, 0, `offline the second time: ${again.out}`);
  });

  it('stops a commit that breaks a runbook, and names the place', async () => {
    await fromRepository();
    await user.write({ 'ops/b.runbook.yaml': cleanRunbook().replace('steps:', 'stepps:') });
    await user.git('add', '--all');
    const { code, out } = await preCommit('run');
    assert.equal(code, 1);
    assert.match(out, /^ops\/b\.runbook\.yaml:5:1: error unknown-key: /m);
    await user.git('rm', '--quiet', '--force', 'ops/b.runbook.yaml');
  });

  it('takes options, and a file that is called like one is a file', async () => {
    await fromRepository('        args: [--fail-on, error]\n');
    const hostile = '--config=x.runbook.yaml';
    await user.write({ [hostile]: cleanRunbook(), 'x.runbook.yaml': cleanRunbook() });
    await user.git('add', '--all');
    const clean = await preCommit('run');
    assert.equal(clean.code, 0, clean.out);
    await user.write({ [hostile]: cleanRunbook().replace('steps:', 'stepps:') });
    await user.git('add', '--all');
    const found = await preCommit('run');
    assert.match(found.out, /--config=x\.runbook\.yaml:5:1: error unknown-key: /);
    await user.git('rm', '--quiet', '--force', '--', hostile, 'x.runbook.yaml');
  });

  it('runs the npm package as a local hook, too', async () => {
    builtCommand();
    const npm = join(folder(), 'package');
    await mkdir(npm);
    layOutNpmPackage(npm);
    const tarball = (await succeed('npm', ['pack', '--pack-destination', folder(), '--loglevel=error'], { cwd: npm })).trim();
    await configure(`repos:
  - repo: local
    hooks:
      - id: runbook-lint
        name: runbook lint
        language: node
        additional_dependencies: ['${join(folder(), tarball)}']
        entry: runbook lint
        files: \\.(runbook|inventory)\\.ya?ml$
        require_serial: true
`);
    const clean = await preCommit('run', '--all-files');
    assert.equal(clean.code, 0, clean.out + clean.err);
    await user.write({ 'ops/c.runbook.yaml': cleanRunbook().replace('steps:', 'stepps:') });
    await user.git('add', '--all');
    const found = await preCommit('run');
    assert.equal(found.code, 1);
    assert.match(found.out, /^ops\/c\.runbook\.yaml:5:1: error unknown-key: /m);
  });
});
