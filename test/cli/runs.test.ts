import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { thisProcess } from '../../src/engine/journal/owner.js';
import { Recorded } from './journal/recorded.js';

describe('runbook runs', function () {
  this.timeout(60_000);
  let recorded: Recorded;
  beforeEach(async () => {
    recorded = await Recorded.open();
  });
  afterEach(() => recorded.close());

  /** Takes the end away, and leaves the lock of this or another process. */
  async function cutOff(owner = { ...thisProcess(), pid: 2 ** 22 + 5 }): Promise<void> {
    const file = await recorded.journal();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const at = lines.findLastIndex((line) => line.includes('"type":"attempt_ended"'));
    writeFileSync(file, `${lines.slice(0, at).join('\n')}\n`);
    writeFileSync(join(dirname(file), 'lock.1'), JSON.stringify({ owner, released: false }));
  }

  it('lists a run, and shows what happened in it', async () => {
    assert.equal(await recorded.runbook('runs'), ExitCode.ok);
    assert.match(recorded.said(), /^\S+-sample-\S+ {2}failed {7}Sample /);
    assert.equal(await recorded.runbook('runs', await recorded.run()), ExitCode.failed);
    assert.match(recorded.said(), /Approved by ada\.[\s\S]*✗ bad {2}It ended with exit code 3[\s\S]*Go on with: runbook resume/);
    assert.equal(await recorded.runbook('runs', await recorded.run(), '--json'), ExitCode.failed);
    const events = recorded
      .said()
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    assert.deepEqual([events[0], events.at(-1)], ['run_created', 'run_closed']);
    assert.equal(await recorded.runbook('runs', '--json'), ExitCode.ok);
    assert.equal((JSON.parse(recorded.said()) as { runs: readonly unknown[] }).runs.length, 1);
  });

  it('lists the others where the journal of one is a link, and says so of that one', async () => {
    const other = join(recorded.directory, 'state/runs/20991231-2359-other-aaaa');
    mkdirSync(other);
    symlinkSync(await recorded.journal(), join(other, 'journal.jsonl'));
    assert.equal(await recorded.runbook('runs'), ExitCode.ok);
    const [first, second] = recorded.said().split('\n');
    assert.match(first ?? '', /^20991231-2359-other-aaaa {2}unreadable .*is a symbolic link\. A journal must be a file of its own/);
    assert.match(second ?? '', /-sample-\S+ {2}failed/);
  });

  it('says of a run whose runner is gone that it was interrupted, and what is unknown', async () => {
    await cutOff();
    assert.equal(await recorded.runbook('runs'), ExitCode.ok);
    assert.match(recorded.said(), /interrupted {2}.* its runner has gone, and the end of 1 is unknown; go on with `runbook resume`/);
    for (const follow of [[], ['--follow']]) {
      assert.equal(await recorded.runbook('runs', await recorded.run(), ...follow), ExitCode.unknown);
      assert.match(recorded.said(), /The runner of this run has gone\. What was under way is unknown until it is resumed/);
    }
  });

  it('names the process that carries it out, and follows until the end', async () => {
    await cutOff(thisProcess());
    const whole = readFileSync(await recorded.journal());
    assert.equal(await recorded.runbook('runs'), ExitCode.ok);
    assert.match(recorded.said(), new RegExp(`running {6}.*process ${String(process.pid)} on \\S+ carries it out`));
    const following = recorded.runbook('runs', await recorded.run(), '--follow');
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.match(recorded.said(), /✓ ask/);
    writeFileSync(join(dirname(await recorded.journal()), 'lock.1'), JSON.stringify({ owner: thisProcess(), released: true }));
    assert.equal(await following, ExitCode.unknown);
    assert.deepEqual(readFileSync(await recorded.journal()), whole);
  });

  it('says what is wrong with a journal', async () => {
    const file = await recorded.journal();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"by":"ada"', '"by":"eve"'));
    await recorded.runbook('runs');
    assert.match(recorded.said(), /Record 3 is not as it was written/);
    assert.equal(await recorded.runbook('runs', await recorded.run(), '--follow'), ExitCode.usage);
    assert.match(recorded.said(), /Record 3 is not as it was written.*runbook journal verify/);
    await recorded.runbook('runs', await recorded.run());
    assert.match(recorded.said(), /Record 3 is not as it was written/);
    writeFileSync(file, '');
    assert.equal(await recorded.runbook('runs', await recorded.run()), ExitCode.usage);
  });

  it('refuses options that make no sense together', async () => {
    const run = await recorded.run();
    for (const words of [
      ['runs', '--follow'],
      ['runs', run, run],
      ['resume', run, '--headless', '--why', 'x'],
      ['resume', run, '--headless', '--take-over'],
      ['resume', run, '--headless', '--take-over', '--why', ' '],
      ['resume', run, '--headless', '--ignore-host-lock', 'one'],
      ['resume', run, '--headless', '--ignore-host-lock', 'one='],
    ]) {
      assert.equal(await recorded.runbook(words[0] ?? '', ...words.slice(1)), ExitCode.usage, words.join(' '));
      recorded.said();
    }
  });

  it('takes a run over that nobody carries out, as a plain resume does', async () => {
    await cutOff();
    const code = await recorded.runbook(
      'resume',
      await recorded.run(),
      '--headless',
      '--yes',
      '--take-over',
      '--why',
      'night',
      '--ignore-host-lock',
      'one=why',
    );
    // It failed, but its runner may have been what made it fail.
    assert.equal(code, ExitCode.unknown, recorded.err.join(''));
    assert.match(recorded.said(), /has ended with exit code 3, of itself or because of that/);
  });
});
