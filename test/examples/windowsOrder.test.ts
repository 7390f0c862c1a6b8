import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Runbook, Step } from '../../src/language/index.js';
import { draft } from '../support/drafting.js';

const FOLDER = join(import.meta.dirname, '../../examples/windows-patching');
const runbook = readFileSync(join(FOLDER, 'patching.runbook.yaml'), 'utf8');
const inventory = readFileSync(join(FOLDER, 'staging.inventory.yaml'), 'utf8');

/** What the planner finds when the steps for one server stand in another order. */
async function troubles(reorder: (steps: readonly Step[]) => readonly Step[]): Promise<readonly string[]> {
  const whole = parse(runbook) as Runbook;
  const steps = whole.steps.map((step) => (step.steps === undefined ? step : { ...step, steps: reorder(step.steps) }));
  const { problems } = await draft({
    runbooks: { 'patching.runbook.yaml': stringify({ ...whole, steps }, { aliasDuplicateObjects: false }) },
    inventory,
    facts: ['web_1', 'web_2'].map((host) => ({ scope: 'main', fact: 'build', host, value: '10.0.20348.3328' })),
  });
  return problems.map(({ diagnostic }) => `${diagnostic.code}: ${diagnostic.message}`);
}

/** Takes a step out of its place and puts it right after another one. */
const moved =
  (id: string, after: string) =>
  (steps: readonly Step[]): readonly Step[] =>
    steps.filter((step) => step.id !== id).flatMap((step) => [step, ...(step.id === after ? steps.filter((own) => own.id === id) : [])]);

describe('the orders of the Windows example', () => {
  it('are kept as it stands', async () => {
    assert.deepEqual(await troubles((steps) => steps), []);
  });

  for (const [what, id, after, because] of [
    ['a server that stops before it is out of the load balancer', 'isolate', 'stop_service', 'still sends it visitors'],
    ['an update before the snapshot', 'snapshot', 'reboot', 'the snapshot is the only way back'],
    ['a server that is back in the load balancer before its update', 'rejoin', 'drained', 'still sends it visitors'],
  ] as const) {
    it(`refuse ${what}`, async () => {
      const found = await troubles(moved(id, after));
      assert.ok(
        found.some((line) => line.startsWith('order-broken') && line.includes(because)),
        found.join('\n'),
      );
    });
  }

  it('refuse a boot without the stop before', async () => {
    const found = await troubles((steps) => steps.filter(({ id }) => id !== 'stop_pool' && id !== 'stop_service'));
    assert.ok(
      found.some((line) => line.startsWith('order-broken') && line.includes('locked in the database')),
      found.join('\n'),
    );
  });

  it('let steps be swapped where no order is touched', async () => {
    assert.deepEqual(await troubles(moved('snapshot', 'drained')), []);
  });
});
