import assert from 'node:assert/strict';
import { changedSince } from '../../src/engine/index.js';
import type { RunState } from '../../src/events/index.js';
import { planOf } from '../support/drafting.js';

const INVENTORY = 'inventory: v1\nenvironment: here\nhosts: { one: {}, two: {} }\nroles: { app: [one] }\n';
const RUNBOOK =
  'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1.. } }\nsteps:\n  - { id: a, title: First, on: app, run: "true" }\n  - { id: b, title: Second, on: app, run: "true" }\n';

async function seen(now: { runbook?: string | undefined; inventory?: string | undefined }): Promise<string | undefined> {
  const plan = await planOf({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory: INVENTORY });
  const state = {
    plan,
    facts: {},
    documents: { runbook: '/work/a.runbook.yaml', inventory: '/work/x.inventory.yaml', inputs: {} },
  } as unknown as RunState;
  const files: Record<string, string | undefined> = { '/work/a.runbook.yaml': RUNBOOK, '/work/x.inventory.yaml': INVENTORY };
  if ('runbook' in now) files['/work/a.runbook.yaml'] = now.runbook;
  if ('inventory' in now) files['/work/x.inventory.yaml'] = now.inventory;
  return changedSince(state, { readText: (file) => Promise.resolve(files[file]) });
}

describe('changedSince', () => {
  it('says nothing of the same files, or of another spelling of them', async () => {
    assert.equal(await seen({}), undefined);
    assert.equal(await seen({ runbook: `# a remark\n${RUNBOOK}` }), undefined);
  });

  it('names what is new, gone and changed', async () => {
    const changed = RUNBOOK.replace('title: First, on: app, run: "true"', 'title: First, on: app, run: "false"').replace(
      'id: b, title: Second',
      'id: c, title: Third',
    );
    assert.equal(await seen({ runbook: changed }), 'new: Third\ngone: Second\nchanged: First');
  });

  it('notices another host in a role', async () => {
    assert.match(
      (await seen({ inventory: INVENTORY.replace('app: [one]', 'app: [one, two]') })) ?? '',
      /changed: First; Second\nalso different: roles, inputs and facts/,
    );
  });

  it('says when a file is gone or broken', async () => {
    assert.match((await seen({ runbook: undefined })) ?? '', /can no longer be read/);
    assert.equal(await seen({ inventory: undefined }), '/work/x.inventory.yaml can no longer be read');
    assert.match((await seen({ runbook: 'runbook: v2' })) ?? '', /they have errors now/);
  });

  it('makes the plan anew with the facts it was made with, not with what the run has brought about since', async () => {
    const runbook = `${RUNBOOK.replace('steps:', 'facts: { installed: { type: version, ask: Which? } }\nupgrade: { installed: installed, to: "2.0" }\nsteps:')}`;
    const facts = [{ scope: 'main', fact: 'installed', value: '1.0' }];
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': runbook }, inventory: INVENTORY, facts });
    const documents = { runbook: '/work/a.runbook.yaml', inventory: '/work/x.inventory.yaml', inputs: {}, facts };
    const state = { plan, facts: { 'main|installed|': '2.0' }, documents } as unknown as RunState;
    const texts: Record<string, string> = { [documents.runbook]: runbook, [documents.inventory]: INVENTORY };
    assert.equal(await changedSince(state, { readText: (file) => Promise.resolve(texts[file]) }), undefined);
  });

  it('makes the plan anew with the facts that are known now, where the journal tells no others', async () => {
    const runbook = RUNBOOK.replace(
      'steps:',
      'facts: { big: { type: boolean, ask: Big? }, old: { on: app, type: boolean, ask: Old? } }\nsteps:',
    );
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': runbook }, inventory: INVENTORY });
    const documents = { runbook: '/work/a.runbook.yaml', inventory: '/work/x.inventory.yaml', inputs: {} };
    const state = { plan, facts: { 'main|big|': true, 'main|old|one': false }, documents } as unknown as RunState;
    const texts: Record<string, string> = { [documents.runbook]: runbook, [documents.inventory]: INVENTORY };
    assert.equal(await changedSince(state, { readText: (file) => Promise.resolve(texts[file]) }), undefined);
  });

  it('says nothing of a run that was begun elsewhere', async () => {
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory: INVENTORY });
    const unreadable = { readText: () => Promise.reject(new Error('nothing is read')) };
    assert.equal(await changedSince({ plan, facts: {} } as unknown as RunState, unreadable), undefined);
  });
});
