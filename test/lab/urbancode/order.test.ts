import assert from 'node:assert/strict';
import { ssh } from '../core/sshClient.js';
import { installOn } from './installOn.js';
import { ALL, Operator } from './operator.js';

describe('lab: UrbanCode Deploy, with the declared orders turned round', () => {
  let operator: Operator;
  before(async () => {
    operator = await Operator.start('127.72');
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  it('notices that the database is backed up after its upgrade', async () => {
    await operator.perform(...ALL.filter((name) => name !== 'back_up'), 'back_up');
    assert.deepEqual(operator.violations(), ['the installer changed ucd_1 without a backup of the database']);
    assert.deepEqual(operator.lab.done('urbancode'), []);
  });

  it('refuses to install on a server that is stopped afterwards', async () => {
    await operator.perform('back_up', 'quiet', 'fetch', 'isolate', 'folders');
    const ran = await installOn(operator.servers.ucd_1, operator.lab.identity);
    assert.equal(ran.code, 1);
    assert.match(ran.stdout, /A previously installed version .* is running/);
    await operator.perform('stop', 'first');
    assert.deepEqual(operator.violations(), []);
  });

  it('notices that the other servers are stopped after the first was installed', async () => {
    await operator.perform('back_up', 'quiet', 'fetch', 'isolate', 'folders');
    await operator.on(operator.servers.ucd_1, 'systemctl stop ucd');
    await operator.install('ucd_1');
    await operator.perform('stop');
    assert.deepEqual(operator.violations(), [
      'the installer changed ucd_1 while ucd_2 was still running',
      'the installer changed ucd_1 while ucd_3 was still running',
    ]);
  });

  it('notices that the servers are isolated after the first was installed', async () => {
    await operator.perform('back_up', 'quiet', 'fetch', 'stop', 'folders', 'first', 'isolate', 'others', 'rejoin');
    assert.deepEqual(operator.violations(), [
      'the installer changed ucd_1 while the load balancer still sends requests to ucd_1, ucd_2, ucd_3',
    ]);
    assert.deepEqual(operator.lab.done('urbancode'), []);
  });

  it('notices that the first server is started after the others were installed', async () => {
    await operator.perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders');
    for (const name of ['ucd_1', 'ucd_2', 'ucd_3'] as const) await operator.install(name);
    await operator.everywhere('systemctl start ucd');
    await operator.perform('rejoin');
    assert.deepEqual(operator.violations(), [
      'the installer changed ucd_2 before ucd_1 was back online',
      'the installer changed ucd_3 before ucd_1 was back online',
      'the installer changed ucd_3 before ucd_2 was back online',
    ]);
  });

  it('notices that the folders are matched after the first server was installed, which cannot start without them', async () => {
    await operator.perform('back_up', 'quiet', 'fetch', 'stop', 'isolate');
    await operator.install('ucd_1');
    assert.deepEqual(operator.violations(), [
      'the installer changed ucd_1 before the folders of the network storage matched the new release',
    ]);
    assert.equal((await ssh(operator.servers.ucd_1, operator.lab.identity, 'systemctl start ucd')).code, 1);
    assert.match(await operator.on(operator.servers.ucd_1, 'cat /var/log/ucd.log'), /application data folder is not complete/);
    await operator.perform('folders');
    await operator.on(operator.servers.ucd_1, 'systemctl start ucd');
  });

  it('notices that the processes are ended after the servers were stopped', async () => {
    await operator.perform('back_up', 'fetch', 'stop');
    assert.equal(operator.violations().filter((sentence) => /was stopped while 2 processes were running/.test(sentence)).length, 3);
  });

  it('notices that servers get requests again before they are upgraded', async () => {
    await operator.perform('back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders', 'first', 'rejoin');
    assert.deepEqual(operator.violations(), [
      'ucd_2 got requests from the load balancer again before it was upgraded and online',
      'ucd_3 got requests from the load balancer again before it was upgraded and online',
    ]);
  });
});
