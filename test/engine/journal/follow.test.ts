import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observed } from '../../../src/engine/journal/follow.js';
import { JournalFile } from '../../../src/engine/journal/journalFile.js';
import { thisProcess } from '../../../src/engine/journal/owner.js';
import { observe, RunStore } from '../../../src/engine/journal/runStore.js';
import { JournalTail } from '../../../src/engine/journal/tail.js';
import { withDisk } from './faultyDisk.js';
import { closed, created, opened, remark, temporaryDirectory } from './support.js';

describe('a journal that grows', () => {
  const directory = temporaryDirectory();
  const path = (): string => join(directory(), 'journal.jsonl');

  it('is read record by record, each once, and a record that is being written later', () => {
    const journal = JournalFile.create(path(), 'r1');
    const tail = new JournalTail(path());
    assert.deepEqual(tail.look(), { events: [], anew: false });
    journal.append(created('r1'));
    journal.append(remark(2));
    assert.deepEqual(tail.look(), { events: [created('r1'), remark(2)], anew: false });
    const whole = readFileSync(path());
    journal.append(remark(3));
    const after = readFileSync(path());
    writeFileSync(path(), after.subarray(0, whole.length + 7));
    assert.deepEqual(tail.look(), { events: [], anew: false });
    writeFileSync(path(), after);
    assert.deepEqual(tail.look(), { events: [remark(3)], anew: false });
    journal.close();
  });

  it('is read anew when a record that was never acknowledged is gone, and another stands in its place', () => {
    const journal = JournalFile.create(path(), 'r1');
    journal.append(created('r1'));
    const length = readFileSync(path()).length;
    const tail = new JournalTail(path());
    journal.append(remark(2, 'doubtful and long'));
    tail.look();
    truncateSync(path(), length);
    assert.deepEqual(tail.look(), { events: [created('r1')], anew: true });
    appendFileSync(path(), '{"hash":"00"}\n{}\n');
    const look = tail.look();
    assert.deepEqual([look.events, look.anew], [[created('r1')], true]);
    assert.match(look.problem ?? '', /Record 2 is not as it was written/);
    journal.close();
  });

  it('gives what could be read where the file became shorter under the look', () => {
    JournalFile.create(path(), 'r1').close();
    withDisk(
      () => ({ readSync: () => 0 }),
      () => {
        assert.deepEqual(new JournalTail(path()).look(), { events: [], anew: false });
      },
    );
  });

  it('is no journal when its first line is none, and cannot be followed where it is newer', () => {
    writeFileSync(path(), 'x\n');
    assert.match(new JournalTail(path()).look().problem ?? '', /first line/);
    writeFileSync(path(), '{"format":9,"run":"r1"}\n{}\n');
    assert.match(new JournalTail(path()).look().problem ?? '', /format 9/);
  });
});

describe('observing a run', function () {
  this.timeout(30_000);
  const directory = temporaryDirectory();
  const state = (): string => join(directory(), 'state');
  const never = new AbortController().signal;

  it('tells what happened and what happens until the run is closed, without its lock', async () => {
    const run = new RunStore(state()).create('sps');
    run.journal.append(created(run.id));
    run.journal.append(opened(2, run.epoch, run.owner));
    const seen: Observed[] = [];
    const ending = observe(
      state(),
      run.id.slice(-4),
      (look) => {
        seen.push(look);
        if (seen.length === 1) run.journal.append(remark(3));
        if (seen.length === 2) run.journal.append(closed(4, 'failed'));
      },
      never,
    );
    assert.equal(await ending, 'closed');
    assert.deepEqual(
      seen.map(({ events }) => events.map(({ seq }) => seq)),
      [[1, 2], [3], [4]],
    );
    assert.deepEqual(seen[0]?.holder, thisProcess());
    assert.equal(seen.at(-1)?.state.status, 'failed');
    run.close();
    assert.equal(await observe(state(), run.id, () => undefined, never), 'closed');
  });

  it('tells nothing while nothing happens, and nothing at all of a run that was cut off before it began', async () => {
    const run = new RunStore(state()).create('sps');
    const seen: Observed[] = [];
    const enough = new AbortController();
    const observing = observe(state(), run.id, (look) => seen.push(look), enough.signal);
    await new Promise((resolve) => setTimeout(resolve, 700));
    run.journal.append(created(run.id));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(seen.length, 1);
    enough.abort();
    await assert.rejects(observing);
    run.close();
    const none = new RunStore(state()).create('sps');
    none.close();
    assert.equal(await observe(state(), none.id, () => assert.fail('there is nothing to tell'), never), 'interrupted');
    assert.match(new RunStore(state()).read(none.id).summary.problem ?? '', /cut off before anything was done/);
  });

  it('ends when the runner is gone, when the journal cannot be followed, and when nobody wants to know any more', async () => {
    const run = new RunStore(state()).create('sps');
    run.journal.append(created(run.id));
    const enough = new AbortController();
    const waiting = observe(state(), run.id, () => enough.abort(), enough.signal);
    await assert.rejects(waiting, /abort/i);
    run.close();
    assert.equal(await observe(state(), run.id, () => undefined, never), 'interrupted');
    appendFileSync(join(run.directory, 'journal.jsonl'), 'x\n{}\n');
    const problems: string[] = [];
    assert.equal(await observe(state(), run.id, ({ problem }) => problems.push(problem ?? ''), never), 'unreadable');
    assert.match(problems.at(-1) ?? '', /Record 2/);
  });
});
