import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { driveInteractively } from '../../src/cli/interactive.js';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import type { AskLine, Questions } from '../../src/cli/questions.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, TestEngine } from '../support/running.js';

describe('beginning from the command line', function () {
  this.timeout(20_000);
  let directory: string;
  let said: string[];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'beginning-'));
    said = [];
    const steps = `steps: [ { id: a, env: { LOG: "${join(directory, 'log')}" }, run: 'echo a >> "$LOG"' } ]\n`;
    await writeFile(join(directory, 'a.runbook.yaml'), LOCAL_HEAD + steps);
  });
  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));

  function io(): Io {
    const say = (text: string): void => {
      said.push(text);
    };
    return { out: say, err: say, interactive: false, columns: () => undefined, color: false, cwd: directory, env: {} };
  }

  async function running(inventory: string, ...more: readonly string[]): Promise<ExitCode> {
    await writeFile(join(directory, 'x.inventory.yaml'), LOCAL_INVENTORY + inventory);
    const words = ['run', 'a.runbook.yaml', '--inventory', 'x.inventory.yaml', '--yes', '--headless'];
    return main([...words, '--state-dir', join(directory, 'state'), ...more], io());
  }

  const CLOSED = 'blackouts: [ { from: "2020-01-01T00:00Z", to: "2120-01-01T00:00Z", because: frozen } ]\n';

  it('stops outside of a window with the text, and begins with a reason', async () => {
    assert.equal(await running(CLOSED), ExitCode.stopped, said.join(''));
    assert.match(said.join(''), /may not begin on here now: nothing may be done until .*frozen.*--outside-window WHY/s);
    await assert.rejects(readFile(join(directory, 'log')));
    assert.equal(await running(CLOSED, '--outside-window', 'it burns'), ExitCode.ok, said.join(''));
    assert.match(said.join(''), /it burns/);
    assert.equal(await running(CLOSED, '--outside-window', ' '), ExitCode.usage);
  });

  it('stops without the rehearsal, and begins with a reason', async () => {
    assert.equal(await running('rehearsed_on: staging\n'), ExitCode.stopped, said.join(''));
    assert.match(said.join(''), /succeeded on "staging" before.*--unrehearsed WHY/s);
    assert.equal(await running('rehearsed_on: staging\n', '--unrehearsed', 'it burns'), ExitCode.ok, said.join(''));
    assert.match(said.join(''), /approved it all the same: it burns/);
  });

  it('takes one of --only and --from', async () => {
    assert.equal(await running('', '--only', 'a', '--from', 'a'), ExitCode.usage);
    assert.match(said.join(''), /give one of them/);
    await assert.rejects(readFile(join(directory, 'log')));
  });

  it('names the fact to give where nobody is there to ask', async () => {
    const upgrade = `facts: { installed: { on: app, type: version, ask: Which? } }\nupgrade: { installed: installed, to: "2.0" }\n`;
    await writeFile(join(directory, 'a.runbook.yaml'), `${LOCAL_HEAD}${upgrade}steps: [ { id: a, on: app, run: "true" } ]\n`);
    assert.equal(await running(''), ExitCode.usage, said.join(''));
    assert.match(said.join(''), /--fact installed@one=…/);
    assert.equal(await running('', '--fact', 'installed@one=1.0', '--fact', 'installed@two=1.5'), ExitCode.usage, said.join(''));
    assert.match(said.join(''), /--fact upgrade\.from=…/);
    const given = ['--fact', 'installed@one=1.0', '--fact', 'installed@two=1.5', '--fact', 'upgrade.from=1.0'];
    assert.equal(await running('', ...given), ExitCode.ok, said.join(''));
  });

  it('gives up a question that has settled itself: the window opens while the person thinks', async () => {
    const engine = await TestEngine.open();
    try {
      const soon = new Date(Math.ceil((Date.now() + 1500) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
      const inventory = `${LOCAL_INVENTORY}windows: [ { from: "${soon}", to: "2120-01-01T00:00Z" } ]\n`;
      const run = await engine.start('  - { id: a, run: "true" }', { answer: () => undefined, documents: { inventory } });
      let given = 0;
      const ask: AskLine = (_question, _hidden, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            given += 1;
            reject(new Error('aborted'));
          });
        });
      const questions = { together: (work: (ask: AskLine) => Promise<unknown>) => work(ask) } as unknown as Questions;
      driveInteractively(run.handle, questions, io());
      assert.equal((await run.finished()).status, 'succeeded');
      assert.equal(given, 1);
    } finally {
      await engine.close();
    }
  });
});
