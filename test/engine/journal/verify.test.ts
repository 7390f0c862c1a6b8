import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFile } from '../../../src/engine/journal/journalFile.js';
import { thisProcess } from '../../../src/engine/journal/owner.js';
import { RunStore, verifyRuns } from '../../../src/engine/journal/runStore.js';
import { verifyJournal } from '../../../src/engine/journal/verify.js';
import type { Masked } from '../../../src/engine/secrets/masked.js';
import type { RunEvent } from '../../../src/events/index.js';
import { created, opened, remark, temporaryDirectory } from './support.js';

describe('checking a journal', () => {
  const directory = temporaryDirectory();
  const path = (): string => join(directory(), 'journal.jsonl');

  function write(...events: readonly Masked<RunEvent>[]): void {
    const journal = JournalFile.create(path(), 'r1');
    for (const event of events) journal.append(event);
    journal.close();
  }

  it('names the run, its records, its bytes, and the hash that stands for all of them', () => {
    write(created('r1'), opened(2, 1, thisProcess()), opened(3, 2, thisProcess()));
    const verdict = verifyJournal(path());
    const lines = readFileSync(path(), 'utf8').split('\n');
    const hashes = lines.slice(1, -1).map((line) => (JSON.parse(line) as { hash: string }).hash);
    assert.deepEqual(verdict, {
      file: path(),
      run: 'r1',
      condition: 'sound',
      text: `Sound: 3 records, ${String(readFileSync(path()).length)} bytes.`,
      records: 3,
      soundBytes: readFileSync(path()).length,
      head: hashes[2],
    });
    assert.equal(verifyJournal(path(), undefined, hashes[1]).asked, 2);
    assert.equal(verifyJournal(path(), undefined, '0'.repeat(64)).asked, undefined);
  });

  it('tells a record that is being written from one that was cut off', () => {
    write(created('r1'));
    appendFileSync(path(), '{"hash');
    assert.match(verifyJournal(path()).text, /was cut off and was never acknowledged/);
    const held = verifyJournal(path(), thisProcess());
    assert.deepEqual([held.condition, held.holder], ['torn', thisProcess()]);
    assert.match(held.text, /is being written at this moment/);
  });

  it('finds records of a holder that had been followed by another, and such as fit no run', () => {
    write(created('r1'), opened(2, 2, thisProcess()), opened(3, 1, thisProcess()));
    assert.match(verifyJournal(path()).text, /record 3 was written by a holder that had been followed/);
    assert.equal(verifyJournal(path()).condition, 'misfit');
    writeFileSync(path(), '');
    assert.match(verifyJournal(path()).text, /^Torn at byte 0: 0 records are sound/);
  });

  it('takes no record for one that holds no event, though its hash is right', () => {
    write();
    const header = readFileSync(path(), 'utf8').trimEnd();
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    appendFileSync(path(), `{"hash":"${sha256(`${sha256(header)}null`)}","event":null}\n{}\n`);
    assert.equal(verifyJournal(path()).condition, 'damaged');
  });

  it('finds records that come before their run', () => {
    write(remark(1));
    const verdict = verifyJournal(path());
    assert.deepEqual([verdict.condition, verdict.run], ['misfit', undefined]);
    assert.match(verdict.text, /do not fit one another: Record 1 does not fit/);
  });

  it('says of damage where it is, of a newer format which there are, and of no file that there is none', () => {
    write(created('r1'), remark(2));
    const whole = readFileSync(path(), 'utf8');
    writeFileSync(path(), whole.replace('ada', 'eve'));
    assert.match(verifyJournal(path()).text, /^Damaged at record 1, byte \d+: Record 1 is not as it was written/);
    writeFileSync(path(), '{"format":9,"run":"r1"}\n');
    assert.match(verifyJournal(path()).text, /format 9; this version knows formats up to/);
    assert.equal(verifyJournal(join(directory(), 'none')).condition, 'unreadable');
  });

  it('looks at one run of a state directory, or at all', () => {
    const store = new RunStore(join(directory(), 'state'));
    for (const name of ['a', 'b']) {
      const run = store.create(name);
      run.journal.append(created(run.id));
      run.close();
    }
    assert.equal(verifyRuns(join(directory(), 'state')).length, 2);
    const [id = ''] = store.ids();
    assert.deepEqual(
      verifyRuns(join(directory(), 'state'), id.slice(-4)).map(({ run }) => run),
      [id],
    );
  });
});
