import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { openSession } from '../../host/session.js';
import type { Session } from '../../host/session.js';
import { keepPicture, openFile } from './support/studio.js';

const RUNBOOK = `runbook: v1
id: files
title: Files
roles: { server: { hosts: 1 } }
steps:
  - id: remove
    title: Remove what is left over
    on: server
    run: rm -rf /srv/left/$1
    timeout: 5m
  - { id: again, title: Restart, on: server, reboot: {} }
  - { id: never, title: Never, on: server, when: 1 == 2, run: id, timeout: 1m }
`;

/** What a ShellCheck answers that finds one thing. */
const COMMENT = { level: 'warning', code: 2115, message: 'Say which files.', line: 2, column: 1, endLine: 2, endColumn: 3, fix: null };

describe('problems of runbooks, in the window of VS Code', function () {
  this.timeout(180_000);
  let folder: string;
  let mark: string;
  let session: Session;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'problems-'));
    const workspace = join(folder, 'workspace');
    const bin = join(folder, 'bin');
    mark = join(folder, 'mark');
    await mkdir(workspace);
    await mkdir(bin);
    await writeFile(join(workspace, 'files.runbook.yaml'), RUNBOOK);
    // One beside the runbook, which must never be started, and one of the person's own.
    for (const [place, said] of [
      [workspace, 'theirs'],
      [bin, 'ours'],
    ] as const) {
      const file = join(place, 'shellcheck');
      await writeFile(
        file,
        `#!/bin/sh\necho ${said} >> ${mark}\ncat > /dev/null\necho '${JSON.stringify({ comments: [COMMENT] })}'\nexit 1\n`,
      );
      await chmod(file, 0o755);
    }
    const path = [workspace, '.', bin, process.env['PATH'] ?? ''].join(delimiter);
    session = await openSession({ workspace, trusted: false, env: { PATH: path } });
  });

  afterEach(async function () {
    await keepPicture(session, `problems ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    await session.close();
    await rm(folder, { recursive: true, force: true });
  });

  const problems = () => session.page.locator('.markers-panel .monaco-list-row');

  it('are found without a process in a workspace that nobody has trusted', async () => {
    await session.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await openFile(session, 'files.runbook.yaml');
    await session.command('Problems: Focus on Problems View');
    await problems().filter({ hasText: 'missing-timeout' }).first().waitFor();
    // What the plans show comes after everything else that is looked at by itself.
    await problems().filter({ hasText: 'unreachable-step' }).first().waitFor();
    assert.equal(existsSync(mark), false);
    assert.equal(await problems().filter({ hasText: 'SC2115' }).count(), 0);
  });

  it('lead to the page of their rule', async () => {
    const { page } = session;
    const code = problems().filter({ hasText: 'missing-timeout' }).first().locator('a', { hasText: 'missing-timeout' });
    await code.click({ modifiers: ['ControlOrMeta'] });
    await page.getByRole('tab', { name: 'missing-timeout.md' }).waitFor();
    await page.getByRole('tab', { name: 'files.runbook.yaml' }).first().click();
  });

  it('are suppressed with a reason that is typed where the comment has its place for it', async () => {
    const { page } = session;
    await page.locator('.editor-instance .view-line', { hasText: 'reboot' }).getByText('reboot', { exact: true }).click();
    await session.command('Quick Fix...');
    await page.locator('.action-widget .monaco-list-row', { hasText: 'Suppress missing-timeout with a reason' }).click();
    const comment = page.locator('.editor-instance .view-line', { hasText: 'runbook-lint-ignore' });
    await comment.waitFor();
    // Without a reason it silences nothing, and says so.
    await problems().filter({ hasText: 'suppression-without-reason' }).first().waitFor();
    await page.keyboard.type('the machine has always been quick');
    await problems().filter({ hasText: 'missing-timeout' }).first().waitFor({ state: 'hidden' });
    assert.match(
      (await comment.innerText()).replaceAll('\u00a0', ' '),
      /^ {2}# runbook-lint-ignore missing-timeout: the machine has always been quick$/,
    );
  });

  it('come from the ShellCheck of the person once the workspace is trusted', async () => {
    const { page } = session;
    await session.command('Workspaces: Manage Workspace Trust');
    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust$/ })
      .first()
      .click();
    await session.command('Problems: Focus on Problems View');
    await problems().filter({ hasText: 'SC2115' }).first().waitFor();
    assert.match(readFileSync(mark, 'utf8'), /^(?:ours\n)+$/);
  });
});
