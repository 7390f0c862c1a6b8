import assert from 'node:assert/strict';
import { planText } from '../../../src/cli/reporters/planText.js';
import { previewText } from '../../../src/extension/views/planText.js';
import { reportOf } from '../../../src/planner/index.js';
import type { Draft } from '../../../src/planner/index.js';
import { draft } from '../../support/drafting.js';

const RUNBOOK = `
runbook: v1
id: sample
title: Restart the service
roles: { app: { hosts: 1.. } }
steps: [ { id: again, title: Restart it, on: app, run: restart } ]
`;
const INVENTORY = 'inventory: v1\nenvironment: rehearsal\nhosts: { app1: {} }\nroles: { app: [app1] }\n';
const NOW = Date.parse('2026-11-28T12:00Z');

function made(inventory: string): Promise<Draft> {
  return draft({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory });
}

describe('the preview of a plan', () => {
  it('is the very text of the command line, without colours', async () => {
    const found = await made(INVENTORY);
    assert.ok(found.plan !== undefined);
    const text = previewText(found, NOW);
    assert.equal(text, planText(reportOf({ ...found, plan: found.plan }, { now: NOW }), { color: false, width: 100 }));
    assert.match(text, /^Restart the service\n.* 1 {2}Restart it +app1\n/s);
    assert.equal(text.includes('\u001b'), false);
  });

  it('says why there is none', async () => {
    const text = previewText(await made(INVENTORY.replace('[app1]', '[]')), NOW);
    assert.match(text, /^There is no plan yet:\n {2}x\.inventory\.yaml: role "app" has 0 hosts and needs at least 1/);
  });
});
