import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { driveInteractively } from '../../src/cli/interactive.js';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import type { AskLine, Questions } from '../../src/cli/questions.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, statuses, TestEngine } from '../support/running.js';

function quietIo(cwd: string, said: string[]): Io {
  const say = (text: string): void => {
    said.push(text);
  };
  return { out: say, err: say, interactive: false, columns: () => undefined, color: false, cwd, env: {} };
}

/** A person who types these lines, and then presses Ctrl-C. */
function typing(lines: readonly string[]): Questions {
  const left = [...lines];
  const ask: AskLine = () => {
    const line = left.shift();
    return line === undefined ? Promise.reject(new Error('Aborted with Ctrl+C')) : Promise.resolve(line);
  };
  return { together: (work: (ask: AskLine) => Promise<unknown>) => work(ask) } as unknown as Questions;
}

describe('answering a run', function () {
  this.timeout(20_000);
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'answering-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));

  it('does nothing when the evidence that is to answer cannot be read', async () => {
    const log = join(directory, 'log');
    const steps = `steps: [ { id: a, env: { LOG: "${log}" }, run: 'echo a >> "$LOG"' } ]\n`;
    await writeFile(join(directory, 'a.runbook.yaml'), `${LOCAL_HEAD}${steps}`);
    await writeFile(join(directory, 'x.inventory.yaml'), LOCAL_INVENTORY);
    const words = ['run', 'a.runbook.yaml', '--inventory', 'x.inventory.yaml', '--yes', '--headless'];
    const said: string[] = [];
    const code = await main(
      [...words, '--evidence', join(directory, 'missing.yaml'), '--state-dir', join(directory, 'state')],
      quietIo(directory, said),
    );
    assert.equal(code, ExitCode.usage, said.join(''));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await assert.rejects(readFile(log));
  });

  it('asks again for a file that is not there', async () => {
    const engine = await TestEngine.open();
    try {
      await writeFile(join(directory, 'dump.sql'), 'x');
      const run = await engine.start('  - { id: a, manual: Dump it., evidence: [ { file: dump } ] }', { answer: () => undefined });
      const said: string[] = [];
      driveInteractively(run.handle, typing(['', 'dmup.sql', '', 'dump.sql']), quietIo(directory, said));
      assert.deepEqual(statuses(await run.finished()), ['a: succeeded'], said.join(''));
      assert.match(said.join(''), /cannot be read/);
    } finally {
      await engine.close();
    }
  });

  it('stops the run in good order when nobody can be asked any more', async () => {
    const engine = await TestEngine.open();
    try {
      const run = await engine.start('  - { id: a, manual: Look at it. }', { answer: () => undefined });
      driveInteractively(run.handle, typing([]), quietIo(directory, []));
      const state = await run.finished();
      assert.equal(state.status, 'stopped');
      assert.deepEqual(statuses(state), ['a: cancelled']);
    } finally {
      await engine.close();
    }
  });
});
