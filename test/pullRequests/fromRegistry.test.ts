import assert from 'node:assert/strict';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { builtCommand, execute, plainEnvironment, temporaryFolder } from './processes.js';
import { openRegistry } from './registry.js';
import type { Registry } from './registry.js';
import { cleanRunbook, Repository } from './repository.js';
import { runAction } from './runner.js';

describe('the command line from a registry', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  let registry: Registry;
  let env: Record<string, string>;

  before(async () => {
    builtCommand();
    registry = await openRegistry(folder());
    env = { npm_config_registry: registry.address, npm_config_cache: join(folder(), 'npm-cache'), npm_config_update_notifier: 'false' };
  });
  after(() => registry.close());

  async function checkout(): Promise<Repository> {
    const work = await Repository.create(await mkdtemp(join(folder(), 'work-')));
    await work.write({ 'a.runbook.yaml': cleanRunbook().replace('steps:', 'stepps:') });
    return work;
  }

  it('is what the action installs, in its own version, whatever the checkout tells npm', async () => {
    const work = await checkout();
    await work.write({
      '.npmrc': 'registry=http://127.0.0.1:9/\nscript-shell=/bin/false\n',
      'package.json': '{"name": "x", "overrides": {"runbook-studio-cli": "0.0.1"}}',
    });
    await work.commit();
    const end = await runAction({ format: 'pretty' }, { workspace: work.folder, temporary: folder(), env });
    assert.match(end.log, /^a\.runbook\.yaml:5:1: error unknown-key: /m);
    assert.equal(end.code, 1);
    const fetched = registry.asked.filter((path) => path.endsWith('.tgz'));
    assert.deepEqual(fetched, ['/runbook-studio-cli-0.1.0.tgz'], 'one package and no other');
  });

  it('is missed with a plain word where the version does not exist', async () => {
    const end = await runAction({ version: '99.0.0' }, { workspace: (await checkout()).folder, temporary: folder(), env });
    assert.equal(end.code, 1);
    assert.deepEqual(
      end.commands.map(({ name }) => name),
      ['error'],
    );
    assert.match(end.log, /npm could not install runbook-studio-cli@99\.0\.0: .*notarget|No matching version/i);
  });

  it('runs with npx in an empty directory, where nothing is installed', async () => {
    const empty = join(folder(), 'empty');
    await mkdir(empty);
    const options = { cwd: empty, env: plainEnvironment(env) };
    const { code, out } = await execute('npx', ['--yes', 'runbook-studio-cli@0.1.0', 'lint', '--list-rules'], options);
    assert.equal(code, 0);
    assert.match(out, /missing-timeout/);
  });
});
