import assert from 'node:assert/strict';
import { PlanFindings } from '../../../src/review/index.js';
import { serviceOver } from '../../support/language/service.js';

const HEAD = (id: string): string => `runbook: v1\nid: ${id}\ntitle: ${id}\nroles: { app: { hosts: 1 } }\n`;

const TURNS = { now: Date.now, pass: (): Promise<void> => new Promise(setImmediate) };

/** Two runbooks that use a third, in which a step is never reached. */
const FILES: Record<string, string> = {
  '/books/a.runbook.yaml': `${HEAD('a')}steps: [{ id: x, title: X, use: "used.runbook.yaml", roles: { app: app } }]\n`,
  '/books/b.runbook.yaml': `${HEAD('b')}steps: [{ id: x, title: X, use: "used.runbook.yaml", roles: { app: app } }]\n`,
  '/books/used.runbook.yaml': `${HEAD('used')}steps: [{ id: never, title: Never, on: app, when: 1 == 2, run: id, timeout: 1m }, { id: look, title: Look, on: app, run: date, timeout: 1m }]\n`,
  '/books/broken.runbook.yaml': `${HEAD('broken')}steps: []\n`,
};

const USED = '/books/used.runbook.yaml';

describe('what the plans of open runbooks show', () => {
  const always = (): boolean => true;
  const codes = (plans: PlanFindings, file: string): readonly string[] => plans.in(file, FILES[file] ?? '').map(({ code }) => code);

  it('is said once of a file that several runbooks use, until the last of them is forgotten', async () => {
    const service = serviceOver(FILES);
    const plans = new PlanFindings(TURNS);
    for (const file of ['/books/a.runbook.yaml', '/books/b.runbook.yaml']) await plans.find(file, service, always);
    assert.deepEqual(codes(plans, '/books/used.runbook.yaml'), ['unreachable-step']);
    assert.deepEqual(codes(plans, '/books/a.runbook.yaml'), []);
    plans.forget('/books/a.runbook.yaml');
    assert.deepEqual(codes(plans, '/books/used.runbook.yaml'), ['unreachable-step']);
    plans.forget('/books/b.runbook.yaml');
    assert.deepEqual(codes(plans, '/books/used.runbook.yaml'), []);
    assert.deepEqual(plans.files, []);
  });

  it('is not looked for when nobody wants to know, nor again where no text has changed', async () => {
    const plans = new PlanFindings(TURNS);
    let reads = 0;
    const service = serviceOver(FILES);
    const counted = { ...service, loadProject: (file: string) => (reads++, service.loadProject(file)) };
    await plans.find('/books/a.runbook.yaml', counted, () => false);
    assert.equal(plans.hasSeen(['/books/a.runbook.yaml']), false);
    await plans.find('/books/a.runbook.yaml', counted, always);
    const [found] = plans.in(USED, FILES[USED] ?? '');
    assert.ok(found !== undefined);
    await plans.find('/books/a.runbook.yaml', counted, always);
    assert.equal(plans.in(USED, FILES[USED] ?? '')[0], found);
    assert.equal(reads, 3);
    assert.equal(plans.hasSeen(['/books/a.runbook.yaml']), true);
    assert.equal(plans.hasSeen(['/books/a.runbook.yaml', '/books/b.runbook.yaml']), false);
  });

  it('moves with the text it was found in, and is not told where that text has been edited since', async () => {
    const plans = new PlanFindings(TURNS);
    await plans.find('/books/a.runbook.yaml', serviceOver(FILES), always);
    const text = FILES[USED] ?? '';
    const [found] = plans.in(USED, text);
    assert.ok(found !== undefined);
    const [moved] = plans.in(USED, `# a line above\n${text}`);
    assert.deepEqual([moved?.range.start, moved?.range.end], [found.range.start + 15, found.range.end + 15]);
    assert.deepEqual(plans.in(USED, `${text}# a line below\n`), [found]);
    const within = Math.floor((found.range.start + found.range.end) / 2);
    assert.deepEqual(plans.in(USED, `${text.slice(0, within)}x${text.slice(within)}`), []);
  });

  it('is not all there is where an error keeps a runbook from being planned', async () => {
    const plans = new PlanFindings(TURNS);
    await plans.find('/books/broken.runbook.yaml', serviceOver(FILES), always);
    assert.equal(plans.hasSeen(['/books/broken.runbook.yaml']), false);
  });
});
