import assert from 'node:assert/strict';
import { TARGET } from '../../../lab/urbancode/releases.js';
import { eventually } from '../../support/eventually.js';
import { installOn } from './installOn.js';
import { Operator } from './operator.js';

const READY = ['back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders'] as const;

describe('lab: UrbanCode Deploy misbehaves on request', () => {
  let operator: Operator;
  before(async () => {
    operator = await Operator.start('127.73');
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  const version = (name: 'ucd_1' | 'ucd_2'): Promise<string> => operator.on(operator.servers[name], 'cat /opt/ucd/conf/installed.version');

  it('port_held: the port of the last server stays taken though nothing of it runs', async () => {
    const listens = async (name: 'ucd_2' | 'ucd_3'): Promise<boolean> =>
      (await operator.on(operator.servers[name], 'ss -Hltn')).includes(':8443');
    operator.lab.set('ucd.port_held', true);
    await operator.perform('quiet', 'stop');
    assert.deepEqual([await listens('ucd_2'), await listens('ucd_3')], [false, true]);
    assert.doesNotMatch(await operator.on(operator.servers.ucd_3, 'ps -eo args=; ls /opt/ucd/var'), /bin\/ucd-server|server\.pid/);
    operator.lab.set('ucd.port_held', false);
    await eventually(async () => !(await listens('ucd_3')), 'the port is free');
  });

  it('installer_slow: the installer takes a minute longer, and does its work all the same', async () => {
    operator.lab.set('ucd.installer_slow', true);
    await operator.perform(...READY);
    const begin = performance.now();
    await operator.install('ucd_1');
    assert.ok(performance.now() - begin > 60_000 * 0.02, 'a minute at the pace of this lab');
    assert.match(await version('ucd_1'), new RegExp(`version=${TARGET.replaceAll('.', '\\.')}`));
  });

  it('installer_asks_more: the installer waits for an answer nobody has, and changes nothing until then', async () => {
    operator.lab.set('ucd.installer_asks_more', true);
    await operator.perform(...READY);
    const ran = await installOn(operator.servers.ucd_1, operator.lab.identity, { hangUpAt: /two licence servers[^?]*\? $/ });
    assert.equal(ran.code, undefined);
    assert.match(await version('ucd_1'), /version=6\.1\.1\.4/);
    assert.equal(operator.lab.counters()['ucd_1.install'], undefined);
    operator.lab.set('ucd.installer_asks_more', false);
    await operator.install('ucd_1');
  });

  it('first_not_back: the first server runs, but its pages do not answer; nobody may go on to the next', async () => {
    operator.lab.set('ucd.first_not_back', true);
    await operator.perform(...READY, 'first');
    assert.match(await operator.on(operator.servers.ucd_1, 'ss -Hltn; ps -eo args='), /:8443[^]*bin\/ucd-server/);
    const page = `http://${operator.servers.ucd_1}:8443/rest/version`;
    await assert.rejects(fetch(page));
    await operator.install('ucd_2');
    assert.deepEqual(operator.violations(), ['the installer changed ucd_2 before ucd_1 was back online']);
    operator.lab.set('ucd.first_not_back', false);
    await eventually(async () => (await fetch(page)).ok, 'the first server is back');
  });

  it('balancer_keeps_servers: a server that was disabled goes on draining, and an installation then is noticed', async () => {
    const state = async (): Promise<unknown> =>
      ((await (await fetch(`${operator.balancer}/servers/ucd_1`)).json()) as { state: unknown }).state;
    operator.lab.set('ucd.balancer_keeps_servers', true);
    await operator.perform(...READY);
    assert.equal(await state(), 'draining');
    await operator.perform('first');
    assert.deepEqual(operator.violations(), [
      'the installer changed ucd_1 while the load balancer still sends requests to ucd_1, ucd_2, ucd_3',
    ]);
    operator.lab.set('ucd.balancer_keeps_servers', false);
    assert.equal(await state(), 'disabled');
  });
});
