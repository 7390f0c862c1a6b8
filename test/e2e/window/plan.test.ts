import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../host/session.js';
import type { FrameLocator, Session } from '../../host/session.js';
import { keepPicture, openFile, panel, pick } from './support/studio.js';

const RUNBOOK = `runbook: v1
id: payroll
title: Upgrade of the payroll servers
roles: { server: { hosts: 2 } }
steps:
  - { id: approve, title: Get the approval, use: "gates.runbook.yaml#approval" }
  - id: upgrade
    title: Upgrade the servers
    on: server
    run: /opt/payroll/upgrade
    estimate: 20m
    timeout: 30m
  - id: look
    title: Look at them
    on: server
    run: /opt/payroll/status
    timeout: 1m
`;

const GATES = `runbook: v1
id: gates
title: Gates of the payroll servers
steps: [{ id: all, title: All gates, use: "#approval" }]
procedures:
  approval:
    - id: sign
      title: Let the owner of the payroll sign
      manual: Show the plan to the owner.
      evidence: [{ attest: The owner has seen the plan. }]
`;

const inventory = (name: string, ...hosts: readonly string[]): string =>
  `inventory: v1\nenvironment: ${name.toLowerCase()}\ntitle: ${name}\nhosts: { ${hosts.map((host) => `${host}: {}`).join(', ')} }\nroles: { server: [${hosts.join(', ')}] }\n`;

describe('the plan beside the text, in the window of VS Code', function () {
  this.timeout(300_000);
  let folder: string;
  let session: Session;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'planned-'));
    await writeFile(join(folder, 'payroll.runbook.yaml'), RUNBOOK);
    await writeFile(join(folder, 'gates.runbook.yaml'), GATES);
    await writeFile(join(folder, 'rehearsal.inventory.yaml'), inventory('Rehearsal', 'pay1', 'pay2'));
    await writeFile(join(folder, 'office.inventory.yaml'), inventory('Office', 'desk1', 'desk2'));
    session = await openSession({ workspace: folder, size: { width: 1600, height: 1000 } });
  });

  afterEach(async function () {
    await keepPicture(session, `plan ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    await session.close();
    await rm(folder, { recursive: true, force: true });
  });

  const page = (): FrameLocator => panel(session);
  const row = (title: string): ReturnType<FrameLocator['locator']> => page().locator('button.row', { hasText: title });
  const status = (): ReturnType<Session['page']['locator']> => session.page.locator('.statusbar-item[id*="runbook.inventory"]');

  it('has the inventory in the status bar, where it is chosen', async () => {
    await openFile(session, 'payroll.runbook.yaml');
    await status().filter({ hasText: 'No inventory chosen' }).click();
    await pick(session, 'rehearsal.inventory.yaml');
    await status().filter({ hasText: 'rehearsal' }).waitFor();
  });

  it('opens beside the runbook, with its steps and hosts', async () => {
    await session.command('Runbook: Show Plan');
    await page().getByRole('heading', { name: 'Upgrade of the payroll servers' }).waitFor();
    assert.match(await row('Upgrade the servers').innerText(), /pay1, pay2/);
    await row('Let the owner of the payroll sign').waitFor();
  });

  it('marks the step that the cursor is in', async () => {
    await session.page.locator('.editor-instance .view-line', { hasText: '/opt/payroll/status' }).click();
    await page().locator('button.row[aria-current="step"]', { hasText: 'Look at them' }).waitFor();
  });

  it('leads to the text of a step, in a file that is used as well', async () => {
    await row('Upgrade the servers').click();
    await page().locator('button.row[aria-current="step"]', { hasText: 'Upgrade the servers' }).waitFor();
    await row('Let the owner of the payroll sign').click();
    await session.page.getByRole('tab', { name: 'gates.runbook.yaml' }).waitFor();
    await page().locator('button.row[aria-current="step"]', { hasText: 'Let the owner of the payroll sign' }).waitFor();
  });

  it('changes as somebody types, and says what stands in the way', async () => {
    const { page: window } = session;
    await window.getByRole('tab', { name: 'payroll.runbook.yaml' }).first().click();
    await window.locator('.editor-instance .view-line', { hasText: 'Look at them' }).first().click();
    await window.keyboard.press('End');
    await window.keyboard.type(' again');
    await row('Look at them again').waitFor();
    await window.keyboard.press('Enter');
    await window.keyboard.type('onn: server');
    await page().getByRole('heading', { name: 'No plan yet' }).waitFor();
    await page().getByRole('button', { name: /onn/ }).first().waitFor();
    for (let presses = 0; presses < 40 && (await page().getByRole('heading', { name: 'No plan yet' }).count()) > 0; presses++)
      await window.keyboard.press('Control+z');
    await page().getByRole('heading', { name: 'No plan yet' }).waitFor({ state: 'hidden' });
  });

  it('is made anew for another inventory', async () => {
    await status().click();
    await pick(session, 'office.inventory.yaml');
    await row('Upgrade the servers').filter({ hasText: 'desk1, desk2' }).waitFor();
  });

  it('is there again after the window was reloaded', async () => {
    await session.reload();
    await row('Upgrade the servers').filter({ hasText: 'desk1, desk2' }).waitFor({ timeout: 120_000 });
  });
});
