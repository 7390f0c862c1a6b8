import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listRuns } from '../../../src/engine/index.js';
import { openSession } from '../../host/session.js';
import type { Session } from '../../host/session.js';
import { dialog, keepPicture } from './support/studio.js';

const PATIENCE_MS = 60_000;

/**
 * Somebody who has never seen the language, and has two empty files, a keyboard, and nothing to read but what the editor says: completion, what is
 * under the cursor, and what can be done about a problem.
 */
describe('a newcomer, in the window of VS Code', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
  const workspace = join(folder, 'workspace');
  const stateDirectory = join(folder, 'state');
  const log = join(folder, 'log');
  let port: Server;
  let session: Session;

  before(async () => {
    mkdirSync(workspace);
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(workspace, 'restart.runbook.yaml'), '');
    writeFileSync(join(workspace, 'here.inventory.yaml'), '');
    const systemctl = join(folder, 'bin/systemctl');
    writeFileSync(systemctl, `#!/bin/sh\ncase "$1" in is-active) echo active ;; *) echo "$@" >> '${log}' ;; esac\n`);
    chmodSync(systemctl, 0o755);
    port = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => port.listen(0, '127.0.0.1', resolve));
    session = await openSession({
      workspace,
      settings: { 'runbook.stateDirectory': stateDirectory, 'runbook.ssh.useConfig': false },
      env: {
        HOME: folder,
        XDG_STATE_HOME: folder,
        SSH_AUTH_SOCK: '',
        PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
      },
    });
  });

  afterEach(async function () {
    await keepPicture(session, `newcomer ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    await session.close();
    await new Promise((resolve) => port.close(resolve));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      await session.page.keyboard.press(key);
      await sleep(150);
    }
  };

  const typed = async (text: string): Promise<void> => {
    await session.page.keyboard.type(text, { delay: 20 });
    await sleep(300);
  };

  /** Opens the list of what may stand here, narrows it, goes down to an entry, and takes it. */
  const take = async (entry: string, narrowed = ''): Promise<void> => {
    const list = session.page.locator('.suggest-widget.visible');
    await press('Escape', 'Control+Space');
    await list.locator('.monaco-list-row').first().waitFor({ timeout: PATIENCE_MS });
    if (narrowed !== '') await typed(narrowed);
    const focused = list.locator('.monaco-list-row.focused');
    for (let tries = 0; tries < 60; tries++) {
      const label = (await focused.getAttribute('aria-label')) ?? '';
      if (label === entry || label.startsWith(`${entry},`)) {
        await press('Enter');
        await list.waitFor({ state: 'hidden', timeout: 2_000 }).catch(() => undefined);
        return;
      }
      await press('ArrowDown');
    }
    assert.fail(`"${entry}" is not offered: ${(await list.locator('.monaco-list-row').allInnerTexts()).join(', ')}`);
  };

  const open = async (name: string): Promise<void> => {
    await press('Control+P');
    await typed(name);
    await sleep(800);
    await press('Enter');
    await session.page.getByRole('tab', { name, selected: true }).first().waitFor({ timeout: PATIENCE_MS });
    await press('Control+1');
  };

  const saved = async (name: string): Promise<string> => {
    await press('Escape', 'Control+S');
    await session.page.locator('.tab.active:not(.dirty)').first().waitFor({ timeout: PATIENCE_MS });
    return readFileSync(join(workspace, name), 'utf8');
  };

  it('writes three steps from an empty file, by taking what is offered', async () => {
    await open('restart.runbook.yaml');
    await take('new runbook');
    // The id is proposed by the name of the file; Tab leads from place to place.
    await press('Tab');
    await typed('Restart the shop, one server after the other');
    await press('Tab', 'Tab');
    await typed('Servers of the shop');
    await press('Tab');
    await typed('2..');
    await press('Escape', 'Control+End');
    await take('step: restart a service', 'restart');
    await press('Tab', 'Tab', 'Tab');
    await typed('shop');
    await press('Tab', 'Tab');
    await typed(String((port.address() as AddressInfo).port));
    await press('Escape', 'Escape', 'Control+End', 'Enter');
    await take('next step');
    await take('id');
    await typed('all_answer');
    await press('Escape', 'Enter');
    await take('title');
    await typed('Every server answers again');
    await press('Escape', 'Enter');
    await take('on');
    await take('server');
    const text = await saved('restart.runbook.yaml');
    assert.match(
      text,
      /\n {2}- id: reachable\n[^]*\n {2}- id: restart\n[^]* {4}serial: 1\n[^]*\n {2}- id: all_answer\n {4}title: Every server answers again/,
    );
  });

  it('is told what is missing in it, and takes what is offered against it', async () => {
    const { page } = session;
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: PATIENCE_MS });
    await press('F8', 'Escape', 'Control+.');
    const actions = page.locator('.action-widget .monaco-list-row');
    const wanted = actions.filter({ hasText: 'Add "check"' });
    await wanted.waitFor({ timeout: PATIENCE_MS });
    for (let tries = 0; tries < 20 && !(await wanted.first().getAttribute('class'))?.includes('focused'); tries++) await press('ArrowDown');
    await press('Enter');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    assert.match(await saved('restart.runbook.yaml'), /all_answer\n[^]*check: \{ host: reachable \}/);
  });

  it('is told under the cursor what a key means', async () => {
    const { page } = session;
    await press('Control+F');
    await typed('serial');
    await press('Enter', 'Escape', 'Control+K', 'Control+I');
    const hover = page.locator('.monaco-hover:visible', { hasText: /one after the other|host by host|at a time|batch/i }).first();
    await hover.waitFor({ timeout: PATIENCE_MS });
    await press('Escape');
  });

  it('writes an inventory with two hosts, which asks for nothing else', async () => {
    await open('here.inventory.yaml');
    await take('new inventory');
    await press('Escape');
    for (const host of ['server-1', 'server-2']) {
      await press('Control+F');
      await typed(`${host}.example.com`);
      await press('Enter', 'Escape', 'End', 'ArrowLeft', 'ArrowLeft');
      await typed(', ');
      await take('connection', 'conn');
      await take('local', 'loc');
    }
    const text = await saved('here.inventory.yaml');
    assert.match(
      text,
      /\n {2}server_1: \{ address: server-1\.example\.com, connection: local \}\n {2}server_2: \{ address: server-2\.example\.com, connection: local \}\n/,
    );
    assert.match(text, /\n {2}server: \[server_1, server_2\]\n/);
  });

  it('carries it out on both of them', async () => {
    await open('restart.runbook.yaml');
    await session.command('Run All Steps');
    await dialog(session).getByRole('button', { name: 'Begin', exact: true }).click({ timeout: PATIENCE_MS });
    const until = performance.now() + 3 * PATIENCE_MS;
    let status: string | undefined;
    while (status !== 'succeeded' && performance.now() < until) {
      await sleep(300);
      [status] = (await listRuns(stateDirectory)).map((run) => run.status);
      assert.ok(status === undefined || !/failed|stopped|halted/.test(status), status);
    }
    assert.equal(status, 'succeeded');
    assert.equal(readFileSync(log, 'utf8'), 'restart shop\nrestart shop\n');
  });
});
