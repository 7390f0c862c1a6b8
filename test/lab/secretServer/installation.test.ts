import assert from 'node:assert/strict';
import { ALL, CLUSTER, OLD, Operator } from './operator.js';
import type { Act } from './operator.js';
import { eventually } from '../../support/eventually.js';

const { primary, standby } = CLUSTER;

describe('lab: Secret Server', () => {
  let operator: Operator;
  before(async () => {
    operator = await Operator.start('127.64');
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  const perform = (...names: readonly Act[]): Promise<void> => operator.perform(CLUSTER, ...names);
  const READY: readonly Act[] = ['automatic_checks', 'stop_standby', 'folder', 'database', 'continue'];

  it('ends healthy when everything is done in its order', async () => {
    await perform(...ALL.slice(0, -2));
    await operator.done('secret_server/primary');
    assert.ok(operator.lab.done('secret_server').length > 0);
    await perform('copy', 'start_standby');
    await operator.done('secret_server');
    assert.deepEqual(operator.violations(), []);
  });

  for (const missing of ALL) {
    it(`notices that “${missing}” was left out`, async () => {
      const failed = await perform(...ALL.filter((name) => name !== missing)).then(
        () => false,
        () => true,
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
      assert.ok(failed || operator.violations().length > 0 || operator.lab.done('secret_server').length > 0);
    });
  }

  it('shows the update link only when automatic checks are allowed', async () => {
    const home = async (): Promise<string> => (await operator.send('GET', operator.page(primary, '/'))).text();
    assert.doesNotMatch(await home(), /An update is available/);
    await operator.send('POST', operator.page(primary, '/Admin/Configuration'), { automatic_checks: 'true' });
    assert.match(await home(), /<a href="\/Setup\/Home">An update is available \(10\.9\.000032\)/);
  });

  it('puts the setup at an address that depends on the release', async () => {
    assert.equal(await operator.status(primary, '/Setup/Home'), 200);
    assert.equal(await operator.status(primary, '/installer.aspx'), 404);
    assert.equal(await operator.status(OLD.primary, '/installer.aspx'), 200);
    assert.equal(await operator.status(OLD.primary, '/Setup/Home'), 404);
  });

  it('shows the address of the database, and refuses to go on without the confirmation', async () => {
    await perform('automatic_checks');
    const text = await (await operator.send('GET', operator.page(primary, '/Setup/Upgrade'))).text();
    assert.ok(text.includes(`<b>${operator.address(CLUSTER.sql)}</b>`));
    assert.equal((await operator.click(primary, 'Continue')).status, 409);
  });

  it('records a confirmation that is not true', async () => {
    await perform('automatic_checks', 'stop_standby', 'continue');
    assert.equal(operator.violations().filter((sentence) => sentence.includes('said to be backed up')).length, 2);
  });

  it('needs a token and a login for what scripts do', async () => {
    assert.equal((await operator.send('POST', `http://${operator.address(primary)}:55539/api/files/backups`)).status, 401);
    assert.equal((await operator.send('POST', operator.page(CLUSTER.sql, '/databases/SecretServer/backups'))).status, 401);
  });

  it('answers 503 while the application pool is stopped', async () => {
    await perform('stop_standby');
    assert.equal(await operator.status(standby, '/'), 503);
  });

  it('records that a standby was started with old files', async () => {
    await perform(...ALL.filter((name) => name !== 'copy'));
    assert.ok(operator.violations().some((sentence) => sentence.includes('web_2 was started with the files of 10.5.000000')));
  });

  it('upgrades Privilege Manager too, which is away meanwhile', async () => {
    const privilegeManager = (): Promise<Record<string, unknown>> => operator.json(primary, '/api/v1/privilege-manager');
    await perform(...READY, 'download');
    await operator.setup(primary, 'Install');
    assert.deepEqual(await privilegeManager(), { version: '10.5.000000', up: false });
    await operator.reach(primary, 'finished');
    await eventually(async () => (await privilegeManager())['up'] !== false, 'the privilege manager is up', 10);
    assert.deepEqual(await privilegeManager(), { version: '10.9.000032', up: true });
  });

  it('goes where the operator asks it to, among the releases that can be reached', async () => {
    await perform(...READY);
    assert.deepEqual(await operator.json(primary, '/api/v1/update'), {
      available: true,
      version: '10.9.000032',
      versions: ['10.6.000000', '10.7.000000', '10.9.000005', '10.9.000032'],
    });
    for (const [version, why] of [
      ['10.8.000001', /update server has no version 10\.8\.000001/],
      ['10.5.000000', /not newer than 10\.5\.000000/],
    ] as const) {
      const refused = await operator.click(primary, 'Download', { version });
      assert.equal(refused.status, 409);
      assert.match(await refused.text(), why);
    }
    await operator.setup(primary, 'Download', { version: '10.7.000000' });
    await operator.reach(primary, 'downloaded');
    assert.equal((await operator.json(primary, '/Setup/status.json'))['version'], '10.7.000000');
    await perform('upgrade', 'return_home');
    assert.deepEqual(await operator.json(primary, '/api/v1/version'), { version: '10.7.000000' });
    assert.deepEqual(operator.violations(), []);
  });

  it('has no queues to clear where RabbitMQ is not in use', async () => {
    await perform(...ALL);
    await operator.done('secret_server');
    assert.equal((await operator.json(primary, '/api/v1/queues'))['messages'], 0);
  });

  it('leads back to the home page when told to, and minds who goes on', async () => {
    operator.lab.set('ss.redirects_home', true);
    assert.equal(await operator.status(primary, '/Setup/Home'), 302);
    assert.equal((await operator.click(primary, 'Continue', { backed_up: 'true' })).status, 302);
    assert.deepEqual(operator.violations(), ['Secret Server: an upgrade of web_1 was tried before the one to 10.5.000000 had settled']);
  });

  it('cannot back the database up when told so', async () => {
    operator.lab.set('ss.backup_fails', true);
    assert.equal((await operator.backUpDatabase(CLUSTER)).status, 507);
  });

  it('does not stop an application pool when told so', async () => {
    operator.lab.set('ss.pool_does_not_stop', true);
    await perform('stop_standby');
    assert.equal(await operator.status(standby, '/'), 200);
  });

  it('does not reach the update server when told so', async () => {
    await perform(...READY);
    operator.lab.set('ss.no_outbound_access', true);
    assert.equal((await operator.click(primary, 'Download')).status, 409);
  });

  it('stalls a download when told so, until it is told otherwise', async () => {
    await perform(...READY);
    operator.lab.set('ss.download_stalls', true);
    await operator.setup(primary, 'Download');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { step, progress } = await operator.json(primary, '/Setup/status.json');
    assert.deepEqual([step, progress], ['downloading', 80]);
    assert.equal((await operator.click(primary, 'Install')).status, 409, 'there is nothing to install yet');
    operator.lab.set('ss.download_stalls', false);
    await operator.reach(primary, 'downloaded');
    assert.deepEqual(operator.violations(), []);
  });

  it('fails an upgrade when told so, which can be tried again', async () => {
    await perform(...READY, 'download');
    operator.lab.set('ss.upgrade_fails', true);
    await operator.setup(primary, 'Install');
    await operator.reach(primary, 'failed');
    assert.deepEqual(await operator.json(primary, '/api/v1/version'), { version: '10.5.000000' });
    await operator.setup(primary, 'ReturnHome');
    operator.lab.set('ss.upgrade_fails', false);
    await perform('continue', 'download', 'upgrade', 'return_home', 'copy', 'start_standby');
    await operator.done('secret_server');
    assert.deepEqual(operator.violations(), []);
  });
});
