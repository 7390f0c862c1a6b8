import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ENVIRONMENT, startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';
import { exampleCopy, labOptions, runbook } from '../../support/exampleRun.js';
import type { CommandResult } from '../../support/exampleRun.js';

const SUBNET = '127.77';

describe('example: certificate-rotation', function () {
  this.timeout(60_000);
  let directory: string;
  let example: string;
  let lab: Lab;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'example-certificates-'));
    example = exampleCopy('certificate-rotation', directory, SUBNET);
    lab = await startLab({ directory: path.join(directory, 'lab'), subnet: SUBNET, products: ['certificates'], pace: 0.05 });
  });
  after(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => lab.reset());

  const file = (name: string): string => path.join(example, name);
  const run = (runbookFile = 'rotation.runbook.yaml', environment = ENVIRONMENT): Promise<CommandResult> =>
    runbook(['run', file(runbookFile), '--inventory', file('lab.inventory.yaml'), ...labOptions(lab)], environment);
  const resume = (output: string): Promise<CommandResult> =>
    runbook(['resume', /resume (\S+)/.exec(output)?.[1] ?? '', ...labOptions(lab)], ENVIRONMENT);
  const variant = (name: string, change: (text: string) => string): string => {
    const text = readFileSync(file('rotation.runbook.yaml'), 'utf8');
    const changed = change(text);
    assert.notEqual(changed, text);
    writeFileSync(file(name), changed);
    return name;
  };
  /** Every server still serves its old certificate. */
  const untouched = (): void => {
    assert.deepEqual(lab.violations(), []);
    assert.deepEqual(
      Object.keys(lab.counters()).filter((counter) => counter.endsWith('new_certificate')),
      [],
    );
  };
  const goesOn = async (output: string): Promise<void> => {
    const resumed = await resume(output);
    assert.equal(resumed.code, 0, resumed.output);
    assert.deepEqual([lab.violations(), lab.done('certificates')], [[], []]);
  };

  it('has nothing to find fault with, and a plan for every environment', async () => {
    const names = ['rotation.runbook', 'lab.inventory', 'staging.inventory'].map((name) => file(`${name}.yaml`));
    const linted = await runbook(['lint', ...names]);
    assert.equal(linted.code, 0, linted.output);
    for (const name of names.slice(1)) {
      const planned = await runbook(['plan', file('rotation.runbook.yaml'), '--inventory', name]);
      assert.equal(planned.code, 0, planned.output);
    }
  });

  it('replaces what ends soon, one server after the other, and leaves the good one alone', async () => {
    const ran = await run();
    assert.equal(ran.code, 0, ran.output);
    assert.deepEqual([lab.violations(), lab.done('certificates')], [[], []]);
    assert.deepEqual(lab.counters(), {
      'shop_1.new_certificate': 1,
      'shop_1.service_reload': 1,
      'shop_2.new_certificate': 1,
      'shop_2.service_reload': 1,
      'shop_ca.issue_shop-1.example.com': 1,
      'shop_ca.issue_shop-2.example.com': 1,
    });
  });

  it('has nothing to do where everything is good', async () => {
    assert.equal((await run()).code, 0);
    const before = lab.counters();
    const ran = await run();
    assert.equal(ran.code, 0, ran.output);
    assert.deepEqual(lab.counters(), before);
  });

  it('never prints the access token', async () => {
    const ran = await run();
    assert.equal(ran.code, 0, ran.output);
    const token = ENVIRONMENT['CERTIFICATE_AUTHORITY_TOKEN'];
    assert.ok(token !== undefined && !ran.output.includes(token));
  });

  it('changes nothing while the authority is closed, or the token is wrong', async () => {
    lab.set('cert.authority_closed', true);
    const closed = await run();
    assert.equal(closed.code, 1, closed.output);
    lab.set('cert.authority_closed', false);
    const refused = await run('rotation.runbook.yaml', { ...ENVIRONMENT, CERTIFICATE_AUTHORITY_TOKEN: 'of-somebody-else' });
    assert.equal(refused.code, 1, refused.output);
    for (const { output } of [closed, refused]) assert.match(output, /authority_answers failed/);
    assert.deepEqual(lab.counters(), {});
    untouched();
    await goesOn(refused.output);
  });

  for (const [misbehaviour, step, cause] of [
    ['cert.wrong_name', 'issue', /The authority has no new certificate for this host/],
    ['cert.wrong_key', 'place', /The certificate is for another host or for another key/],
  ] as const) {
    it(`stops at “${step}” before anything is in place, and can be begun anew: ${misbehaviour}`, async () => {
      const impatient = variant(`${step}.runbook.yaml`, (text) => text.replaceAll(/timeout: \w+/g, 'timeout: 2s'));
      lab.set(misbehaviour, true);
      const ran = await run(impatient);
      assert.equal(ran.code, 1, ran.output);
      assert.match(ran.output, new RegExp(`${step} failed`));
      assert.match(ran.output, cause);
      untouched();
      lab.set(misbehaviour, false);
      const anew = await run();
      assert.equal(anew.code, 0, anew.output);
      assert.deepEqual([lab.violations(), lab.done('certificates')], [[], []]);
    });
  }

  it('stops where a server goes on serving the old certificate, and touches no other server', async () => {
    const impatient = variant('keeps.runbook.yaml', (text) => text.replaceAll(/timeout: \w+/g, 'timeout: 2s'));
    lab.set('cert.reload_keeps_old', true);
    const ran = await run(impatient);
    assert.equal(ran.code, 1, ran.output);
    assert.match(ran.output, /reload failed.*Restart it/s);
    assert.equal(lab.counters()['shop_ca.issue_shop-2.example.com'], undefined);
    untouched();
    lab.set('cert.reload_keeps_old', false);
    await goesOn(ran.output);
  });

  it('refuses to begin again over a rotation that was given up half way', async () => {
    const impatient = variant('half.runbook.yaml', (text) => text.replaceAll(/timeout: \w+/g, 'timeout: 2s'));
    lab.set('cert.reload_keeps_old', true);
    assert.equal((await run(impatient)).code, 1);
    lab.set('cert.reload_keeps_old', false);
    const again = await run();
    assert.equal(again.code, 1, again.output);
    assert.match(again.output, /An earlier rotation did not come to its end/);
    untouched();
  });
});
