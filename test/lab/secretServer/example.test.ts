import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';
import { ACCESS_TOKEN, SQL_LOGIN } from '../../../lab/secretServer/releases.js';
import { exampleCopy, labOptions, runbook } from '../../support/exampleRun.js';
import type { CommandResult } from '../../support/exampleRun.js';

const SUBNET = '127.66';
const SECRETS = { SECRET_SERVER_WEB_TOKEN: ACCESS_TOKEN, SECRET_SERVER_SQL_PASSWORD: SQL_LOGIN.password };

describe('example: secret-server', () => {
  let directory: string;
  let example: string;
  let lab: Lab;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'example-ss-'));
    example = exampleCopy('secret-server', directory, SUBNET);
    lab = await startLab({ directory: path.join(directory, 'lab'), subnet: SUBNET, products: ['secret_server'], pace: 0.05 });
  });
  after(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => lab.reset());

  const file = (name: string): string => path.join(example, name);
  const run = (name: string, ...more: string[]): Promise<CommandResult> =>
    runbook(['run', file(name), '--inventory', file('lab.inventory.yaml'), ...labOptions(lab), ...more], SECRETS);

  it('has nothing to find fault with', async () => {
    const linted = await runbook([
      'lint',
      ...['secret_server.runbook', 'clustering.runbook', 'lab.inventory', 'staging.inventory'].map((name) => file(`${name}.yaml`)),
    ]);
    assert.equal(linted.code, 0, linted.output);
  }).timeout(60_000);

  it('upgrades the primary web server, names what comes next, and that brings the others along', async () => {
    const first = await run('secret_server.runbook.yaml', '--evidence', file('evidence.yaml'));
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /Next:\s+Bring the other web servers.*clustering\.runbook\.yaml/);
    assert.deepEqual(lab.done('secret_server/primary'), []);
    assert.notDeepEqual(lab.done('secret_server'), []);
    const second = await run('clustering.runbook.yaml');
    assert.equal(second.code, 0, second.output);
    assert.deepEqual([lab.violations(), lab.done('secret_server')], [[], []]);
  }).timeout(120_000);

  it('needs a person for the release notes', async () => {
    const ran = await run('secret_server.runbook.yaml');
    assert.equal(ran.code, 4, ran.output);
    assert.deepEqual(lab.counters(), {});
  }).timeout(60_000);

  it('does not show the secrets it used', async () => {
    const ran = await run('secret_server.runbook.yaml', '--evidence', file('evidence.yaml'));
    for (const secret of Object.values(SECRETS)) assert.ok(!ran.output.includes(secret));
  }).timeout(60_000);

  it('stops where the database cannot be backed up, before anything is upgraded, and goes on afterwards', async () => {
    lab.set('ss.backup_fails', true);
    const ran = await run('secret_server.runbook.yaml', '--evidence', file('evidence.yaml'));
    assert.equal(ran.code, 1, ran.output);
    assert.match(ran.output, /back_up\/database failed/);
    lab.set('ss.backup_fails', false);
    const resumed = await runbook(['resume', /resume (\S+)/.exec(ran.output)?.[1] ?? '', ...labOptions(lab)], SECRETS);
    assert.equal(resumed.code, 0, resumed.output);
    assert.deepEqual([lab.violations(), lab.done('secret_server/primary')], [[], []]);
  }).timeout(120_000);
});
