import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { packageFile } from '../../../lab/urbancode/packageFile.js';
import { TARGET } from '../../../lab/urbancode/releases.js';
import { ssh } from '../core/sshClient.js';
import { installOn } from './installOn.js';
import { ALL, Operator } from './operator.js';
import type { Act } from './operator.js';
import { eventually } from '../../support/eventually.js';

const RUNNING = /A previously installed version of HCL® UrbanCode™ Deploy is running\. Please shutdown/;

describe('lab: UrbanCode Deploy', () => {
  let operator: Operator;
  let [ucd1, ucd2, ucd3]: [string, string, string] = ['', '', ''];

  before(async () => {
    operator = await Operator.start('127.63');
    ({ ucd_1: ucd1, ucd_2: ucd2, ucd_3: ucd3 } = operator.servers);
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  const on = (address: string, command: string): Promise<string> => operator.on(address, command);
  const perform = (...names: readonly Act[]): Promise<void> => operator.perform(...names);
  const install = (address: string, options: Parameters<typeof installOn>[2] = {}): ReturnType<typeof installOn> =>
    installOn(address, operator.lab.identity, options);

  it('ends healthy when everything is done in its order', async () => {
    assert.notDeepEqual(operator.lab.done('urbancode'), []);
    await perform(...ALL);
    assert.deepEqual(operator.lab.violations(), []);
    assert.deepEqual(operator.lab.done('urbancode'), []);
    assert.equal(operator.lab.counters()['ucd_db.migrate'], 1);
  });

  for (const missing of ALL) {
    it(`notices that “${missing}” was left out`, async () => {
      const failed = await perform(...ALL.filter((name) => name !== missing)).then(
        () => false,
        () => true,
      );
      assert.ok(failed || operator.lab.violations().length > 0 || operator.lab.done('urbancode').length > 0);
    });
  }

  it('refuses to install over a running server, in the words of the product', async () => {
    await perform('back_up', 'quiet', 'fetch');
    const ran = await install(ucd2);
    assert.equal(ran.code, 1);
    assert.match(ran.stdout, RUNNING);
    assert.deepEqual(operator.lab.violations(), []);
  });

  it('asks about the database on the first server only', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    assert.match((await install(ucd1)).stdout, /upgrade the database/);
    await on(ucd1, 'systemctl start ucd');
    assert.doesNotMatch((await install(ucd2)).stdout, /upgrade the database/);
    assert.deepEqual(operator.lab.violations(), []);
  });

  it('records a second upgrade of the database', async () => {
    operator.lab.set('ucd.second_node_asks_for_database', true);
    await perform(...ALL);
    assert.ok(operator.lab.violations().some((sentence) => sentence.includes('the database was upgraded 2 times')));
  });

  it('records a rejoin before the upgrade, and a start of the old release against the new database', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders', 'first');
    assert.equal((await ssh(ucd3, operator.lab.identity, 'systemctl start ucd')).code, 1);
    await perform('rejoin');
    assert.ok(operator.lab.violations().some((sentence) => sentence.includes('ucd_3 was started at 6.1.1.4')));
    assert.ok(operator.lab.violations().some((sentence) => sentence.includes('ucd_2 got requests')));
  });

  it('needs an administrator, and the right folder', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    assert.equal((await install(ucd1, { command: './install-server.sh' })).code, 1);
    assert.equal((await install(ucd1, { data: '/mnt/ucd' })).code, 1);
    assert.ok(operator.lab.violations().some((sentence) => sentence.includes('/mnt/ucd')));
  });

  it('installs FIPS-compliant servers on request, and minds when only some are', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    assert.equal((await install(ucd1, { command: 'sudo ./install-server.sh -fips' })).code, 0);
    await on(ucd1, 'systemctl start ucd');
    await perform('others', 'rejoin');
    assert.deepEqual(operator.lab.done('urbancode'), ['some servers are FIPS-compliant and some are not']);
  });

  it('shows a stopped server to nobody, and a running one to every probe', async () => {
    const look = 'ss -Hltn; ps -eo pid=,ppid=,args=; ls /opt/ucd/var';
    assert.match(await on(ucd3, look), /:8443[^]*ucd-server[^]*server\.pid/);
    await perform('quiet', 'stop');
    assert.doesNotMatch(await on(ucd3, look), /:8443|bin\/ucd-server|server\.pid/);
    await assert.rejects(fetch(`http://${ucd3}:8443/`));
  });

  it('keeps the last server running when told to misbehave, until it is stopped by force', async () => {
    operator.lab.set('ucd.server_still_runs', true);
    await perform('quiet', 'stop');
    const look = 'ss -Hltn; ps -eo args=';
    assert.match(await on(ucd3, look), /:8443[^]*bin\/ucd-server/);
    assert.doesNotMatch(await on(ucd2, look), /:8443|bin\/ucd-server/);
    await on(ucd3, 'ucd-server-script stop -force');
    assert.doesNotMatch(await on(ucd3, look), /:8443|bin\/ucd-server/);
  });

  it('drops the connection once, after the installer has done its work', async () => {
    operator.lab.set('ucd.drop_connection', true);
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    const ran = await install(ucd1);
    assert.equal(ran.code, undefined);
    assert.match(await on(ucd1, 'cat /opt/ucd/conf/installed.version'), new RegExp(`version=${TARGET.replaceAll('.', '\\.')}`));
  });

  it('lets processes come to their end, or not', async () => {
    const count = async (): Promise<number> =>
      ((await (await fetch(`http://${ucd2}:8443/rest/processes`)).json()) as { count: number }).count;
    operator.lab.set('ucd.process_never_ends', true);
    assert.equal(await count(), 2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await count(), 2);
    operator.lab.set('ucd.process_never_ends', false);
    await eventually(async () => (await count()) === 0, 'the last process ends', 20);
  });

  it('shows pages whose buttons do the same as the scripts', async () => {
    const dashboard = await (await fetch(`http://${ucd1}:8443/`)).text();
    assert.equal(dashboard.match(/<button>Cancel<\/button>/g)?.length, 2);
    await fetch(`${operator.balancer}/servers/ucd_1/disable`, { method: 'POST' });
    assert.match(await (await fetch(operator.balancer)).text(), /ucd_1<\/td>\s*<td>disabled/);
    assert.match(await (await fetch(`http://${operator.database}:8080/backups`, { method: 'POST' })).text(), /\/backup\/ucd-1\.dump/);
  });

  it('offers one package, the same every time', () => {
    const sum = (): string => createHash('sha256').update(packageFile()).digest('hex');
    assert.equal(sum(), sum());
    assert.ok(packageFile().every((byte) => byte < 128));
  });

  it('holds a second installation of two servers at another release', async () => {
    assert.match(await on(`${operator.subnet}.2.21`, 'cat /opt/ucd/conf/installed.version'), /6\.2\.7\.1/);
    assert.ok(operator.lab.done('urbancode/two').length > 0);
  });
});
