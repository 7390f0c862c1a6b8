import assert from 'node:assert/strict';
import { PlanFindings } from '../../../src/extension/problems/planFindings.js';
import { serviceOver } from '../../support/language/service.js';

const HEAD = (id: string): string => `runbook: v1\nid: ${id}\ntitle: ${id}\nroles: { app: { hosts: 1 } }\n`;

/** Two runbooks that use a third, in which a step is never reached. */
const FILES: Record<string, string> = {
  '/a.runbook.yaml': `${HEAD('a')}steps: [{ id: x, title: X, use: "used.runbook.yaml", roles: { app: app } }]\n`,
  '/b.runbook.yaml': `${HEAD('b')}steps: [{ id: x, title: X, use: "used.runbook.yaml", roles: { app: app } }]\n`,
  '/used.runbook.yaml': `${HEAD('used')}steps: [{ id: never, title: Never, on: app, when: 1 == 2, run: id, timeout: 1m }]\n`,
  '/broken.runbook.yaml': `${HEAD('broken')}steps: []\n`,
};

describe('what the plans of open runbooks show', () => {
  const always = (): boolean => true;
  const codes = (plans: PlanFindings, file: string): readonly string[] => plans.in(file).map(({ code }) => code);

  it('is said once of a file that several runbooks use, until the last of them is forgotten', async () => {
    const service = serviceOver(FILES);
    const plans = new PlanFindings();
    for (const file of ['/a.runbook.yaml', '/b.runbook.yaml']) await plans.find(file, service, always);
    assert.deepEqual(codes(plans, '/used.runbook.yaml'), ['unreachable-step']);
    assert.deepEqual(codes(plans, '/a.runbook.yaml'), []);
    plans.forget('/a.runbook.yaml');
    assert.deepEqual(codes(plans, '/used.runbook.yaml'), ['unreachable-step']);
    plans.forget('/b.runbook.yaml');
    assert.deepEqual(codes(plans, '/used.runbook.yaml'), []);
    assert.deepEqual(plans.files, []);
  });

  it('is not looked for when nobody wants to know, nor again where no text has changed', async () => {
    const plans = new PlanFindings();
    let reads = 0;
    const service = serviceOver(FILES);
    const counted = { ...service, loadProject: (file: string) => (reads++, service.loadProject(file)) };
    await plans.find('/a.runbook.yaml', counted, () => false);
    assert.equal(plans.hasSeen(['/a.runbook.yaml']), false);
    await plans.find('/a.runbook.yaml', counted, always);
    const [found] = plans.in('/used.runbook.yaml');
    await plans.find('/a.runbook.yaml', counted, always);
    assert.equal(plans.in('/used.runbook.yaml')[0], found);
    assert.equal(reads, 3);
    assert.equal(plans.hasSeen(['/a.runbook.yaml']), true);
    assert.equal(plans.hasSeen(['/a.runbook.yaml', '/b.runbook.yaml']), false);
  });

  it('is not all there is where an error keeps a runbook from being planned', async () => {
    const plans = new PlanFindings();
    await plans.find('/broken.runbook.yaml', serviceOver(FILES), always);
    assert.equal(plans.hasSeen(['/broken.runbook.yaml']), false);
  });
});
