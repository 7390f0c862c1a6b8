import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';

const SUBNET = '127.64';
const WEB_1 = `http://${SUBNET}.3.11`;
const WEB_2 = `http://${SUBNET}.3.12`;
const OLD = `http://${SUBNET}.3.21`;
const SQL = `http://${SUBNET}.3.6:8080`;

describe('lab: Secret Server', () => {
  let directory: string;
  let lab: Lab;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'lab-ss-'));
    lab = await startLab({ directory, subnet: SUBNET, products: ['secret_server'], pace: 0.02 });
  });
  after(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => lab.reset());

  const send = (method: string, url: string, body: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url, {
      method,
      redirect: 'manual',
      ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    });
  const administer = async (server: string, method: string, what: string, body: Record<string, string> = {}): Promise<void> => {
    const answer = await send(method, `${server}:55539/api/${what}`, body, { 'access-token': 'Bearer lab-token' });
    assert.ok(answer.ok, `${what}: ${String(answer.status)}`);
  };
  const pool = (server: string, status: string): Promise<void> =>
    administer(server, 'PATCH', 'webserver/application-pools/SecretServer', { status });
  const setup = async (server: string, page: string, fields: Record<string, string> = {}): Promise<void> => {
    const answer = await send('POST', `${server}:8080/Setup/${page}`, fields);
    assert.equal(answer.status, 303, `${page}: ${await answer.text()}`);
  };
  const reach = async (server: string, step: string): Promise<void> => {
    for (;;) {
      const now = (await (await send('GET', `${server}:8080/Setup/status.json`)).json()) as { step: string };
      if (now.step === step) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const backUpDatabase = (url = SQL): Promise<Response> =>
    send(
      'POST',
      `${url}/databases/SecretServer/backups`,
      {},
      { authorization: `Basic ${Buffer.from('backup:lab-sql-password').toString('base64')}` },
    );

  const acts = {
    automatic_checks: () => send('PATCH', `${WEB_1}:8080/api/v1/configuration`, { automatic_checks: 'true' }),
    stop_standby: () => pool(WEB_2, 'stopped'),
    folder: () => administer(WEB_1, 'POST', 'files/backups'),
    database: () => backUpDatabase(),
    continue: () => setup(WEB_1, 'Continue', { backed_up: 'true' }),
    download: async () => {
      await setup(WEB_1, 'Download');
      await reach(WEB_1, 'downloaded');
    },
    upgrade: async () => {
      await setup(WEB_1, 'Install');
      await reach(WEB_1, 'finished');
    },
    return_home: () => setup(WEB_1, 'ReturnHome'),
    copy: () => administer(WEB_2, 'POST', 'files/copy-from-primary'),
    start_standby: () => pool(WEB_2, 'started'),
  };
  type Act = keyof typeof acts;
  const all = Object.keys(acts) as Act[];
  const perform = async (...names: readonly Act[]): Promise<void> => {
    for (const name of names) await acts[name]();
  };
  const settled = async (): Promise<void> => {
    while (lab.done('secret_server').length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('ends healthy when everything is done in its order', async () => {
    await perform(...all.slice(0, -2));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(lab.done('secret_server/primary'), []);
    assert.ok(lab.done('secret_server').length > 0);
    await perform('copy', 'start_standby');
    await settled();
    assert.deepEqual(lab.violations(), []);
  });

  for (const missing of all) {
    it(`notices that “${missing}” was left out`, async () => {
      const failed = await perform(...all.filter((name) => name !== missing)).then(
        () => false,
        () => true,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.ok(failed || lab.violations().length > 0 || lab.done('secret_server').length > 0);
    });
  }

  it('shows the update link only when automatic checks are allowed', async () => {
    const home = async (): Promise<string> => (await send('GET', `${WEB_1}:8080/`)).text();
    assert.doesNotMatch(await home(), /An update is available/);
    await send('POST', `${WEB_1}:8080/Admin/Configuration`, { automatic_checks: 'true' });
    assert.match(await home(), /<a href="\/Setup\/Home">An update is available \(10\.9\.000032\)/);
  });

  it('puts the setup at an address that depends on the release', async () => {
    const status = async (url: string): Promise<number> => (await send('GET', url)).status;
    assert.equal(await status(`${WEB_1}:8080/Setup/Home`), 200);
    assert.equal(await status(`${WEB_1}:8080/installer.aspx`), 404);
    assert.equal(await status(`${OLD}:8080/installer.aspx`), 200);
    assert.equal(await status(`${OLD}:8080/Setup/Home`), 404);
  });

  it('shows the address of the database, and refuses to go on without the confirmation', async () => {
    await perform('automatic_checks');
    assert.match(await (await send('GET', `${WEB_1}:8080/Setup/Upgrade`)).text(), new RegExp(`<b>${SUBNET}\\.3\\.6</b>`));
    assert.equal((await send('POST', `${WEB_1}:8080/Setup/Continue`)).status, 409);
  });

  it('records a confirmation that is not true', async () => {
    await perform('automatic_checks', 'stop_standby', 'continue');
    assert.equal(lab.violations().filter((sentence) => sentence.includes('said to be backed up')).length, 2);
  });

  it('needs a token and a login for what scripts do', async () => {
    assert.equal((await send('POST', `${WEB_1}:55539/api/files/backups`)).status, 401);
    assert.equal((await send('POST', `${SQL}/databases/SecretServer/backups`)).status, 401);
  });

  it('answers 503 while the application pool is stopped', async () => {
    await pool(WEB_2, 'stopped');
    assert.equal((await send('GET', `${WEB_2}:8080/`)).status, 503);
  });

  it('records that a standby was started with old files', async () => {
    await perform(...all.filter((name) => name !== 'copy'));
    assert.ok(lab.violations().some((sentence) => sentence.includes('web_2 was started with the files of 10.5.000000')));
  });

  it('takes two upgrades from an old release, refuses a direct one, and needs time in between', async () => {
    const hop = async (): Promise<void> => {
      await administer(OLD, 'POST', 'files/backups');
      await backUpDatabase(`http://${SUBNET}.3.26:8080`);
      await setup(OLD, 'Continue', { backed_up: 'true' });
    };
    const finish = async (): Promise<void> => {
      await setup(OLD, 'Download');
      await reach(OLD, 'downloaded');
      await setup(OLD, 'Install');
      await reach(OLD, 'finished');
      await setup(OLD, 'ReturnHome');
    };
    await send('PATCH', `${OLD}:8080/api/v1/configuration`, { automatic_checks: 'true' });
    await hop();
    const direct = await send('POST', `${OLD}:8080/Setup/Download`, { version: '10.9.000032' });
    assert.equal(direct.status, 409);
    assert.match(await direct.text(), /must be upgraded to 9\.1\.000001/);
    await finish();
    const away = await send('GET', `${OLD}:8080/installer.aspx`);
    assert.deepEqual([away.status, away.headers.get('location')], [302, '/home']);
    while ((await send('GET', `${OLD}:8080/installer.aspx`)).status === 302) await new Promise((resolve) => setTimeout(resolve, 10));
    await hop();
    await setup(OLD, 'Download');
    await reach(OLD, 'downloaded');
    assert.equal((await send('POST', `${OLD}:8080/Setup/Install`)).status, 409, 'the pipeline mode is classic');
    await administer(OLD, 'PATCH', 'webserver/application-pools/SecretServer', { pipeline_mode: 'integrated' });
    await setup(OLD, 'Install');
    await reach(OLD, 'finished');
    await setup(OLD, 'ReturnHome');
    while (lab.done('secret_server/old').length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(lab.violations(), []);
  });

  it('upgrades Privilege Manager too, which is away meanwhile', async () => {
    const privilegeManager = async (): Promise<unknown> => (await send('GET', `${WEB_1}:8080/api/v1/privilege-manager`)).json();
    await perform('automatic_checks', 'stop_standby', 'folder', 'database', 'continue', 'download');
    await setup(WEB_1, 'Install');
    assert.deepEqual(await privilegeManager(), { version: '10.5.000000', up: false });
    await reach(WEB_1, 'finished');
    while (((await privilegeManager()) as { up: boolean }).up === false) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(await privilegeManager(), { version: '10.9.000032', up: true });
  });

  it('misbehaves on request', async () => {
    lab.set('ss.redirects_home', true);
    assert.equal((await send('GET', `${WEB_1}:8080/Setup/Home`)).status, 302);
    lab.set('ss.redirects_home', false);
    lab.set('ss.backup_fails', true);
    assert.equal((await backUpDatabase()).status, 507);
    lab.set('ss.backup_fails', false);
    lab.set('ss.pool_does_not_stop', true);
    await pool(WEB_2, 'stopped');
    assert.equal((await send('GET', `${WEB_2}:8080/`)).status, 200);
    lab.set('ss.pool_does_not_stop', false);
    await perform('automatic_checks', 'stop_standby', 'folder', 'database', 'continue');
    lab.set('ss.no_outbound_access', true);
    assert.equal((await send('POST', `${WEB_1}:8080/Setup/Download`)).status, 409);
    lab.set('ss.no_outbound_access', false);
    await perform('download');
    lab.set('ss.upgrade_fails', true);
    await setup(WEB_1, 'Install');
    await reach(WEB_1, 'failed');
    await setup(WEB_1, 'ReturnHome');
    lab.set('ss.upgrade_fails', false);
    await perform('continue', 'download', 'upgrade', 'return_home', 'copy', 'start_standby');
    await settled();
    assert.deepEqual(lab.violations(), []);
  });
});
