import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSession, repository } from '../../../host/session.js';
import type { FrameLocator, Locator, Page, Session, SessionOptions } from '../../../host/session.js';
import type { Bench } from '../../../journeys/support/journey.js';

/** A window on the folder of an example, which may reach the lab the example is bound to, and takes nothing from who runs the tests. */
export async function openOn(bench: Bench, options: Partial<SessionOptions> = {}): Promise<Session> {
  const home = join(bench.directory, 'home');
  await mkdir(join(home, '.ssh'), { recursive: true });
  await writeFile(join(home, '.ssh/config'), 'Host *\n  User root\n');
  return openSession({
    workspace: bench.example,
    ...options,
    settings: {
      'files.autoSave': 'off',
      'runbook.ssh.knownHosts': [bench.knownHosts],
      'runbook.ssh.identities': [bench.lab.identity],
      'runbook.stateDirectory': bench.stateDirectory,
      ...options.settings,
    },
    env: { ...bench.env, HOME: home, XDG_STATE_HOME: home, SSH_AUTH_SOCK: '', ...options.env },
  });
}

/** Opens a file of the folder in an editor that stays. */
export async function openFile({ page }: Session, name: string): Promise<void> {
  await page.getByRole('treeitem', { name }).dblclick();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Opens the side bar with the views of the extension. */
export async function showRunbooks({ page }: Session): Promise<void> {
  await page.getByRole('tab', { name: 'Runbooks', exact: true }).click();
  await pane(page, 'Runbook Steps').waitFor();
}

/** A view in the side bar. */
export function pane(page: Page, title: string): Locator {
  return page.locator('.pane', { has: page.locator('.pane-header', { hasText: title }) });
}

/** A line of the view *Runbook Steps*. */
export function step({ page }: Session, label: string): Locator {
  return pane(page, 'Runbook Steps').getByRole('treeitem').filter({ hasText: label }).first();
}

/** Presses an action in the title of the view *Runbook Steps*. */
export async function pressInTitle({ page }: Session, action: string): Promise<void> {
  const view = pane(page, 'Runbook Steps');
  await view.locator('.pane-header').hover();
  await view.locator('.pane-header').getByRole('button', { name: action }).click();
}

/** Agrees that the hosts are asked, read-only, what decides the plan, and gives the question that comes then. */
export async function letHostsBeAsked(session: Session): Promise<string> {
  await dialog(session).getByRole('button', { name: 'Ask the Hosts', exact: true }).click();
  await dialog(session).getByRole('button', { name: 'Begin', exact: true }).waitFor();
  return dialog(session).innerText();
}

/** Picks a line of the list that has opened at the top of the window. */
export async function pick({ page }: Session, label: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
}

/** The dialog that is open, over everything else. */
export function dialog({ page }: Session): Locator {
  return page.locator('.monaco-dialog-box');
}

/** Waits for a notification, and gives it in the list that the bell opens: by itself it would go away. */
export async function notice({ page }: Session, text: string): Promise<Locator> {
  const center = page.locator('.notifications-center');
  if (!(await center.locator('visible=true').count())) await page.locator('[id="status.notifications"]').click();
  const found = center.locator('.notification-list-item', { hasText: text }).first();
  await found.waitFor({ timeout: 60_000 });
  return found;
}

/** The progress panel. */
export function panel({ page }: Session): FrameLocator {
  return page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('iframe#active-frame');
}

/** Id of the run that the panel shows. */
export async function runShown(session: Session): Promise<string> {
  const facts = await panel(session).locator('.facts').innerText();
  return /^Run (\S+)/.exec(facts)?.[1] ?? '';
}

/** Shows the terminal of that name, waits until it shows a text, and gives what it shows. */
export async function readTerminal({ page }: Session, name: string, text: string | RegExp = /\S/): Promise<string> {
  await page
    .locator('.terminal-tabs-entry, .tabs-list .monaco-list-row', { hasText: name })
    .first()
    .click({ position: { x: 8, y: 10 } });
  const rows = page.locator('.terminal-wrapper.active .xterm-rows');
  await rows.filter({ hasText: text }).waitFor();
  return (await rows.innerText()).replaceAll('\u00a0', ' ');
}

const PICTURES = join(repository, 'out/pictures/window');

/** Keeps a picture of the window under `out/`, to be looked at. */
export async function keepPicture({ page }: Session, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, '-')}.png`) });
}

/**
 * Writes the tasks of the folder. VS Code reads them again whenever the file changes. What it read before it knew every contributed type of task
 * it keeps without the tasks of those types; on some machines the folder's settings are there before the extensions are.
 */
export async function writeTasks(folder: string, tasks: readonly object[]): Promise<void> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  const blankLines = '\n'.repeat((writes += 1));
  await writeFile(join(folder, '.vscode/tasks.json'), `${JSON.stringify({ version: '2.0.0', tasks }, undefined, 2)}${blankLines}`);
}
let writes = 0;

/**
 * Runs a task of the folder by its label. The list shows what is known when it opens, so it is opened anew, after the tasks were written anew
 * and in the end in a new window, until it has the task.
 */
export async function runTask(
  session: Session,
  { folder, tasks, label }: { folder: string; tasks: readonly object[]; label: string },
): Promise<void> {
  const rows = session.page.locator('.quick-input-list .monaco-list-row');
  for (let attempt = 1; ; attempt += 1) {
    await session.command('Tasks: Run Task');
    try {
      await rows.filter({ hasText: label }).first().click({ timeout: 10_000 });
      return;
    } catch (error) {
      const shown = await rows.allInnerTexts();
      if (attempt === 5) throw new Error(`no task "${label}" among ${JSON.stringify(shown)}\n${session.log()}`, { cause: error });
      await session.page.keyboard.press('Escape');
      await writeTasks(folder, tasks);
      if (attempt >= 3) await session.reload();
    }
  }
}
