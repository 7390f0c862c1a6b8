import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';
import { packageFile } from '../../../lab/urbancode/packageFile.js';
import { exampleCopy, labOptions, runbook } from '../../support/exampleRun.js';
import type { CommandResult } from '../../support/exampleRun.js';

const SUBNET = '127.65';

describe('example: urbancode-ha', () => {
  let directory: string;
  let example: string;
  let lab: Lab;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'example-ucd-'));
    example = exampleCopy('urbancode-ha', directory, SUBNET);
    lab = await startLab({ directory: path.join(directory, 'lab'), subnet: SUBNET, products: ['urbancode'], pace: 0.05 });
  });
  after(async () => {
    await lab.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => lab.reset());

  const run = (inventory: string): Promise<CommandResult> =>
    runbook(['run', path.join(example, 'urbancode.runbook.yaml'), '--inventory', path.join(example, inventory), ...labOptions(lab)]);
  const resume = (output: string): Promise<CommandResult> =>
    runbook(['resume', /resume (\S+)/.exec(output)?.[1] ?? '', ...labOptions(lab)]);
  const steps = ['lab_two', 'lab_three', 'staging'] as const;

  it('has nothing to find fault with, and a plan for every environment', async () => {
    const linted = await runbook([
      'lint',
      ...['urbancode.runbook', ...steps.map((name) => `${name}.inventory`)].map((name) => path.join(example, `${name}.yaml`)),
    ]);
    assert.equal(linted.code, 0, linted.output);
    for (const name of steps) {
      const planned = await runbook([
        'plan',
        path.join(example, 'urbancode.runbook.yaml'),
        '--inventory',
        path.join(example, `${name}.inventory.yaml`),
      ]);
      assert.equal(planned.code, 0, planned.output);
    }
  }).timeout(60_000);

  it('upgrades three servers and matches their folders', async () => {
    const ran = await run('lab_three.inventory.yaml');
    assert.equal(ran.code, 0, ran.output);
    assert.match(ran.output, /✓ Match the folders/);
    assert.deepEqual([lab.violations(), lab.done('urbancode')], [[], []]);
  }).timeout(120_000);

  it('upgrades two servers, whose folders match already', async () => {
    const ran = await run('lab_two.inventory.yaml');
    assert.equal(ran.code, 0, ran.output);
    assert.doesNotMatch(ran.output, /Match the folders/, 'the plan knows that they match');
    assert.deepEqual([lab.violations(), lab.done('urbancode/two')], [[], []]);
  }).timeout(120_000);

  it('stops where a server still runs, names the remedy, and goes on when it has ended', async () => {
    lab.set('ucd.server_still_runs', true);
    const ran = await run('lab_two.inventory.yaml');
    assert.equal(ran.code, 1, ran.output);
    assert.match(ran.output, /no_pid_file failed.*Stop it by force/);
    lab.set('ucd.server_still_runs', false);
    const resumed = await resume(ran.output);
    assert.equal(resumed.code, 0, resumed.output);
    assert.deepEqual([lab.violations(), lab.done('urbancode/two')], [[], []]);
  }).timeout(120_000);

  it('stops where the second server asks for the database upgrade, and never answers it', async () => {
    lab.set('ucd.second_node_asks_for_database', true);
    const ran = await run('lab_two.inventory.yaml');
    assert.equal(ran.code, 1, ran.output);
    assert.match(ran.output, /which must not come: The first server has upgraded the database already/);
    lab.set('ucd.second_node_asks_for_database', false);
    const resumed = await resume(ran.output);
    assert.equal(resumed.code, 0, resumed.output);
    assert.equal(lab.counters()['ucd_two_db.migrate'], 1);
    assert.deepEqual([lab.violations(), lab.done('urbancode/two')], [[], []]);
  }).timeout(120_000);

  it('names the package the lab offers', async () => {
    const planned = await runbook([
      'plan',
      path.join(example, 'urbancode.runbook.yaml'),
      '--inventory',
      path.join(example, 'lab_two.inventory.yaml'),
      '--json',
    ]);
    assert.ok(planned.output.includes(createHash('sha256').update(packageFile()).digest('hex')));
  }).timeout(60_000);
});
