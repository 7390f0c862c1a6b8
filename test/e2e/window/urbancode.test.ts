import assert from 'node:assert/strict';
import type { Page, Session } from '../../host/session.js';
import { Bench, journeyOf } from '../../journeys/support/journey.js';
import { answerUntil } from './support/operator.js';
import type { ByHand } from './support/operator.js';
import {
  dialog,
  keepPicture,
  letHostsBeAsked,
  openFile,
  openOn,
  panel,
  readTerminal,
  runShown,
  showRunbooks,
  step,
  runTask,
  writeTasks,
} from './support/studio.js';

const RUN = { type: 'runbook', runbook: 'urbancode.runbook.yaml', inventory: 'lab_two.inventory.yaml' };

const TASKS = [
  { ...RUN, label: 'upgrade' },
  { ...RUN, label: 'no such step', step: 'celebrate' },
];

/** What a person does on the page of the load balancer; scripts do the rest. */
const BY_HAND: ByHand = {
  'Take every server out of the load balancer on ucd_a': async (page, address) => {
    await page.goto(address);
    const row = page.locator('tr', { hasText: 'ucd_a' });
    await row.getByRole('button', { name: 'Disable' }).click();
    await page.goto(address);
    await row.getByRole('button', { name: 'Enable' }).waitFor();
  },
};

describe('the upgrade of UrbanCode as a task, in the window of VS Code', function () {
  this.timeout(240_000);
  let bench: Bench;
  let session: Session;
  let browser: Page;

  before(async () => {
    bench = await Bench.open(journeyOf('urbancode-ha', 'lab_two'), '127.82');
    session = await openOn(bench, { size: { width: 1600, height: 1000 } });
    browser = await session.context.newPage();
    await session.page.bringToFront();
  });

  afterEach(async function () {
    await keepPicture(session, `urbancode ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    await session.close();
    await bench.close();
  });

  it('shows its phases', async () => {
    await openFile(session, 'urbancode.runbook.yaml');
    await showRunbooks(session);
    await step(session, 'Back up the database').waitFor();
    await writeTasks(bench.example, TASKS);
  });

  it('ends a task that names no step with exit code 2, before anything is done', async () => {
    const { page } = session;
    await runTask(session, { folder: bench.example, tasks: TASKS, label: 'no such step' });
    await dialog(session).getByRole('button', { name: 'Ask the Hosts', exact: true }).click();
    await page.locator('.xterm-rows', { hasText: 'There is no step "celebrate"' }).waitFor();
    await page
      .locator('.xterm-rows, .notification-list-item', { hasText: /exit code: 2/ })
      .first()
      .waitFor();
    assert.deepEqual(bench.lab.counters(), {});
  });

  it('carries the whole upgrade out as a task, which ends well', async () => {
    await runTask(session, { folder: bench.example, tasks: TASKS, label: 'upgrade' });
    await letHostsBeAsked(session);
    await dialog(session).getByRole('button', { name: 'Begin', exact: true }).click();
    const asked = await answerUntil(undefined, panel(session), BY_HAND, browser);
    for (const what of Object.keys(BY_HAND)) assert.ok(asked.includes(`manual: ${what}`), asked.join('\n'));
    assert.match(await panel(session).locator('.overview').innerText(), /Succeeded/);
    const printed = await readTerminal(session, 'upgrade', 'Every step is done.');
    assert.match(printed, /Every step is done\./);
    assert.doesNotMatch(printed, /exit code/);
    assert.match(
      await readTerminal(session, 'ucd_b', 'Start the server by its service script'),
      /▶ Start the server by its service script[^]*✔ done/,
    );
    assert.deepEqual(bench.verdict(await runShown(session)), []);
  });
});
