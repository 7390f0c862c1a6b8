import assert from 'node:assert/strict';
import { OLD, Operator } from './operator.js';
import { eventually } from '../../support/eventually.js';

const { primary, standby } = OLD;
const BACKED_UP = ['folder', 'database', 'continue'] as const;
const INSTALLED = ['download', 'upgrade', 'return_home'] as const;

describe('lab: the old installation of Secret Server', () => {
  let operator: Operator;
  before(async () => {
    operator = await Operator.start('127.67');
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  const firstHop = (): Promise<void> => operator.perform(OLD, 'automatic_checks', 'stop_standby', ...BACKED_UP, ...INSTALLED);
  const configure = async (): Promise<void> => {
    await operator.pool(primary, { pipeline_mode: 'integrated' });
    await operator.administer(primary, 'PATCH', 'webserver/authentication', { pipeline_mode: 'integrated' });
  };
  const bothHops = async (): Promise<void> => {
    await firstHop();
    await operator.settled(primary);
    await configure();
    await operator.perform(OLD, ...BACKED_UP, ...INSTALLED);
  };
  const clearQueues = (): Promise<Response> => operator.send('DELETE', operator.page(primary, '/api/v1/queues'));

  it('says what it has in use', async () => {
    assert.deepEqual(await operator.json(primary, '/api/v1/features'), {
      rabbitmq: true,
      windows_authentication: true,
      distributed_engine: true,
      privilege_manager: true,
      web_clustering: true,
    });
    assert.deepEqual(await operator.json(primary, '/api/v1/cluster'), { server: 'web_old_1', primary: true, servers: 2 });
    assert.deepEqual(await operator.json(standby, '/api/v1/cluster'), { server: 'web_old_2', primary: false, servers: 2 });
    assert.deepEqual(await operator.json(primary, '/api/v1/version'), { version: '9.1.000000' });
  });

  it('reaches the newest release in two upgrades', async () => {
    await bothHops();
    assert.ok(operator.lab.done('secret_server/old_primary').includes('messages pile up in the queues of RabbitMQ'));
    await clearQueues();
    await operator.done('secret_server/old_primary');
    await operator.perform(OLD, 'copy', 'start_standby');
    await operator.done('secret_server/old');
    assert.deepEqual(operator.violations(), []);
    assert.equal(operator.lab.counters()['web_old_1.upgrade'], 2);
  });

  it('is offered the stop first, and the newest release from there', async () => {
    const update = async (): Promise<unknown> => (await operator.json(primary, '/api/v1/update'))['version'];
    await operator.perform(OLD, 'automatic_checks');
    assert.deepEqual(await operator.json(primary, '/api/v1/update'), {
      available: true,
      version: '9.1.000001',
      versions: ['9.1.000001'],
    });
    assert.deepEqual(await operator.json('5', '/updates?from=9.1.000000'), {
      latest: '10.9.000032',
      next: '9.1.000001',
      versions: ['9.1.000001'],
    });
    await operator.perform(OLD, 'stop_standby', ...BACKED_UP, ...INSTALLED);
    assert.equal(await update(), '10.9.000032');
  });

  it('refuses to leave the stop out', async () => {
    await operator.perform(OLD, 'automatic_checks', 'stop_standby', ...BACKED_UP);
    const direct = await operator.click(primary, 'Download', { version: '10.9.000032' });
    assert.equal(direct.status, 409);
    assert.match(await direct.text(), /9\.1\.000000 must be upgraded to 9\.1\.000001 before it can be upgraded to 10\.9\.000032/);
    assert.deepEqual(operator.violations(), []);
  });

  it('records that the stop was left out by force, and the upgrade comes to nothing', async () => {
    await configure();
    await operator.perform(OLD, 'automatic_checks', 'stop_standby', ...BACKED_UP);
    await operator.setup(primary, 'Download', { version: '10.9.000032', force: 'true' });
    assert.deepEqual(operator.violations(), ['Secret Server: 9.1.000000 was to become 10.9.000032 without 9.1.000001 in between']);
    await operator.reach(primary, 'downloaded');
    await operator.setup(primary, 'Install');
    await operator.reach(primary, 'failed');
    assert.deepEqual(await operator.json(primary, '/api/v1/version'), { version: '9.1.000000' });
  });

  it('leads its setup pages to the home page after the first upgrade, for a while from the first look on', async () => {
    await firstHop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const away = await operator.send('GET', operator.page(primary, '/installer.aspx'));
    assert.deepEqual([away.status, away.headers.get('location')], [302, '/home']);
    assert.equal((await operator.json(primary, '/Setup/status.json'))['step'], 'home', 'what the upgrade came to can be read meanwhile');
    await operator.settled(primary);
    assert.equal(await operator.status(primary, '/installer.aspx'), 200);
    assert.deepEqual(operator.violations(), []);
  });

  it('records that the next upgrade was tried before it had settled', async () => {
    await firstHop();
    await operator.perform(OLD, 'folder', 'database');
    assert.equal((await operator.click(primary, 'Continue', { backed_up: 'true' })).status, 302);
    assert.deepEqual(operator.violations(), ['Secret Server: an upgrade of web_old_1 was tried before the one to 9.1.000001 had settled']);
  });

  it('moves its setup page with the second upgrade', async () => {
    const answers = (): Promise<number[]> =>
      Promise.all(['/installer.aspx', '/Setup/Home'].map((where) => operator.status(primary, where)));
    assert.deepEqual(await answers(), [200, 404]);
    await firstHop();
    await operator.settled(primary);
    assert.deepEqual(await answers(), [200, 404]);
    await configure();
    await operator.perform(OLD, ...BACKED_UP, ...INSTALLED);
    assert.deepEqual(await answers(), [404, 200]);
  });

  it('wants new backups for the second upgrade', async () => {
    await firstHop();
    await operator.settled(primary);
    await operator.perform(OLD, 'continue');
    assert.deepEqual(operator.violations(), [
      'Secret Server: the application folder was said to be backed up, but it was not',
      'Secret Server: the database was said to be backed up, but it was not',
    ]);
  });

  it('logs nobody on by Windows until the settings for it suit the pipeline mode', async () => {
    const logon = async (): Promise<unknown> => (await operator.json(primary, '/api/v1/logon'))['windows'];
    assert.equal(await logon(), true);
    await operator.pool(primary, { pipeline_mode: 'integrated' });
    assert.equal(await logon(), false);
    assert.ok(operator.lab.done('secret_server/old').some((sentence) => sentence.includes('nobody is logged on by Windows')));
    await operator.administer(standby, 'PATCH', 'webserver/authentication', { pipeline_mode: 'integrated' });
    assert.equal(await logon(), true, 'the web servers share one configuration');
  });

  it('fills the queues of RabbitMQ once it is past 10.6, until they are cleared', async () => {
    const messages = async (): Promise<number> => Number((await operator.json(primary, '/api/v1/queues'))['messages']);
    await firstHop();
    assert.equal(await messages(), 0);
    await operator.settled(primary);
    await configure();
    await clearQueues();
    await operator.perform(OLD, ...BACKED_UP, ...INSTALLED);
    const first = await messages();
    assert.ok(first >= 80, 'clearing them before the upgrade does not help');
    await eventually(async () => (await messages()) !== first, 'more messages come', 10);
    await operator.send('POST', operator.page(primary, '/Admin/Queues/Clear'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await messages(), 0);
    assert.equal(operator.lab.counters()['web_old_1.queues_clear'], 2);
  });

  it('does not fill them by an upgrade that stays below 10.6', async () => {
    await firstHop();
    await operator.settled(primary);
    await configure();
    await operator.perform(OLD, ...BACKED_UP);
    await operator.acts(OLD, '10.5.000000').download();
    await operator.perform(OLD, 'upgrade', 'return_home');
    assert.equal((await operator.json(primary, '/api/v1/queues'))['messages'], 0);
  });

  it('offers the other ways by pages, too', async () => {
    const text = async (url: string): Promise<string> => (await operator.send('GET', url)).text();
    const administration = `http://${operator.address(primary)}:55539`;
    assert.match(await text(`${administration}/`), /Settings for pipeline mode: classic/);
    await operator.send('POST', `${administration}/authentication`, { mode: 'integrated' });
    assert.match(await text(`${administration}/`), /Settings for pipeline mode: integrated/);
    assert.match(await text(operator.page(primary, '/Admin/Queues')), /engine-responses/);
    await operator.perform(OLD, 'automatic_checks', 'stop_standby', ...BACKED_UP);
    assert.match(await text(operator.page(primary, '/Setup/Upgrade')), /<option>9\.1\.000001<\/option>/);
  });
});
