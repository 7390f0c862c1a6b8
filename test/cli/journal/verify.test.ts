import assert from 'node:assert/strict';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../../../src/cli/exitCodes.js';
import { Recorded } from './recorded.js';

describe('runbook journal verify', function () {
  this.timeout(60_000);
  let recorded: Recorded;
  beforeEach(async () => {
    recorded = await Recorded.open();
  });
  afterEach(() => recorded.close());

  const head = async (): Promise<string> => {
    const lines = (await readFile(await recorded.journal(), 'utf8')).trimEnd().split('\n');
    return (JSON.parse(lines.at(-1) ?? '') as { hash: string }).hash;
  };

  it('calls a whole journal sound, by name, by file, or among all, and tells the head of its chain', async () => {
    for (const operand of [[], [(await recorded.run()).slice(-4)], [await recorded.journal()]]) {
      assert.equal(await recorded.runbook('journal', 'verify', ...operand), ExitCode.ok);
      const said = recorded.said();
      assert.match(said, /^sound {6}\S+-sample-\S+\n {2}Sound: \d+ records, \d+ bytes\.\n/);
      assert.ok(said.includes(`head ${await head()}`));
    }
  });

  it('names the byte where a journal is torn, and the record where it is damaged', async () => {
    const file = await recorded.journal();
    const whole = await readFile(file, 'utf8');
    await appendFile(file, '{"hash":"00');
    assert.equal(await recorded.runbook('journal', 'verify', '--json'), ExitCode.failed);
    const torn = (JSON.parse(recorded.said()) as { journals: readonly Record<string, unknown>[] }).journals[0];
    assert.deepEqual([torn?.['condition'], torn?.['sound_bytes'], torn?.['being_written']], ['torn', Buffer.byteLength(whole), false]);
    assert.match(String(torn?.['text']), new RegExp(`^Torn at byte ${String(Buffer.byteLength(whole))}: \\d+ records are sound`));
    await writeFile(file, whole.replace('"by":"ada"', '"by":"eve"'));
    assert.equal(await recorded.runbook('journal', 'verify'), ExitCode.failed);
    assert.match(recorded.said(), /Damaged at record 3, byte \d+: Record 3 is not as it was written/);
  });

  it('says of a newer format which versions there are', async () => {
    await writeFile(await recorded.journal(), '{"format":9,"run":"r1"}\n{}\n');
    assert.equal(await recorded.runbook('journal', 'verify'), ExitCode.usage);
    assert.match(recorded.said(), /newer.*\n.*format 9; this version knows formats up to \d/);
    assert.equal(await recorded.runbook('resume', await recorded.run(), '--headless', '--yes'), ExitCode.usage);
    assert.match(recorded.said(), /format 9/);
  });

  it('finds the hash of an earlier report in the chain, and tells where it is not', async () => {
    const run = await recorded.run();
    const earlier = await head();
    assert.equal(await recorded.runbook('journal', 'verify', run, '--head', earlier), ExitCode.ok);
    assert.match(recorded.said(), /The hash that was asked for is its head/);
    await recorded.runbook('resume', run, '--headless', '--yes');
    recorded.said();
    assert.equal(await recorded.runbook('journal', 'verify', run, '--head', earlier.toUpperCase()), ExitCode.ok);
    assert.match(recorded.said(), /is that of record \d+; the run went on since/);
    assert.equal(await recorded.runbook('journal', 'verify', run, '--head', '0'.repeat(64), '--json'), ExitCode.failed);
    assert.match(recorded.said(), /"asked_record": null/);
    assert.equal(await recorded.runbook('journal', 'verify', run, '--head', '0'.repeat(64)), ExitCode.failed);
    assert.match(recorded.said(), /was written anew/);
  });

  it('refuses what it does not understand', async () => {
    for (const words of [
      [],
      ['look'],
      ['verify', 'a', 'b'],
      ['verify', '--head', 'abc', 'x'],
      ['verify', '--head', '0'.repeat(64)],
      ['verify', '--format', 'md'],
      ['verify', './nothing.jsonl'],
      ['verify', 'nobody'],
      ['export'],
      ['export', 'x', '--json'],
    ])
      assert.equal(await recorded.runbook('journal', ...words), ExitCode.usage, words.join(' '));
  });

  it('has nothing to say where there are no runs', async () => {
    await rm(join(recorded.directory, 'state'), { recursive: true });
    assert.equal(await recorded.runbook('journal', 'verify'), ExitCode.internal);
    assert.match(recorded.said(), /no runs here/);
  });
});
