import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually.js';
import { NODES, Operator } from './operator.js';

const { primary, secondary, minion1, minion2 } = NODES;
const FILE = 'sps-7.0.2.1-lts.iso';

describe('the SPS lab', () => {
  let operator: Operator;
  before(async () => {
    operator = await Operator.start('127.62');
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  const upgradeMinions = async (): Promise<void> => {
    for (const minion of [minion1, minion2]) {
      await operator.stage(minion);
      await operator.reboot(minion);
    }
  };
  const finishPair = async (first: string, other: string): Promise<void> => {
    await operator.reboot(first);
    assert.equal((await operator.on(first, 'sps version')).stdout, '7.0.2.1 LTS\n');
    assert.equal((await operator.ipmitool(other, ['chassis', 'power', 'on'])).code, 0);
    await operator.haStatus(first, 'other: in sync');
    await operator.haStatus(first, 'other version: 7.0.2.1 LTS');
    assert.equal((await operator.on(first, 'sps ha activate-slave')).code, 0);
  };

  it('is upgraded and healthy after the right order on a pair with Search Minions', async () => {
    assert.ok(operator.lab.done('sps').includes('sps_primary still runs 7.0.1.1 LTS'));
    await operator.stage(primary);
    await operator.haStatus(primary, 'other after reboot: 7.0.2.1 LTS');
    await operator.shutDownOther();
    await upgradeMinions();
    await finishPair(primary, secondary);
    assert.deepEqual(operator.lab.done('sps'), []);
    assert.deepEqual(operator.violations(), []);
    assert.equal(operator.lab.counters()['sps_primary.ha_activate_slave'], 1);
    assert.equal(operator.lab.counters()['sps_secondary.ipmi_power_on'], 1);
  });

  it('is upgraded and healthy after the right order on a pair without minions', async () => {
    await operator.stage('41');
    await operator.haStatus('41', 'other after reboot: 7.0.2.1 LTS');
    await operator.shutDownOther('41', '42');
    await finishPair('41', '42');
    assert.deepEqual(operator.lab.done('sps/pair'), []);
    assert.deepEqual(operator.violations(), []);
  });

  it('can be upgraded through its pages alone on a single node', async () => {
    await operator.click('31', '/config/export');
    const form = new FormData();
    form.set('firmware', new Blob(['Runbook Studio lab firmware: SPS 7.0.2.1 LTS\nnotes of the image\n']), FILE);
    assert.equal((await fetch(operator.page('31', '/firmware/upload'), { method: 'POST', body: form })).status, 200);
    assert.match(await (await fetch(operator.page('31', `/firmware/notes?file=${FILE}`))).text(), /notes of the image/);
    assert.match((await operator.click('31', '/firmware/test', { file: FILE })).text, /can be upgraded/);
    assert.equal((await operator.click('31', '/firmware/activate', { file: FILE })).status, 200);
    assert.match(await (await fetch(operator.page('31', '/basic/system'))).text(), /After reboot/);
    await operator.click('31', '/control/reboot');
    await new Promise((resolve) => setTimeout(resolve, 100));
    let sawProgress = false;
    for (let tries = 0; tries < 200; tries++) {
      const answer = await fetch(operator.page('31', '/login')).catch(() => undefined);
      if (answer?.status === 503) sawProgress ||= (await answer.text()).includes('upgrading to 7.0.2.1 LTS');
      if (answer?.status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.ok(sawProgress, 'the progress of the upgrade was on the web page');
    assert.deepEqual(await (await fetch(operator.page('31', '/api/version'))).json(), { node: 'sps_single', version: '7.0.2.1 LTS' });
    assert.match((await operator.on('31', 'cat /var/log/system.log')).stdout, /boot: firmware version 7\.0\.2\.1 LTS/);
    assert.equal((await operator.on('31', 'ls /var/core')).stdout, '', 'core files are removed by the upgrade');
    assert.deepEqual(operator.lab.done('sps/single'), []);
    assert.deepEqual(operator.violations(), []);
  });

  it('notices that the other node was shut down too early, and that it is old then', async () => {
    await operator.stage('41');
    await operator.shutDownOther('41', '42');
    assert.deepEqual(operator.violations(), ['pair_secondary was shut down before the new firmware was active on it']);
    await operator.reboot('41');
    await operator.ipmitool('42', ['power', 'on']);
    await operator.haStatus('41', 'other version: 7.0.1.1 LTS');
    assert.equal((await operator.on('41', 'sps ha activate-slave')).code, 1);
    assert.ok(operator.lab.done('sps/pair').includes('the nodes run different versions'));
  });

  it('notices that the other node is powered on before the primary runs the new firmware', async () => {
    await operator.stage('41');
    await operator.haStatus('41', 'other after reboot: 7.0.2.1 LTS');
    await operator.shutDownOther('41', '42');
    await operator.ipmitool('42', ['power', 'on']);
    assert.deepEqual(operator.violations(), ['pair_secondary was powered on before pair_primary ran its new firmware']);
  });

  it('notices minions that are upgraded first of all, and two at a time', async () => {
    await operator.stage(minion1);
    await operator.stage(minion2);
    await Promise.all([operator.on(minion1, 'reboot'), operator.on(minion2, 'reboot')]);
    await eventually(async () => operator.violations().length >= 5, 'both minions have gone down');
    const found = operator.violations();
    assert.ok(found.includes('minion_1 was rebooted into its new firmware before the Search Master was set for its upgrade'));
    assert.ok(found.includes('minion_1 was rebooted into its new firmware while sps_secondary was still up'));
    assert.match(found.join('\n'), /minion_[12] was rebooted into its new firmware while minion_[12] was down too/);
  });

  for (const [left, violation] of [
    ['test', '7.0.2.1 LTS was set for the next reboot of sps_single though its upgrade test has not passed'],
    ['notes', '7.0.2.1 LTS was set for the next reboot of sps_single before its upgrade notes were opened'],
    ['export', 'sps_single was rebooted into its new firmware without a backup of its configuration'],
  ] as const) {
    it(`notices that the step “${left}” was left out`, async () => {
      await operator.stage('31', [left]);
      await operator.reboot('31');
      assert.deepEqual(operator.violations(), [violation]);
    });
  }

  it('refuses to test or activate a firmware that was not uploaded', async () => {
    assert.equal((await operator.on('31', `sps firmware test ${FILE}`)).code, 1);
    assert.equal((await operator.on('31', `sps firmware activate ${FILE}`)).code, 1);
  });

  it('refuses to activate the other node before it is in sync', async () => {
    await operator.shutDownOther('41', '42');
    const answer = await operator.on('41', 'sps ha activate-slave');
    assert.equal(answer.code, 1);
    assert.match(answer.stderr, /not in sync/);
  });

  it('shows an issue, a degraded pair and a dead management controller when asked, and notices who goes on', async () => {
    operator.lab.set('sps.health_issue', true);
    operator.lab.set('sps.ha_degraded', true);
    operator.lab.set('sps.ipmi_down', true);
    assert.equal((await operator.on('41', 'sps monitor')).code, 1);
    assert.match((await operator.on('41', 'sps ha status')).stdout, /status: degraded/);
    assert.equal((await operator.ipmitool('42', ['power', 'status'])).code, 1);
    await operator.stage('41');
    assert.deepEqual(operator.violations(), [
      '7.0.2.1 LTS was set for the next reboot of pair_primary while the System Monitor shows an issue',
      '7.0.2.1 LTS was set for the next reboot of pair_primary while the pair is degraded',
    ]);
  });

  it('takes no wrong password for the management controller', async () => {
    assert.equal((await operator.ipmitool('42', ['power', 'status'], 'guess')).code, 1);
    assert.match((await operator.ipmitool('42', ['chassis', 'power', 'status'])).text, /Chassis Power is on/);
  });

  it('lets the upgrade test fail until the configuration is mended', async () => {
    operator.lab.set('sps.test_fails', true);
    await operator.upload('31');
    const failed = await operator.on('31', `sps firmware test ${FILE}`);
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /cannot be upgraded/);
    await operator.click('31', '/config/mend');
    assert.equal((await operator.on('31', `sps firmware test ${FILE}`)).code, 0);
  });

  it('activates and drops the connection before the answer, once', async () => {
    operator.lab.set('sps.drop_connection', true);
    assert.equal((await operator.stage('31')).code, undefined);
    assert.match((await operator.on('31', 'sps firmware list')).stdout, /after reboot/);
    assert.equal((await operator.on('31', `sps firmware activate ${FILE}`)).code, 0);
  });

  it('keeps its web page away after the upgrade until the switch is off', async () => {
    operator.lab.set('sps.web_not_back', true);
    await operator.stage('31');
    await operator.reboot('31', false);
    await assert.rejects(fetch(operator.page('31', '/login')));
    operator.lab.set('sps.web_not_back', false);
    await operator.loginPage('31');
    assert.deepEqual(operator.lab.done('sps/single'), []);
  });

  it('boots the old firmware again when the upgrade fails', async () => {
    operator.lab.set('sps.auto_revert', true);
    await operator.stage('31');
    await operator.reboot('31');
    assert.equal((await operator.on('31', 'sps version')).stdout, '7.0.1.1 LTS\n');
    assert.match((await operator.on('31', 'cat /var/log/upgrade.log')).stdout, /reverted to 7\.0\.1\.1 LTS/);
  });

  it('opens SSH everywhere when the upgrade cannot be taken back, until support has mended it and somebody closes it', async () => {
    operator.lab.set('sps.revert_fails', true);
    await operator.stage('31');
    await operator.reboot('31', false);
    assert.equal((await operator.on('31', 'sps version')).code, 1);
    assert.match((await operator.on('31', 'cat /var/log/upgrade.log')).stdout, /SSH is open on every interface/);
    await assert.rejects(fetch(operator.page('31', '/login')));
    operator.lab.set('sps.revert_fails', false);
    await operator.loginPage('31');
    assert.deepEqual(operator.lab.done('sps/single'), ['SSH of sps_single is open on every interface']);
    await operator.on('31', 'sps ssh close');
    assert.deepEqual(operator.lab.done('sps/single'), []);
  });

  it('shows switches, violations and what is missing on the control page', async () => {
    await operator.stage('31', ['test']);
    const text = await (await fetch(operator.lab.url)).text();
    assert.match(text, /sps\.test_fails/);
    assert.match(text, /upgrade test has not passed/);
    assert.match(text, /minion_1 still runs/);
    const headers = { 'content-type': 'application/json' };
    const switched = await fetch(`${operator.lab.url}switch`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'sps.health_issue', on: true }),
    });
    assert.equal(switched.status, 200);
    assert.equal((await operator.on('31', 'sps monitor')).code, 1);
    assert.equal((await fetch(`${operator.lab.url}switch`, { method: 'POST', headers, body: '{"name":"nothing"}' })).status, 404);
    assert.throws(() => {
      operator.lab.set('nothing', true);
    }, /no switch/);
  });
});
