import assert from 'node:assert/strict';
import type { FromPlanPage, PlanSheet, SheetRow } from '../../src/protocol/index.js';
import { closeBrowser, openPage, picture } from './support/panelPage.js';
import type { ShownPage } from './support/panelPage.js';
import { planOfCluster, sheetOfMany } from './support/sheets.js';

type PlanPage = ShownPage<FromPlanPage>;

const URI = 'file:///work/cluster.runbook.yaml';

function noPlan(count: number): object {
  const problems = Array.from({ length: count }, (_, index) => ({ file: 'cluster.runbook.yaml', message: `problem ${String(index)}` }));
  return {
    type: 'no_plan',
    uri: URI,
    runbook: 'cluster.runbook.yaml',
    inventory: 'x.inventory.yaml',
    why: 'There is no plan yet.',
    problems,
    broken: [],
  };
}

describe('the page of a plan', function () {
  this.timeout(240_000);
  let shown: PlanPage | undefined;
  let sheet: PlanSheet;

  async function open(theme: 'dark' | 'light' | 'high-contrast' = 'dark', kept?: unknown): Promise<PlanPage> {
    shown = await openPage<FromPlanPage>('plan/page.ts', theme, kept);
    return shown;
  }

  before(async () => {
    sheet = await planOfCluster(URI);
  });

  afterEach(async () => {
    const trouble = shown?.trouble ?? [];
    await shown?.close();
    shown = undefined;
    assert.deepEqual(trouble, []);
  });
  after(closeBrowser);

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    it(`says what is planned, on what, and what to know first, in ${theme}`, async () => {
      const { page, send } = await open(theme);
      await send({ type: 'plan', sheet });
      await send({ type: 'cursor', paths: ['convert'] });
      await page.getByRole('button', { name: 'Details of Stop the web servers' }).click();
      await picture(shown as PlanPage, `plan-${theme}`);
      await page.getByRole('heading', { name: 'Upgrade the cluster' }).waitFor();
      assert.match(await page.locator('.environment').innerText(), /PRODUCTION · Production/);
      const text = await page.locator('main').innerText();
      for (const part of [/no way back/, /holds/, /Room is needed/, /applies, because/, /latest safe start|window/, /takes back/])
        assert.match(text, part);
      for (const name of ['In short', 'Advisories', 'Order', 'Timeline', 'Steps']) await page.getByRole('region', { name }).waitFor();
    });
  }

  it('leads from a row to its text, by mouse and by keyboard', async () => {
    const { page, send, asked } = await open();
    await send({ type: 'plan', sheet });
    await page.locator('button.row', { hasText: 'Convert the data' }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-path')), 'down');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.locator('button.row', { hasText: 'Stop the web servers' }).count(), 0);
    await page.keyboard.press('ArrowRight');
    await page.locator('button.row', { hasText: 'Stop the web servers' }).waitFor();
    const lines = new Map(rowsOf(sheet).map(({ path, place }) => [path, place.line]));
    assert.deepEqual(
      (await asked()).map((message) => message.type === 'reveal' && message.line),
      [lines.get('convert'), lines.get('ask')],
    );
  });

  it('has one tab stop for the rows', async () => {
    const { page, send } = await open();
    await send({ type: 'plan', sheet });
    assert.equal(await page.locator('button.row[tabindex="0"]').count(), sheet.sections.length);
  });

  it('marks the row of the cursor, opens the group around it and scrolls there', async () => {
    const { page, send } = await open();
    const many = sheetOfMany(sheet, 1000);
    await send({ type: 'plan', sheet: many });
    await send({ type: 'cursor', paths: [] });
    assert.equal(await page.locator('button.row').count(), 20);
    const begun = Date.now();
    await send({ type: 'cursor', paths: ['group 19/step 990'] });
    assert.ok(Date.now() - begun < 60_000);
    const current = page.locator('button.row[aria-current="step"]');
    assert.equal(await current.count(), 1);
    assert.match(await current.innerText(), /Step 990/);
    assert.ok(await current.evaluate((row) => row.getBoundingClientRect().bottom <= window.innerHeight));
    await send({ type: 'cursor', paths: [] });
    assert.equal(await current.count(), 0);
  });

  it('keeps the place, the focus and what was opened when the plan is made anew', async () => {
    const { page, send } = await open();
    const many = sheetOfMany(sheet, 140);
    await send({ type: 'plan', sheet: many });
    await page.getByRole('button', { name: 'Details of Step 50', exact: true }).click();
    const row = page.locator('button.row', { hasText: 'Step 50' });
    await row.focus();
    const before = await page.evaluate(() => window.scrollY);
    assert.ok(before > 0);
    await send({ type: 'plan', sheet: { ...many, title: 'Another title' } });
    await page.getByRole('heading', { name: 'Another title' }).waitFor();
    assert.equal(await page.evaluate(() => window.scrollY), before);
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /Step 50/);
    assert.equal(await page.getByRole('button', { name: 'Details of Step 50', exact: true }).getAttribute('aria-expanded'), 'true');
  });

  it('shows the problems where there is no plan, each leading to its place, and keeps the last plan below', async () => {
    const { page, send, asked } = await open();
    await send({ type: 'plan', sheet });
    await send(noPlan(2));
    await picture(shown as PlanPage, 'plan-none');
    await page.getByRole('heading', { name: 'No plan yet' }).waitFor();
    await page.getByRole('heading', { name: 'Upgrade the cluster' }).waitFor();
    await page.getByRole('button', { name: 'problem 1' }).click();
    assert.deepEqual(await asked(), [{ type: 'reveal_problem', index: 1 }]);
    await send({ type: 'plan', sheet });
    assert.equal(await page.getByRole('heading', { name: 'No plan yet' }).count(), 0);
  });

  it('asks for an inventory where none is chosen', async () => {
    const { page, send, asked } = await open();
    await send({ type: 'no_plan', uri: URI, runbook: 'cluster.runbook.yaml', why: 'No inventory is chosen.', problems: [], broken: [] });
    await page.getByRole('button', { name: 'Choose inventory' }).click();
    assert.deepEqual(await asked(), [{ type: 'choose_inventory' }]);
  });

  it('keeps for later which runbook it is about and what was closed', async () => {
    const { page, send } = await open();
    await send({ type: 'plan', sheet });
    await page.getByRole('button', { name: 'Timeline' }).last().click();
    const kept = await page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    await shown?.close();
    const again = await open('dark', kept);
    await again.send({ type: 'plan', sheet });
    assert.equal(await again.page.locator('.part-timeline .toggle').getAttribute('aria-expanded'), 'false');
    assert.equal((kept as { uri: string }).uri, URI);
  });
});

function rowsOf({ sections }: PlanSheet): readonly SheetRow[] {
  return sections.flatMap(({ rows }) => rows);
}
