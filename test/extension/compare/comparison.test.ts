import assert from 'node:assert/strict';
import { compareStates } from '../../../src/extension/compare/comparison.js';
import type { State } from '../../../src/extension/compare/comparison.js';
import { serviceOver } from '../../support/language/service.js';

const FILE = '/a.runbook.yaml';
const INVENTORY = '/lab.inventory.yaml';
const TEXT = `runbook: v1
id: a
title: A
roles: { app: { hosts: 1 } }
steps:
  - { id: stop, title: Stop, on: app, run: stop, timeout: 1m }
  - { id: ask, title: Ask, on: app, manual: Look., approver: other_person }
`;
const HOSTS = 'inventory: v1\nenvironment: lab\nhosts: { h1: { address: h1.example.com } }\nroles: { app: [h1] }\n';

async function state(text: string, inventory?: string): Promise<State> {
  const service = serviceOver({ [FILE]: text });
  const project = await service.loadProject(FILE);
  assert.ok(project?.sound, JSON.stringify([...(project?.diagnostics ?? [])]));
  return { project, inventory: inventory === undefined ? undefined : service.parseInventory(INVENTORY, inventory) };
}

describe('a comparison of two states of a runbook', () => {
  it('finds nothing, and makes no plans, where both mean the same', async () => {
    const { difference, plans } = compareStates(await state(TEXT), await state(`# moved\n${TEXT}`));
    assert.deepEqual([difference.changes, plans], [[], []]);
  });

  it('tells what becomes of the plans of all variants, and of the one for the environment', async () => {
    const without = TEXT.split('\n').slice(0, -2).join('\n');
    const { difference, plans } = compareStates(await state(TEXT, HOSTS), await state(`${without}\n`, HOSTS));
    assert.equal(difference.changes[0]?.kind, 'gate-removed');
    assert.deepEqual(
      plans.map(({ deltas }) => deltas.map(({ variants, lines }) => [variants, lines.map(({ sign, path }) => `${sign} ${path ?? ''}`)])),
      [[[['app 1 · linux'], ['- ask']]], [[['lab'], ['- ask']]]],
    );
    assert.equal(compareStates(await state(TEXT), await state(`${without}\n`, HOSTS)).plans.length, 1);
  });

  it('knows a runbook that was not there before', async () => {
    const { difference, plans } = compareStates(undefined, await state(TEXT));
    assert.deepEqual(plans, []);
    assert.equal(difference.changes.length > 0, true);
  });
});
