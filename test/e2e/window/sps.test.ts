import assert from 'node:assert/strict';
import { join } from 'node:path';
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
  pick,
  pressInTitle,
  readTerminal,
  runShown,
  showRunbooks,
  step,
} from './support/studio.js';
import { eventually } from '../../support/eventually.js';

const TARGET = '7.0.2.1 LTS';
const RELOAD_AT = 'Use the new firmware after the next reboot on minion_1';

describe('the upgrade of SPS with Search Minions, in the window of VS Code', function () {
  this.timeout(240_000);
  let bench: Bench;
  let session: Session;
  let browser: Page;
  let byHand: ByHand;

  before(async () => {
    bench = await Bench.open(journeyOf('sps', 'lab_pair_minions'), '127.81');
    // To choose a theme is to change a setting; those of the machine have to survive it.
    session = await openOn(bench, { theme: 'dark', size: { width: 1600, height: 1000 } });
    browser = await session.context.newPage();
    await session.page.bringToFront();
    byHand = pagesOf(bench);
  });

  afterEach(async function () {
    await keepPicture(session, `sps ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    await session.close();
    await bench.close();
  });

  it('is opened, and has no finding', async () => {
    const { page } = session;
    await openFile(session, 'sps.runbook.yaml');
    await session.command('Problems: Focus on Problems View');
    await page.getByText('No problems have been detected in the workspace.').waitFor();
  });

  it('shows a mistake while it is typed, and no longer once it is undone', async () => {
    const { page } = session;
    await page.locator('.editor-instance .view-line').first().click();
    for (const key of ['Control+End', 'ArrowUp', 'End', 'Enter']) await page.keyboard.press(key);
    await page.keyboard.type('tiemout: 5m');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await page.locator('.tab.dirty').waitFor();
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'tiemout' }).first();
    assert.match(await problem.innerText(), /timeout/);
    const line = page.locator('.editor-instance .view-line', { hasText: 'tiemout' });
    await line.click();
    await eventually(async () => {
      if ((await line.count()) === 0) return true;
      await page.keyboard.press('Control+z');
      return false;
    }, 'what was typed is taken back');
    await page.locator('.tab.dirty').waitFor({ state: 'hidden' });
    await page.getByText('No problems have been detected in the workspace.').waitFor();
    await page.keyboard.press('Control+Home');
  });

  it('shows its steps, and their hosts once the inventory is chosen', async () => {
    await showRunbooks(session);
    await step(session, 'Set this node for the new firmware').waitFor();
    await pressInTitle(session, 'Choose Inventory');
    await pick(session, 'lab_pair_minions.inventory.yaml');
    await step(session, 'Upload the firmware').getByText('sps_primary').waitFor();
  });

  it('tells before the first act what will be touched and what cannot be taken back', async () => {
    await pressInTitle(session, 'Run All Steps');
    assert.match(await dialog(session).innerText(), /sps_primary, sps_secondary, minion_1, minion_2/);
    const confirmation = await letHostsBeAsked(session);
    assert.match(confirmation, /on Lab: a pair with two Search Minions\?/);
    assert.match(confirmation, /minion_2: root@127\.81\.1\.22\s+SHA256:\S{43}/);
    assert.match(confirmation, /Cannot be taken back:[^]*Reboot into the new firmware \(sps_primary\)/);
    assert.deepEqual(bench.lab.counters(), {});
    await dialog(session).getByRole('button', { name: 'Begin', exact: true }).click();
  });

  it('asks in the panel, follows what is done on the pages of the lab, and shows the output of every host', async () => {
    const asked = await answerUntil(RELOAD_AT, panel(session), byHand, browser);
    assert.ok(asked.includes('manual: Release notes are read'), asked.join('\n'));
    for (const what of Object.keys(byHand)) assert.ok(asked.includes(`manual: ${what}`), what);
    assert.match(await readTerminal(session, 'sps_primary'), /▶ [^]*✔ done/);
    // The panel is what was used last; a step that is looked up does not cover it.
    await step(session, 'Release notes are read').click();
    await session.page.locator('.editor-instance .view-line', { hasText: 'Release notes are read' }).waitFor();
    assert.equal(await panel(session).locator('.overview').isVisible(), true);
    assert.match(await readTerminal(session, 'minion_1'), /▶ The upgrade test passes[^]*✔ done/);
  });

  it('is resumed after the window was reloaded in the middle', async () => {
    await session.reload();
    await panel(session).getByText('Not being carried out').waitFor({ timeout: 60_000 });
    await panel(session).locator('vscode-button', { hasText: 'Resume' }).click();
    await dialog(session).getByRole('button', { name: 'Begin', exact: true }).click();
    const asked = await answerUntil(undefined, panel(session), byHand, browser);
    assert.equal(asked[0], `method: ${RELOAD_AT}`);
    assert.match(await panel(session).locator('.overview').innerText(), /Succeeded/);
    await step(session, 'Support portal account').waitFor();
    assert.match(await readTerminal(session, 'minion_2'), /▶ [^]*✔ done/);
    assert.deepEqual(bench.verdict(await runShown(session)), []);
  });
});

/** Steps a person does on the pages of the lab, although there is a script for each. */
function pagesOf(bench: Bench): ByHand {
  const press = async (page: Page, address: string, label: string): Promise<void> => {
    await page.goto(address);
    const row = page.locator('tr', { hasText: TARGET });
    await ((await row.count()) > 0 ? row : page).getByRole('button', { name: label }).click();
    await page.getByRole('heading', { name: /: done$/ }).waitFor();
  };
  return {
    'Upload the firmware on sps_primary': async (page, address) => {
      await page.goto(address);
      await page.locator('input[type="file"]').setInputFiles(join(bench.example, 'firmware/sps-7.0.2.1-lts.iso'));
      await page.getByRole('button', { name: 'Upload' }).click();
      await page.getByRole('heading', { name: /: done$/ }).waitFor();
    },
    'The upgrade test passes on sps_primary': (page, address) => press(page, address, 'Test'),
    'Use the new firmware after the next reboot on sps_primary': (page, address) => press(page, address, 'After reboot'),
    'Shut down the other node on sps_secondary': (page, address) => press(page, address, 'Shutdown'),
  };
}
