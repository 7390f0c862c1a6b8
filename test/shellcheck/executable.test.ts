import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { findShellCheck } from '../../src/shellcheck/index.js';
import { check, fake, realShellCheck, runbookWith } from './support.js';

describe('the ShellCheck that is used', () => {
  let folder: string;
  let workspace: string;
  let tools: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'find-shellcheck-')));
    workspace = join(folder, 'workspace');
    tools = join(folder, 'tools');
    await mkdir(join(workspace, 'bin'), { recursive: true });
    await mkdir(tools);
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const find = (...path: readonly string[]): Promise<string | undefined> => findShellCheck(path.join(delimiter), [workspace]);

  it('is the first on the search path that can be executed', async () => {
    const good = await fake(join(tools, 'shellcheck'), '');
    await mkdir(join(folder, 'first/shellcheck'), { recursive: true });
    await mkdir(join(folder, 'second'));
    await writeFile(join(folder, 'second/shellcheck'), '#!/bin/sh\n');
    await chmod(join(folder, 'second/shellcheck'), 0o644);
    assert.equal(await find(join(folder, 'first'), join(folder, 'second'), tools), good);
    assert.equal(await find(join(folder, 'first')), undefined);
    assert.equal(await findShellCheck(undefined, [workspace]), undefined);
  });

  it('is none that the workspace brings: beside the runbook, by a relative entry, or by links in or out', async () => {
    await fake(join(workspace, 'shellcheck'), '');
    await fake(join(workspace, 'bin/shellcheck'), '');
    const good = await fake(join(tools, 'shellcheck'), '');
    await symlink(join(workspace, 'bin'), join(folder, 'into'));
    await mkdir(join(folder, 'file'));
    await symlink(join(workspace, 'shellcheck'), join(folder, 'file/shellcheck'));
    await mkdir(join(workspace, 'out'));
    await symlink(good, join(workspace, 'out/shellcheck'));
    const bad = [
      '',
      '.',
      'bin',
      relative(process.cwd(), workspace),
      relative(process.cwd(), tools),
      workspace,
      join(workspace, 'bin'),
      join(tools, '../workspace/bin'),
      join(folder, 'into'),
      join(folder, 'file'),
      join(workspace, 'out'),
    ];
    assert.equal(await find(...bad), undefined);
    assert.equal(await find(...bad, tools), good);
  });

  it('is none of a workspace that is opened through a link', async () => {
    await fake(join(workspace, 'bin/shellcheck'), '');
    await symlink(workspace, join(folder, 'link'));
    assert.equal(await findShellCheck(join(workspace, 'bin'), [join(folder, 'link')]), undefined);
    assert.equal(await findShellCheck(join(folder, 'link/bin'), [join(folder, 'link')]), undefined);
  });

  it('may lie beside a workspace whose name begins alike', async () => {
    await mkdir(join(folder, 'workspace..'));
    const good = await fake(join(folder, 'workspace../shellcheck'), '');
    assert.equal(await find(join(folder, 'workspace..')), good);
    await mkdir(join(workspace, '..inside'));
    await fake(join(workspace, '..inside/shellcheck'), '');
    assert.equal(await find(join(workspace, '..inside')), undefined);
  });

  it('starts with nothing of our environment, outside the workspace', async () => {
    const kept = { ...process.env };
    const cwd = process.cwd();
    try {
      process.env['SHELLCHECK_OPTS'] = '--exclude=SC2086';
      process.chdir(workspace);
      const told = await fake(join(tools, 'shellcheck'), `{ pwd; env | /usr/bin/sort; } > ${join(tools, 'seen')}; exit 3`);
      await check(runbookWith('echo $1'), told);
    } finally {
      process.env = kept;
      process.chdir(cwd);
    }
    const { readFile } = await import('node:fs/promises');
    const seen = (await readFile(join(tools, 'seen'), 'utf8')).trim().split('\n');
    assert.equal(seen[0], '/');
    const names = seen.slice(1).map((line) => line.split('=')[0]);
    assert.deepEqual(
      names.filter((name) => !['LC_ALL', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? '')),
      [],
    );
  });

  it('heeds no settings file, wherever one lies', async () => {
    const kept = { ...process.env };
    const cwd = process.cwd();
    const rules = 'disable=all\nexternal-sources=true\n';
    await writeFile(join(workspace, '.shellcheckrc'), rules);
    await writeFile(join(workspace, 'shellcheckrc'), rules);
    try {
      Object.assign(process.env, { HOME: workspace, XDG_CONFIG_HOME: workspace, SHELLCHECK_OPTS: '--exclude=SC2086' });
      process.chdir(workspace);
      const found = await check(runbookWith('echo $1'), await realShellCheck());
      assert.deepEqual(
        found.map(({ code }) => code),
        ['shellcheck/SC2086'],
      );
    } finally {
      process.env = kept;
      process.chdir(cwd);
    }
  });

  it('opens no file that a script names', async () => {
    await writeFile(join(workspace, 'secret.sh'), 'echo $SECRET\nsecret_function() { echo "$1"; }\n');
    const script = [
      '|',
      `# shellcheck source=${join(workspace, 'secret.sh')} source-path=${workspace}`,
      `. ${join(workspace, 'secret.sh')}`,
      'secret_function $1',
    ].join('\n      ');
    const found = await check(runbookWith(script), await realShellCheck());
    // Had it read the file, it would know the function, and speak of what is in it.
    assert.deepEqual(
      found.map(({ code }) => code),
      ['shellcheck/SC2086'],
    );
  });
});
