import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../host/session.js';
import type { Session } from '../../host/session.js';
import { keepPicture, openFile, pick } from './support/studio.js';

const RUNBOOK = `runbook: v1
id: payroll
title: Upgrade of the payroll servers
roles: { server: { hosts: 2 } }
steps:
  - { id: approve, title: Get the approval, use: "gates.runbook.yaml#approval" }
  - id: upgrade
    title: Upgrade
    on: server
    serial: 1
    run: /opt/payroll/upgrade
    verify: { service: { name: payroll } }
    irreversible: The data is converted.
    timeout: 30m
`;

const GATES = `runbook: v1
id: gates
title: Gates of the payroll servers
steps: [{ id: all, title: All gates, use: "#approval" }]
procedures:
  approval:
    - id: sign
      title: Let the owner of the payroll sign
      from: local
      manual: Show the plan to the owner.
      approver: other_person
      evidence: [{ attest: The owner has seen the plan. }, { attest: The backup of tonight is there. }]
`;

describe('the comparison of a runbook with what git knows of it, in the window of VS Code', function () {
  this.timeout(180_000);
  let folder: string;
  let session: Session;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'compared-'));
    const git = (...args: readonly string[]): void =>
      void execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-C', folder, ...args]);
    git('init', '-q', '-b', 'main');
    await writeFile(join(folder, 'payroll.runbook.yaml'), RUNBOOK);
    await writeFile(join(folder, 'gates.runbook.yaml'), GATES);
    git('add', '.');
    git('commit', '-q', '-m', 'Payroll');
    git('checkout', '-q', '-b', 'faster');
    await writeFile(join(folder, 'gates.runbook.yaml'), GATES.replace('      approver: other_person\n', ''));
    git('commit', '-q', '-a', '-m', 'Be faster');
    await writeFile(join(folder, 'payroll.runbook.yaml'), RUNBOOK.replace('serial: 1', 'serial: 2'));
    session = await openSession({ workspace: folder, settings: { 'git.enabled': true }, size: { width: 1600, height: 900 } });
  });

  afterEach(async function () {
    await keepPicture(session, `compare ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    await session.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the read-only text beside the comparison says. */
  const meaning = async (about: string): Promise<string> => {
    const editor = session.page.locator('.editor-group-container', { has: session.page.getByRole('tab', { name: about }) });
    await editor.locator('.view-line', { hasText: 'payroll.runbook.yaml' }).first().waitFor();
    return (await editor.locator('.view-lines').innerText()).replaceAll('\u00a0', ' ');
  };

  it('shows a weakened gate in a file that the runbook uses, and more hosts at a time, since main', async () => {
    const { page } = session;
    await openFile(session, 'payroll.runbook.yaml');
    await session.command('Runbook: Compare Runbook with…');
    await pick(session, 'main');
    const said = await meaning('since main');
    assert.match(said, /Dangerous/);
    assert.match(said, /Let the owner of the payroll sign"[^]*another person/);
    assert.match(said, /gates\.runbook\.yaml:/);
    assert.match(said, /serial|at a time/);
    assert.match(said, /In plans,/);
    await page.locator('.monaco-diff-editor').first().waitFor();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'serial: 1' }).first().waitFor();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'serial: 2' }).first().waitFor();
  });

  it('shows only what was not committed, since the last commit', async () => {
    await session.command('Runbook: Compare Runbook with…');
    await pick(session, 'HEAD');
    const said = await meaning('since HEAD');
    assert.doesNotMatch(said, /sign/);
    assert.match(said, /serial|at a time/);
  });

  it('changes nothing in the folder', async () => {
    assert.match(await readFile(join(folder, 'payroll.runbook.yaml'), 'utf8'), /serial: 2/);
    assert.equal(execFileSync('git', ['-C', folder, 'status', '--porcelain'], { encoding: 'utf8' }), ' M payroll.runbook.yaml\n');
  });
});
