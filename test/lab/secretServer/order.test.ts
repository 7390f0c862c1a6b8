import assert from 'node:assert/strict';
import { ALL, CLUSTER, OLD, Operator } from './operator.js';
import type { Act } from './operator.js';

describe('lab: Secret Server, with the declared orders turned round', () => {
  let operator: Operator;
  before(async () => {
    operator = await Operator.start('127.69');
  });
  after(() => operator.stop());
  beforeEach(() => operator.lab.reset());

  /** All acts in their order, but for one that follows right after another. */
  const moved = (act: Act, behind: Act): readonly Act[] =>
    ALL.filter((name) => name !== act).flatMap((name) => (name === behind ? [name, act] : [name]));

  for (const [act, behind, violation] of [
    ['folder', 'upgrade', 'the application folder was said to be backed up, but it was not'],
    ['database', 'upgrade', 'the database was said to be backed up, but it was not'],
    ['stop_standby', 'upgrade', 'web_1 was upgraded while the application pool of web_2 was running'],
    [
      'copy',
      'start_standby',
      'the application pool of web_2 was started with the files of 10.5.000000, but the database belongs to 10.9.000032',
    ],
  ] as const) {
    it(`notices that “${act}” is done after “${behind}”`, async () => {
      await operator.perform(CLUSTER, ...moved(act, behind));
      assert.equal(operator.violations()[0], `Secret Server: ${violation}`);
    });
  }

  it('notices that the other web servers are started between the two upgrades', async () => {
    const hop: readonly Act[] = ['folder', 'database', 'continue', 'download', 'upgrade', 'return_home'];
    await operator.perform(OLD, 'automatic_checks', 'stop_standby', ...hop, 'copy', 'start_standby');
    await operator.settled(OLD.primary);
    await operator.pool(OLD.primary, { pipeline_mode: 'integrated' });
    assert.deepEqual(operator.violations(), []);
    await operator.perform(OLD, ...hop);
    assert.deepEqual(operator.violations(), ['Secret Server: web_old_1 was upgraded while the application pool of web_old_2 was running']);
  });

  it('refuses an upgrade across 10.0.000000 before the pipeline mode is set', async () => {
    const hop: readonly Act[] = ['folder', 'database', 'continue', 'download'];
    await operator.perform(OLD, 'automatic_checks', 'stop_standby', ...hop, 'upgrade', 'return_home');
    await operator.settled(OLD.primary);
    await operator.perform(OLD, ...hop);
    const refused = await operator.click(OLD.primary, 'Install');
    assert.equal(refused.status, 409);
    assert.match(await refused.text(), /integrated pipeline mode/);
    assert.deepEqual(await operator.json(OLD.primary, '/api/v1/version'), { version: '9.1.000001' });
    await operator.pool(OLD.primary, { pipeline_mode: 'integrated' });
    await operator.perform(OLD, 'upgrade');
    assert.deepEqual(operator.violations(), []);
  });
});
