import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtCommand, execute, plainEnvironment, root, succeed, temporaryFolder } from './processes.js';

/** Scripts that npm runs by itself when a package is installed. */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'prepublish', 'dependencies'];

/** Bytes the packed package may have. */
const CEILING = 800_000;

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

describe('the npm package of the command line', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const user = (): string => join(folder(), 'user');
  const packed = join(root, 'out/npm');
  const tarball = join(root, `out/runbook-studio-cli-${version}.tgz`);

  before(async () => {
    builtCommand();
    await succeed(process.execPath, ['scripts/npmPackage.mjs'], { cwd: root });
    await mkdir(user());
    const install = ['install', '--no-audit', '--no-fund', '--no-progress', tarball];
    await succeed('npm', install, { cwd: user(), env: plainEnvironment({ npm_config_ignore_scripts: 'false' }) });
  });

  it('holds the built command, the schemas and the licences, and nothing else', async () => {
    const files = (await succeed('tar', ['-tzf', tarball], { cwd: root })).trim().split('\n');
    const built = readdirSync(join(root, 'dist/cli')).filter((name) => name.endsWith('.mjs'));
    const expected = [
      'dist/cli.mjs',
      ...built.map((name) => `dist/cli/${name}`),
      'schemas/inventory.schema.json',
      'schemas/runbook.schema.json',
      'LICENSE',
      'README.md',
      'THIRD_PARTY_LICENSES.txt',
      'package.json',
    ];
    assert.deepEqual(files.sort(), expected.map((file) => `package/${file}`).sort());
    assert.ok(statSync(tarball).size < CEILING, `${String(statSync(tarball).size)} bytes`);
  });

  it('names the licence of every package that was bundled', () => {
    const licences = readFileSync(join(packed, 'THIRD_PARTY_LICENSES.txt'), 'utf8');
    const built: Record<string, { inputs: string[] }> = JSON.parse(readFileSync(join(root, 'out/bundles.json'), 'utf8'));
    const inputs = Object.entries(built).flatMap(([file, { inputs }]) => (file.startsWith('dist/cli') ? inputs : []));
    const names = new Set(
      inputs.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter((name) => name !== undefined),
    );
    assert.ok(names.has('yaml') && names.has('ssh2'));
    for (const name of names) assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\S*, licence [A-Z]`, 'm'));
  });

  it('brings few packages, and none of them has anything to run when it is installed', () => {
    const modules = join(user(), 'node_modules');
    const manifests = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) => /(^|[/\\])package\.json$/.test(file));
    const installed = manifests.map((file) => JSON.parse(readFileSync(join(modules, file), 'utf8')));
    assert.ok(installed.some(({ name }) => name === 'runbook-studio-cli'));
    const others = installed
      .map(({ name }) => String(name))
      .filter((name) => !/^(runbook-studio-cli|@lydell\/node-pty(-[\w-]+)?)$/.test(name));
    assert.deepEqual(others, []);
    for (const { name, scripts = {} } of installed) {
      const run = Object.keys(scripts as object).filter((script) => LIFECYCLE.includes(script));
      assert.deepEqual(run, [], `${String(name)} runs nothing`);
    }
    const gyp = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('binding.gyp'));
    assert.deepEqual(gyp, [], 'npm builds what has a binding.gyp');
    const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
    assert.doesNotMatch(JSON.stringify(lock), /hasInstallScript/);
  });

  it('checks a runbook in an empty directory through npx', async () => {
    const good =
      'runbook: v1\nid: note\ntitle: Note\nroles: { app: { hosts: 1 } }\nsteps:\n  - { id: look, title: Look, on: app, check: { host: reachable } }\n';
    await writeFile(join(user(), 'good.runbook.yaml'), good);
    await writeFile(join(user(), 'bad.runbook.yaml'), good.replace('steps:', 'stepps:'));
    const clean = await execute('npx', ['--no-install', 'runbook', 'lint', 'good.runbook.yaml'], { cwd: user() });
    assert.equal(clean.code, 0, clean.out + clean.err);
    const found = await execute('npx', ['--no-install', 'runbook', 'lint', 'bad.runbook.yaml'], { cwd: user() });
    assert.equal(found.code, 1, found.out + found.err);
    assert.match(found.out, /^bad\.runbook\.yaml:5:1: error unknown-key: /m);
    const said = await succeed('npx', ['--no-install', 'runbook', '--version'], { cwd: user() });
    assert.equal(said.trim(), version);
  });

  it('has an executable command with the line that starts Node', () => {
    const command = join(user(), 'node_modules/runbook-studio-cli/dist/cli.mjs');
    assert.match(readFileSync(command, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    assert.ok(existsSync(join(user(), 'node_modules/.bin/runbook')));
    if (process.platform !== 'win32') assert.ok((statSync(command).mode & 0o111) !== 0);
  });
});
