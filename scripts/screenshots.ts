// `npm run screenshots`: the pictures of the README, taken of a real run on the lab in a real VS Code.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { answerUntil } from '../test/e2e/window/support/operator.js';
import {
  dialog,
  letHostsBeAsked,
  openFile,
  openOn,
  panel,
  pick,
  pressInTitle,
  readTerminal,
  showRunbooks,
  step,
} from '../test/e2e/window/support/studio.js';
import { repository } from '../test/host/session.js';
import type { Theme } from '../test/host/session.js';
import { Bench, journeyOf } from '../test/journeys/support/journey.js';

const IMAGES = join(repository, 'docs/images');
const SIZE = { width: 1600, height: 1000 };
const MOST_BYTES = 400 * 1024;

/** The question the pictures show. */
const STEP = 'The upgrade notes are read';
const QUESTION = `${STEP} on sps_primary`;

/** What only a picture wants: nothing but the text in the editor. */
const SETTINGS = {
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'breadcrumbs.enabled': false,
  'window.title': 'sps',
};

const themes: readonly Theme[] = ['dark', 'light', 'high-contrast'];
for (const [index, theme] of themes.entries()) await photograph(theme, `127.${String(84 + index)}`);

async function photograph(theme: Theme, subnet: string): Promise<void> {
  const bench = await Bench.open(journeyOf('sps', 'lab_pair_minions'), subnet);
  try {
    const session = await openOn(bench, { theme, size: SIZE, settings: SETTINGS, env: { RUNBOOK_OPERATOR: 'operator' } });
    try {
      const { page } = session;
      await openFile(session, 'sps.runbook.yaml');
      await showRunbooks(session);
      await pressInTitle(session, 'Choose Inventory');
      await pick(session, 'lab_pair_minions.inventory.yaml');
      await pressInTitle(session, 'Run All Steps');
      await letHostsBeAsked(session);
      await dialog(session).getByRole('button', { name: 'Begin', exact: true }).click();
      await answerUntil(QUESTION, panel(session), {}, page);
      await step(session, STEP).click();
      await page.locator('.editor-instance .view-line', { hasText: STEP }).waitFor();
      await readTerminal(session, 'sps_primary');
      // Away from everything that lights up, until the scroll bars have faded.
      await page.mouse.move(SIZE.width / 2, SIZE.height - 5);
      await page.waitForTimeout(2000);
      const file = join(IMAGES, `run-${theme}.png`);
      await mkdir(IMAGES, { recursive: true });
      await page.screenshot({ path: file, animations: 'disabled' });
      const { size } = await stat(file);
      if (size > MOST_BYTES) throw new Error(`${file} has ${String(size)} bytes, more than a README should load`);
      console.log(`${file}: ${String(Math.round(size / 1024))} KiB`);
    } finally {
      await session.close();
    }
  } finally {
    await bench.close();
  }
}
