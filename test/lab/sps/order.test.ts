import assert from 'node:assert/strict';
import { NODES, Operator } from './operator.js';

const { primary, secondary, minion1, minion2 } = NODES;
const FILE = '/firmware/sps-7.0.2.1-lts.iso';

describe('the SPS lab, with the declared orders turned round', () => {
  let operator: Operator;
  before(async () => {
    operator = await Operator.start('127.68');
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  it('breaks Search Minions that are upgraded after the master, and says so', async () => {
    await operator.stage(primary);
    await operator.haStatus(primary, 'other after reboot: 7.0.2.1 LTS');
    await operator.shutDownOther();
    await operator.reboot(primary);
    assert.deepEqual(operator.violations(), [
      'sps_primary was rebooted into its new firmware before the Search Minion minion_1, which wrote an index of the old kind',
      'sps_primary was rebooted into its new firmware before the Search Minion minion_2, which wrote an index of the old kind',
    ]);
    const status = await operator.on(minion1, 'sps search status');
    assert.equal(status.code, 1);
    assert.match(status.stderr, /invalid schema mapping/);
    for (const minion of [minion1, minion2]) {
      await operator.stage(minion);
      await operator.reboot(minion);
    }
    const left = operator.lab.done('sps');
    for (const name of ['minion_1', 'minion_2'])
      assert.ok(left.includes(`${name} cannot push its documents`), 'upgrading it later mends nothing');
  });

  it('breaks one Search Minion when only the other was upgraded before the master', async () => {
    await operator.stage(primary);
    await operator.haStatus(primary, 'other after reboot: 7.0.2.1 LTS');
    await operator.shutDownOther();
    await operator.stage(minion1);
    await operator.reboot(minion1);
    await operator.reboot(primary);
    assert.deepEqual(operator.violations(), [
      'sps_primary was rebooted into its new firmware before the Search Minion minion_2, which wrote an index of the old kind',
    ]);
  });

  it('notices that the other node is shut down after the primary has rebooted', async () => {
    await operator.stage('41');
    await operator.haStatus('41', 'other after reboot: 7.0.2.1 LTS');
    await operator.reboot('41');
    await operator.shutDownOther('41', '42');
    assert.deepEqual(operator.violations(), ['pair_primary was rebooted into its new firmware while pair_secondary was still up']);
  });

  it('notices that Search Minions are upgraded before the other node is shut down', async () => {
    await operator.stage(primary);
    await operator.haStatus(primary, 'other after reboot: 7.0.2.1 LTS');
    await operator.stage(minion1);
    await operator.reboot(minion1);
    assert.deepEqual(operator.violations(), ['minion_1 was rebooted into its new firmware while sps_secondary was still up']);
    assert.equal((await operator.ipmitool(secondary, ['power', 'status'])).text, 'Chassis Power is on\n');
  });

  it('notices that the configuration is backed up after the upgrade', async () => {
    await operator.stage('31', ['export']);
    await operator.reboot('31');
    await operator.on('31', 'sps config export');
    assert.deepEqual(operator.violations(), ['sps_single was rebooted into its new firmware without a backup of its configuration']);
    assert.deepEqual(operator.lab.done('sps/single'), []);
  });

  it('notices that the upgrade is tested after it was activated', async () => {
    await operator.stage('31', ['test']);
    assert.equal((await operator.on('31', `sps firmware test ${FILE}`)).code, 0);
    await operator.reboot('31');
    assert.deepEqual(operator.violations(), [
      '7.0.2.1 LTS was set for the next reboot of sps_single though its upgrade test has not passed',
    ]);
    assert.deepEqual(operator.lab.done('sps/single'), []);
  });
});
