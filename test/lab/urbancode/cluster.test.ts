import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';
import { packageFile } from '../../../lab/urbancode/packageFile.js';
import { TARGET } from '../../../lab/urbancode/releases.js';
import { LabClient, ssh } from '../core/sshClient.js';
import { installOn } from './installOn.js';

const SUBNET = '127.63';
const [UCD_1, UCD_2, UCD_3] = ['11', '12', '13'].map((last) => `${SUBNET}.2.${last}`) as [string, string, string];
const SERVERS = { ucd_1: UCD_1, ucd_2: UCD_2, ucd_3: UCD_3 };
const DATABASE = `${SUBNET}.2.6`;
const BALANCER = `http://${SUBNET}.2.5:8080`;
const RUNNING = /A previously installed version of HCL® UrbanCode™ Deploy is running\. Please shutdown/;

describe('lab: UrbanCode Deploy', () => {
  let directory: string;
  let lab: Lab;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'lab-ucd-'));
    lab = await startLab({ directory, subnet: SUBNET, products: ['urbancode'], pace: 0.02 });
  });
  after(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => lab.reset());

  const on = async (address: string, command: string): Promise<string> => {
    const ran = await ssh(address, lab.identity, command);
    assert.equal(ran.code, 0, `${command}: ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  const everywhere = (command: string): Promise<string[]> => Promise.all(Object.values(SERVERS).map((address) => on(address, command)));
  const balance = async (state: string): Promise<void> => {
    for (const name of Object.keys(SERVERS)) {
      const answer = await fetch(`${BALANCER}/servers/${name}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ state }),
      });
      assert.equal(answer.status, 200);
    }
  };

  /** Every act of the procedure by name; a test leaves one out or changes the order. */
  const acts = {
    back_up: () => on(DATABASE, 'ucd-db-backup'),
    quiet: () => fetch(`http://${UCD_1}:8443/rest/processes/cancel`, { method: 'POST' }),
    fetch: () =>
      everywhere(
        `curl -fsSL -o /var/tmp/ucd.tar http://${SUBNET}.2.7:8080/ucd-${TARGET}.tar && mkdir -p ucd-install && tar -xf /var/tmp/ucd.tar -C ucd-install`,
      ),
    stop: () => everywhere('systemctl stop ucd'),
    isolate: () => balance('disabled'),
    folders: () => on(UCD_1, 'mkdir -p /mnt/ucd/app_data && mv /mnt/ucd/logs /mnt/ucd/plugins /mnt/ucd/keystores /mnt/ucd/app_data/'),
    first: async () => {
      assert.equal((await installOn(UCD_1, lab.identity)).code, 0);
      await on(UCD_1, 'service ucd start');
    },
    others: async () => {
      for (const address of [UCD_2, UCD_3]) {
        assert.equal((await installOn(address, lab.identity)).code, 0);
        await on(address, 'systemctl start ucd');
      }
    },
    rejoin: () => balance('enabled'),
  };
  type Act = keyof typeof acts;
  const perform = async (...names: readonly Act[]): Promise<void> => {
    for (const name of names) await acts[name]();
  };
  const all = Object.keys(acts) as Act[];

  it('ends healthy when everything is done in its order', async () => {
    assert.notDeepEqual(lab.done('urbancode'), []);
    await perform(...all);
    assert.deepEqual(lab.violations(), []);
    assert.deepEqual(lab.done('urbancode'), []);
    assert.equal(lab.counters()['ucd_db.migrate'], 1);
  });

  for (const missing of all) {
    it(`notices that “${missing}” was left out`, async () => {
      const failed = await perform(...all.filter((name) => name !== missing)).then(
        () => false,
        () => true,
      );
      assert.ok(failed || lab.violations().length > 0 || lab.done('urbancode').length > 0);
    });
  }

  it('refuses to install over a running server, in the words of the product', async () => {
    await perform('back_up', 'quiet', 'fetch');
    const ran = await installOn(UCD_2, lab.identity);
    assert.equal(ran.code, 1);
    assert.match(ran.stdout, RUNNING);
    assert.deepEqual(lab.violations(), []);
  });

  it('asks about the database on the first server only', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    assert.match((await installOn(UCD_1, lab.identity)).stdout, /upgrade the database/);
    await on(UCD_1, 'systemctl start ucd');
    assert.doesNotMatch((await installOn(UCD_2, lab.identity)).stdout, /upgrade the database/);
    assert.deepEqual(lab.violations(), []);
  });

  it('records a second upgrade of the database', async () => {
    lab.set('ucd.second_node_asks_for_database', true);
    await perform(...all);
    assert.ok(lab.violations().some((sentence) => sentence.includes('the database was upgraded 2 times')));
  });

  it('records that other servers used the database while it was upgraded', async () => {
    await perform('back_up', 'quiet', 'fetch', 'isolate', 'folders');
    await on(UCD_1, 'systemctl stop ucd');
    await installOn(UCD_1, lab.identity);
    assert.equal(lab.violations().filter((sentence) => sentence.includes('was still running')).length, 2);
  });

  it('records that the others were upgraded before the first was online', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    await installOn(UCD_1, lab.identity);
    await installOn(UCD_2, lab.identity);
    assert.ok(lab.violations().some((sentence) => sentence.includes('before ucd_1 was back online')));
  });

  it('records a rejoin before the upgrade, and a start of the old release against the new database', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders', 'first');
    assert.equal((await ssh(UCD_3, lab.identity, 'systemctl start ucd')).code, 1);
    await perform('rejoin');
    assert.ok(lab.violations().some((sentence) => sentence.includes('ucd_3 was started at 6.1.1.4')));
    assert.ok(lab.violations().some((sentence) => sentence.includes('ucd_2 got requests')));
  });

  it('needs an administrator, and the right folder', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    assert.equal((await installOn(UCD_1, lab.identity, { command: './install-server.sh' })).code, 1);
    assert.equal((await installOn(UCD_1, lab.identity, { data: '/mnt/ucd' })).code, 1);
    assert.ok(lab.violations().some((sentence) => sentence.includes('/mnt/ucd')));
  });

  it('installs FIPS-compliant servers on request, and minds when only some are', async () => {
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    assert.equal((await installOn(UCD_1, lab.identity, { command: 'sudo ./install-server.sh -fips' })).code, 0);
    await on(UCD_1, 'systemctl start ucd');
    await perform('others', 'rejoin');
    assert.deepEqual(lab.done('urbancode'), ['some servers are FIPS-compliant and some are not']);
  });

  it('shows a stopped server to nobody, and a running one to every probe', async () => {
    const look = 'ss -Hltn; ps -eo pid=,ppid=,args=; ls /opt/ucd/var';
    assert.match(await on(UCD_3, look), /:8443[^]*ucd-server[^]*server\.pid/);
    await perform('quiet', 'stop');
    assert.doesNotMatch(await on(UCD_3, look), /:8443|bin\/ucd-server|server\.pid/);
    await assert.rejects(fetch(`http://${UCD_3}:8443/`));
  });

  it('keeps the last server running when told to misbehave, until it is stopped by force', async () => {
    lab.set('ucd.server_still_runs', true);
    await perform('quiet', 'stop');
    const look = 'ss -Hltn; ps -eo args=';
    assert.match(await on(UCD_3, look), /:8443[^]*bin\/ucd-server/);
    assert.doesNotMatch(await on(UCD_2, look), /:8443|bin\/ucd-server/);
    await on(UCD_3, 'ucd-server-script stop -force');
    assert.doesNotMatch(await on(UCD_3, look), /:8443|bin\/ucd-server/);
  });

  it('drops the connection once, after the installer has done its work', async () => {
    lab.set('ucd.drop_connection', true);
    await perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    const ran = await installOn(UCD_1, lab.identity);
    assert.equal(ran.code, undefined);
    assert.match(await on(UCD_1, 'cat /opt/ucd/conf/installed.version'), new RegExp(`version=${TARGET.replaceAll('.', '\\.')}`));
  });

  it('lets processes come to their end, or not', async () => {
    const count = async (): Promise<number> =>
      ((await (await fetch(`http://${UCD_2}:8443/rest/processes`)).json()) as { count: number }).count;
    lab.set('ucd.process_never_ends', true);
    assert.equal(await count(), 2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await count(), 2);
    lab.set('ucd.process_never_ends', false);
    while ((await count()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('shows pages whose buttons do the same as the scripts', async () => {
    const dashboard = await (await fetch(`http://${UCD_1}:8443/`)).text();
    assert.equal(dashboard.match(/<button>Cancel<\/button>/g)?.length, 2);
    await fetch(`${BALANCER}/servers/ucd_1/disable`, { method: 'POST' });
    assert.match(await (await fetch(BALANCER)).text(), /ucd_1<\/td>\s*<td>disabled/);
    assert.match(await (await fetch(`http://${DATABASE}:8080/backups`, { method: 'POST' })).text(), /\/backup\/ucd-1\.dump/);
  });

  it('offers one package, the same every time', () => {
    const sum = (): string => createHash('sha256').update(packageFile()).digest('hex');
    assert.equal(sum(), sum());
    assert.ok(packageFile().every((byte) => byte < 128));
  });

  it('holds a second installation of two servers at another release', async () => {
    const client = await LabClient.open(`${SUBNET}.2.21`, lab.identity);
    assert.match((await client.run('cat /opt/ucd/conf/installed.version')).stdout, /6\.2\.7\.1/);
    client.close();
    assert.ok(lab.done('urbancode/two').length > 0);
  });
});
