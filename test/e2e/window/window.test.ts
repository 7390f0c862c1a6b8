import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../host/session.js';
import type { Session } from '../../host/session.js';

const RUNBOOK = `runbook: v1
id: greeting
title: Greeting
steps:
  - id: say_hello
    title: Say hello to everybody
    from: local
    run: echo hello
`;

describe('the window of VS Code', function () {
  this.timeout(180_000);
  let workspace: string;
  let session: Session;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'window-'));
    await writeFile(join(workspace, 'greeting.runbook.yaml'), RUNBOOK);
    session = await openSession({ workspace });
  });

  after(async () => {
    await session.close();
    await rm(workspace, { recursive: true, force: true });
  });

  it('shows the steps of a runbook that is opened', async () => {
    const { page } = session;
    await page.getByRole('treeitem', { name: 'greeting.runbook.yaml' }).dblclick();
    await page.getByRole('tab', { name: 'Runbooks', exact: true }).click();
    await page.getByRole('treeitem', { name: 'Say hello to everybody' }).first().waitFor();
  });

  it('underlines a mistake as it is typed, and says what to do', async () => {
    const { page } = session;
    await page.locator('.monaco-editor .view-line', { hasText: 'echo hello' }).first().click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('tiemout: 5m');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await session.command('Problems: Focus on Problems View');
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'tiemout' }).first();
    assert.match(await problem.innerText(), /timeout/);
  });
});
