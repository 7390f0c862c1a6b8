import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCli } from '../../journeys/support/cli.js';
import type { CliProcess } from '../../journeys/support/cli.js';
import type { Locator, Session } from '../../host/session.js';
import { Counting, PATIENCE_MS } from './support/counting.js';
import { dialog, keepPicture, notice, pane, panel, runShown, showRunbooks } from './support/studio.js';
import { startInTerminal } from './support/terminalCli.js';
import type { TerminalCli } from './support/terminalCli.js';

const WAIT = { timeout: PATIENCE_MS };

describe('a run that another process carries out, in the window of VS Code', function () {
  this.timeout(300_000);
  let counting: Counting;
  let session: Session;
  const terminals: TerminalCli[] = [];
  const processes: CliProcess[] = [];

  before(async () => {
    counting = new Counting();
    counting.write('here.inventory.yaml', INVENTORY);
    counting.write('asking.runbook.yaml', runbook(counting, 'asking', "  - { id: look, title: Look at the counter, manual: 'Look.' }\n"));
    for (const id of ['kept', 'judged']) counting.write(`${id}.runbook.yaml`, runbook(counting, id));
    session = await counting.open();
    await showRunbooks(session);
  });

  afterEach(async function () {
    await keepPicture(session, `handOver ${this.currentTest?.title ?? ''}`);
  });

  after(async () => {
    for (const terminal of terminals) terminal.kill();
    for (const { process } of processes) process.kill('SIGKILL');
    await session.close();
    counting.remove();
  });

  const words = (id: string): string[] => [
    ...['run', `${id}.runbook.yaml`, '--inventory', 'here.inventory.yaml', '--yes', '--no-ssh-config'],
    ...['--state-dir', counting.stateDirectory],
  ];
  const overview = (): Locator => panel(session).locator('.overview');
  const runOf = (text: string): Locator => pane(session.page, 'Runs').getByRole('treeitem').filter({ hasText: text }).first();
  const headless = async (id: string): Promise<string> => {
    const started = startCli([...words(id), '--headless'], { cwd: counting.folder, env: { RUNBOOK_OPERATOR: 'carl' } });
    processes.push(started);
    await counting.line(`${id}-slow`);
    return /^Run (\S+)/m.exec(started.printed())?.[1] ?? '';
  };
  const kill = async (): Promise<void> => {
    const last = processes.at(-1);
    last?.process.kill('SIGKILL');
    await last?.done;
  };

  it('is listed without anybody asking for it, and watched', async () => {
    terminals.push(await startInTerminal(words('asking'), counting.folder));
    await runOf('Count: asking').getByText('live elsewhere').waitFor(WAIT);
    await runOf('Count: asking').click();
    await overview().getByText('Waiting for a person elsewhere').waitFor(WAIT);
    assert.match(await overview().innerText(), /Carried out by carl, process \d+ on .*This window only watches/s);
    const asked = panel(session).getByRole('region', { name: 'Waiting for a person elsewhere' });
    assert.match(await asked.innerText(), /Look at the counter[^]*cannot be answered here/);
    assert.equal(await asked.locator('vscode-button, vscode-checkbox, input, select, textarea').count(), 0);
    assert.equal(
      await overview()
        .locator('vscode-button', { hasText: /Resume|Stop/ })
        .count(),
      0,
    );
    await keepPicture(session, 'handOver watched question');
  });

  it('is followed, step by step, as it goes on there', async () => {
    await terminals[0]?.answer('Press Enter when it is done', '');
    await overview().getByText('Running elsewhere').waitFor(WAIT);
    await panel(session).locator('.step-now', { hasText: 'Second' }).waitFor(WAIT);
    assert.match(await overview().innerText(), /2 of 4 steps done/);
    await pane(session.page, 'Runbook Steps').getByText('here, live elsewhere').waitFor(WAIT);
  });

  it('is asked for with a reason, let go there, and goes on here', async () => {
    await overview().locator('vscode-button', { hasText: 'Take over…' }).click();
    await giveReason('Carl goes home.');
    await terminals[0]?.answer('Type "yes" to let it go', 'yes');
    await notice(session, 'lets the run go; the steps under way are finished first.');
    await keepPicture(session, 'handOver being let go');
    counting.mayGoOn('asking');
    await dialog(session).getByRole('button', { name: 'Begin', exact: true }).click(WAIT);
    await overview().getByText('Succeeded').waitFor(WAIT);
    assert.equal(await terminals[0]?.ended, 4);
    assert.deepEqual(counting.lines(), ['asking-first', 'asking-slow', 'asking-last']);
    const { state } = counting.read(await runShown(session));
    assert.ok(state?.remarks.some(({ text }) => /wanda goes on with this run, which was let go elsewhere: Carl goes home\./.test(text)));
  });

  it('stays where nobody agrees, and the window says so', async () => {
    const run = await headless('kept');
    await runOf('Count: kept').getByText('live elsewhere').waitFor(WAIT);
    await runOf('Count: kept').click();
    await overview().getByText('Running elsewhere').waitFor(WAIT);
    await overview().locator('vscode-button', { hasText: 'Take over…' }).click();
    await giveReason('I would like it.');
    await notice(session, 'keeps the run.');
    await keepPicture(session, 'handOver kept');
    await overview().getByText('Running elsewhere').waitFor();
    assert.ok(counting.read(run).summary.holder);
  });

  it('is told of when its runner is killed, and goes on here without a step done twice', async () => {
    await kill();
    await overview().getByText('Not being carried out').waitFor(WAIT);
    await runOf('Count: kept').getByText('interrupted, 1 unknown').waitFor(WAIT);
    await panel(session).locator('tr.is-unknown', { hasText: 'Second' }).waitFor(WAIT);
    const told = await notice(session, '"Count: kept" on here was interrupted before its end.');
    await keepPicture(session, 'handOver interrupted');
    await told.getByRole('button', { name: 'Resume…' }).click();
    await begin();
    await decide('It has succeeded…', 'Count it as succeeded');
    await overview().getByText('Succeeded').waitFor(WAIT);
    assert.deepEqual(ofRun('kept'), ['kept-first', 'kept-slow', 'kept-last']);
  });

  it('is taken over with a reason where nobody can judge its runner from here', async () => {
    const run = await headless('judged');
    await kill();
    const directory = join(counting.stateDirectory, 'runs', run);
    const lock = readdirSync(directory).find((name) => name.startsWith('lock.')) ?? '';
    const record = JSON.parse(readFileSync(join(directory, lock), 'utf8')) as { owner: object };
    writeFileSync(join(directory, lock), JSON.stringify({ ...record, owner: { ...record.owner, host: 'ops2.example.com' } }));
    await runOf('Count: judged').getByText('live elsewhere').waitFor(WAIT);
    await session.command('Take Over Run…');
    await session.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Count: judged' }).click(WAIT);
    await giveReason('ops2 has lost its power.');
    await begin();
    await decide('Run it again…', 'Run it again', () => counting.mayGoOn('judged'));
    await overview().getByText('Succeeded').waitFor(WAIT);
    assert.deepEqual(ofRun('judged'), ['judged-first', 'judged-slow', 'judged-slow', 'judged-last'], 'once more, as a person said');
    const remarks = counting
      .read(run)
      .state?.remarks.map(({ text }) => text)
      .join('\n');
    assert.match(remarks ?? '', /wanda took this run over from process \d+ on ops2\.example\.com.*: ops2 has lost its power\./);
  });

  const ofRun = (id: string): readonly string[] => counting.lines().filter((line) => line.startsWith(`${id}-`));

  const begin = (): Promise<void> => dialog(session).getByRole('button', { name: 'Begin', exact: true }).click(WAIT);

  async function giveReason(why: string): Promise<void> {
    const box = session.page.locator('.quick-input-widget', { hasText: 'Take this run over' }).locator('input[type="text"]');
    await box.fill(why, WAIT);
    await box.press('Enter');
  }

  /** Answers that an attempt is unknown, with a reason. */
  async function decide(choice: string, confirm: string, before: () => void = () => undefined): Promise<void> {
    const card = panel(session).locator('section.card-unknown');
    await card.waitFor(WAIT);
    assert.match(await card.innerText(), /Second[^]*nobody can know how far it came/);
    await card.locator('vscode-button', { hasText: choice }).click();
    await card.locator('.confirmation input').fill('looked at the counter');
    before();
    await card.locator('.confirmation vscode-button', { hasText: confirm }).click();
  }
});

const INVENTORY = `inventory: v1
environment: here
hosts: { one: { connection: local, platform: linux } }
roles: { app: [one] }
`;

/** Three steps that leave a line each, the second of which waits to be let on; `between`: more after the first. */
function runbook(counting: Counting, id: string, between = ''): string {
  const step = (name: string, title: string, then = ''): string =>
    `  - id: ${name}\n    title: ${title}\n    on: app\n    run: |\n      ${counting.script(`${id}-${name}`, then)}\n`;
  const steps = [step('first', 'First'), between, step('slow', 'Second', counting.waitFor(id)), step('last', 'Third')];
  return `runbook: v1\nid: ${id}\ntitle: 'Count: ${id}'\nroles: { app: { hosts: 1 } }\nsteps:\n${steps.join('')}`;
}
