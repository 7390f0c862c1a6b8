import assert from 'node:assert/strict';
import { planSections } from '../../../src/planner/index.js';
import type { PlannedSubject } from '../../../src/planner/index.js';
import { draft } from '../../support/drafting.js';

const RUNBOOK = `
runbook: v1
id: cluster
title: Upgrade the cluster
inputs: { port: { type: port, title: Port, default: 443 } }
facts: { queue: { type: boolean, ask: Is a queue used? } }
secrets: { key: { title: Key } }
roles:
  db: { hosts: 1, vars: { path: { type: path, default: /data } } }
  web: { hosts: 1.. }
advisories:
  - { id: space, title: Room is needed, severity: important, when: inputs.port == 443, text: Look before. }
steps:
  - id: stop
    title: Stop the *web* servers
    on: web
    run: systemctl stop web
    estimate: 2m
  - { id: never, title: Not at all, when: inputs.port == 80, on: web, run: never }
  - { id: maybe, title: Perhaps, when: facts.queue, on: web, run: perhaps }
  - { id: again, use: '#look' }
procedures:
  look:
    - { id: see, title: See all of them, on: web, run: look, estimate: 1m }
    - { id: tell, title: Tell it, manual: Tell. }
`;
const INVENTORY = `
inventory: v1
environment: rehearsal
title: Rehearsal
hosts: { db1: { vars: { path: /big } }, web1: {}, web2: {} }
roles: { db: [db1], web: [web1, web2] }
`;

async function told(subject: Omit<PlannedSubject, 'file'>): Promise<string> {
  const made = await draft({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory: INVENTORY });
  const { plan } = made;
  assert.ok(plan !== undefined, JSON.stringify(made.problems));
  return planSections({ ...made, plan }, { file: plan.runbook.file, ...subject }).join('\n---\n');
}

/** The line (1-based) that holds a text. */
function line(text: string): number {
  return RUNBOOK.split('\n').findIndex((one) => one.includes(text)) + 1;
}

describe('what a plan adds to an explanation', () => {
  it('is the value of an input, and of a variable for each host', async () => {
    assert.equal(await told({ kind: 'input', name: 'port' }), 'On Rehearsal: `443`');
    assert.equal(await told({ kind: 'variable', name: 'path', owner: 'db' }), 'On Rehearsal: `/big` (`db1`)');
  });

  it('is the hosts of a role, and of an `on`', async () => {
    assert.equal(await told({ kind: 'role', name: 'web' }), 'On Rehearsal: `web1`, `web2`');
    assert.equal(await told({ kind: 'key', name: 'on', line: line('id: stop') }), 'On Rehearsal: `web1`, `web2`');
  });

  it('is whether an advisory applies, and why', async () => {
    assert.match(await told({ kind: 'advisory', name: 'space' }), /^On Rehearsal: applies, because .*443/);
  });

  it('is the hosts, the time and the digest of a step', async () => {
    assert.match(
      await told({ kind: 'step', name: 'stop', line: line('id: stop') }),
      /^On Rehearsal: `web1`, `web2`; about \d+ (?:s|min)[^]*The plan has the digest `[0-9a-f]{12}`\.$/,
    );
  });

  it('is why a step is perhaps left out, and that one has no place in the plan', async () => {
    assert.match(await told({ kind: 'key', name: 'when', line: line('id: maybe') }), /^On Rehearsal: perhaps, because .*known/);
    assert.match(await told({ kind: 'key', name: 'when', line: line('id: never') }), /^On Rehearsal: this has no place in the plan/);
  });

  it('is the steps that a use stands for', async () => {
    assert.match(
      await told({ kind: 'use', name: '#look', line: line('id: again') }),
      /^On Rehearsal: 2 steps, about [^]*\n- See all of them \(`web1`, `web2`\)\n- Tell it \(on no host/,
    );
  });

  it('is nothing of a secret, of a word, and of what the plan does not have', async () => {
    assert.equal(await told({ kind: 'secret', name: 'key' }), '');
    assert.equal(await told({ kind: 'value', name: 'web' }), '');
    assert.equal(await told({ kind: 'role', name: 'other' }), '');
    assert.equal(await told({ kind: 'key', name: 'on', line: 1 }), '');
  });

  it('keeps titles as they were written', async () => {
    const text = await told({ kind: 'use', name: '#look', line: line('id: again') });
    assert.doesNotMatch(text, /\*web\*/);
  });
});
