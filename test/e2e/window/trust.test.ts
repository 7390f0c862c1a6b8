import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, repository, typeIntoPalette } from '../../host/session.js';
import type { Page, Session } from '../../host/session.js';
import { keepPicture, openFile, pane, showRunbooks, step } from './support/studio.js';
import { eventually } from '../../support/eventually.js';

/** Commands that act on a host or a run. */
const NOT_OFFERED = [
  'Open Output of This Run',
  'Open Terminal of a Host',
  'Resume a Run',
  'Run All Steps',
  'Stop the Run',
  'Take Over Run…',
];

describe('a workspace nobody has trusted, in the window of VS Code', function () {
  this.timeout(180_000);
  let folder: string;
  let session: Session;
  let host: Server;
  let connections = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'untrusted-'));
    host = createServer((socket) => {
      connections += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(host, 'listening');
    const { port } = host.address() as AddressInfo;
    await writeFile(
      join(folder, 'trap.runbook.yaml'),
      `runbook: v1
id: trap
title: A trap
roles: { server: { hosts: 1 } }
steps:
  - id: here
    title: Leave a mark on this machine
    from: local
    run: touch '${join(folder, 'mark')}'
  - { id: there, title: Look around on the host, on: server, run: id }
`,
    );
    await writeFile(
      join(folder, 'trap.inventory.yaml'),
      `inventory: v1
environment: trap
ssh: { port: ${String(port)} }
hosts: { victim: { address: 127.0.0.1 } }
roles: { server: [victim] }
`,
    );
    const tasks = [{ type: 'runbook', label: 'trap', runbook: 'trap.runbook.yaml', inventory: 'trap.inventory.yaml' }];
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, '.vscode/tasks.json'), JSON.stringify({ version: '2.0.0', tasks }));
    session = await openSession({
      workspace: folder,
      trusted: false,
      settings: { 'runbook.stateDirectory': join(folder, 'state'), 'runbook.ssh.useConfig': false },
    });
  });

  afterEach(async function () {
    await keepPicture(session, `trust ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    await session.close();
    host.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is opened without trust, and the view says so', async () => {
    await session.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await showRunbooks(session);
    await pane(session.page, 'Runbook Steps').getByText('This workspace is not trusted, so nothing is run.').waitFor();
  });

  it('still has its runbooks read, checked and shown', async () => {
    const { page } = session;
    await page.getByRole('tab', { name: /^Explorer/ }).click();
    await openFile(session, 'trap.runbook.yaml');
    await showRunbooks(session);
    await step(session, 'Leave a mark on this machine').waitFor();
    await page.locator('.editor-instance .view-line', { hasText: 'from: local' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('tiemout: 5m');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    const line = page.locator('.editor-instance .view-line', { hasText: 'tiemout' });
    await eventually(async () => {
      if ((await line.count()) === 0) return true;
      await page.keyboard.press('Control+z');
      return false;
    }, 'what was typed is taken back');
  });

  it('starts no process and opens no connection, whatever command is given', async () => {
    const { page } = session;
    // What an earlier command opened may cover the runbook that a command is offered beside.
    const isOfferedBesideTheRunbook = async (title: string): Promise<boolean> => {
      await page.keyboard.press('Escape');
      await page
        .getByRole('tab', { name: /trap\.runbook\.yaml/ })
        .first()
        .click();
      return isOffered(page, title);
    };
    const missing: string[] = [];
    for (const title of paletteTitles()) {
      if (!(await isOffered(page, title)) && !(await isOfferedBesideTheRunbook(title))) missing.push(title);
      else await page.keyboard.press('Enter');
    }
    await isOffered(page, 'Show Progress');
    assert.deepEqual(missing.sort(), NOT_OFFERED);
    assert.equal(existsSync(join(folder, 'mark')), false);
    assert.equal(existsSync(join(folder, 'state')), false);
    assert.equal(connections, 0);
  });
});

/** Looks a command up in the palette, where Enter then gives it. A list that another command opens late may take its place: then it is opened again. */
async function isOffered(page: Page, title: string): Promise<boolean> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const row = rows.and(page.locator('.focused')).filter({ hasText: `Runbook: ${title}` });
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await page.keyboard.press('Escape');
    const found = await typeIntoPalette(page, `>Runbook: ${title}`)
      .then(() => row.waitFor({ timeout: 2000 }))
      .then(
        () => true,
        () => false,
      );
    if (found) return true;
    if (attempt > 1 && (await rows.count()) > 0) return false;
  }
  throw new Error('the palette cannot be opened');
}

/** Titles of the commands that the palette may offer. */
function paletteTitles(): readonly string[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(repository, file), 'utf8'));
  const { contributes } = read('package.json') as {
    contributes: { commands: { command: string; title: string }[]; menus: { commandPalette: { command: string; when: string }[] } };
  };
  const titles = read('package.nls.json') as Record<string, string>;
  const hidden = contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
  return contributes.commands
    .filter(({ command }) => !hidden.includes(command))
    .map(({ title }) => titles[title.replaceAll('%', '')] ?? title);
}
