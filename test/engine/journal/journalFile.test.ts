import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DISK } from '../../../src/engine/journal/diskIo.js';
import type { DiskIo } from '../../../src/engine/journal/diskIo.js';
import { JournalFile, reservePath } from '../../../src/engine/journal/journalFile.js';
import { journalContent, readJournal } from '../../../src/engine/journal/reader.js';
import { HumanError } from '../../../src/events/index.js';
import type { RunEvent } from '../../../src/events/index.js';
import { closed, created, remark, temporaryDirectory } from './support.js';

const EVENTS = [created('r1'), remark(2), remark(3, 'quotes " and \\ and \n newline'), remark(4)];

describe('journal', () => {
  const directory = temporaryDirectory();
  const path = (): string => join(directory(), 'journal.jsonl');

  it('takes no event that has not been through the mask', () => {
    const journal = JournalFile.create(path(), 'r1');
    // @ts-expect-error: its texts may hold a secret.
    const append: (event: RunEvent) => void = (event) => journal.append(event);
    append(created('r1'));
    journal.close();
    assert.equal(readJournal(path()).events.length, 1);
  });

  function write(events = EVENTS): Buffer {
    const journal = JournalFile.create(path(), 'r1');
    for (const event of events) journal.append(event);
    journal.close();
    return readFileSync(path());
  }

  it('gives back what was appended, for the owner alone', () => {
    write();
    const content = readJournal(path());
    assert.deepEqual(content.events, EVENTS);
    assert.equal(content.condition, 'sound');
    assert.equal(statSync(path()).mode & 0o777, 0o600);
    assert.ok(!existsSync(reservePath(path())));
  });

  it('refuses to make a journal where one is', () => {
    write();
    assert.throws(() => JournalFile.create(path(), 'r1'), HumanError);
    assert.deepEqual(readJournal(path()).events, EVENTS);
  });

  it('reads the longest prefix when it is cut at any byte, and goes on from there', () => {
    const bytes = write();
    const ends = lineEnds(bytes);
    for (let length = 0; length < bytes.length; length++) {
      const content = journalContent(bytes.subarray(0, length));
      const whole = ends.filter((end) => end <= length);
      assert.equal(content.events.length, Math.max(0, whole.length - 1), `cut at ${String(length)}`);
      assert.equal(content.condition, whole.at(-1) === length ? 'sound' : 'torn', `cut at ${String(length)}`);
      assert.equal(content.validBytes, whole.at(-1) ?? 0);
      if (content.validBytes === 0) continue;
      writeFileSync(path(), bytes.subarray(0, length));
      const journal = JournalFile.reopen(path(), content);
      journal.append(remark(99));
      journal.close();
      const after = readJournal(path());
      assert.equal(after.condition, 'sound');
      assert.deepEqual(after.events, [...EVENTS.slice(0, content.events.length), remark(99)]);
    }
  });

  it('finds every flipped bit', () => {
    const bytes = write();
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      const content = journalContent(flipped);
      assert.notEqual(content.condition, 'sound', `bit of byte ${String(at)}`);
      assert.deepEqual(content.events, EVENTS.slice(0, content.events.length));
    }
  });

  it('calls damage before other records damage, and does not write on', () => {
    const bytes = write();
    const text = bytes.toString().replace('remark 2', 'remark 7');
    writeFileSync(path(), text);
    const content = readJournal(path());
    assert.equal(content.condition, 'damaged');
    assert.deepEqual(content.events, EVENTS.slice(0, 1));
    assert.match(content.problem ?? '', /Record 2/);
    assert.throws(() => JournalFile.reopen(path(), content), HumanError);
    assert.equal(readFileSync(path(), 'utf8'), text);
  });

  it('finds a record that was taken out or moved', () => {
    const lines = write().toString().split('\n');
    for (const changed of [
      lines.toSpliced(2, 1),
      lines.toSpliced(2, 2, lines[3] as string, lines[2] as string),
      [...lines.slice(0, 2), ...lines.slice(1)],
    ]) {
      assert.equal(journalContent(Buffer.from(changed.join('\n'))).condition, 'damaged');
    }
  });

  it('never throws on bytes that are no journal', () => {
    const samples = ['', '\n', '{}\n', 'null\n{}\n', '{"format":1,"run":"x"}\nnull\n', '\u0000'.repeat(5000), '{"format":"1"}\n', '[[[[[['];
    for (const sample of samples) assert.deepEqual(journalContent(Buffer.from(sample)).events, []);
    for (let seed = 1; seed < 200; seed++) {
      const noise = Buffer.from(Array.from({ length: 300 }, (_, index) => (seed * (index + 7) * 2654435761) >>> 24));
      assert.deepEqual(journalContent(noise).events, []);
    }
    assert.equal(readJournal(join(directory(), 'nothing')).condition, 'unreadable');
  });

  it('opens a newer format for reading only, with a message', () => {
    writeFileSync(path(), '{"format":3,"run":"r1"}\n{"something":"else"}\n');
    const content = readJournal(path());
    assert.equal(content.condition, 'newer');
    assert.match(content.problem ?? '', /format 3/);
    assert.throws(() => JournalFile.reopen(path(), content), /format 3/);
  });

  it('writes on after short writes', () => {
    const journal = JournalFile.create(path(), 'r1', {
      io: { ...DISK, write: (fd, bytes, offset, length, position) => DISK.write(fd, bytes, offset, Math.min(7, length), position) },
    });
    for (const event of EVENTS) journal.append(event);
    assert.deepEqual(readJournal(path()).events, EVENTS);
    journal.close();
  });

  for (const call of ['write', 'sync'] as const) {
    it(`believes nothing after a failed ${call}, takes only that the run is halted, and is sound afterwards`, () => {
      let broken = false;
      const faulty: DiskIo = {
        ...DISK,
        write: (fd, bytes, offset, length, position) => {
          if (broken && call === 'write') {
            DISK.write(fd, bytes, offset, Math.floor(length / 2), position);
            throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
          }
          return DISK.write(fd, bytes, offset, length, position);
        },
        sync: (fd) => {
          if (broken && call === 'sync') throw Object.assign(new Error('i/o error'), { code: 'EIO' });
          DISK.sync(fd);
        },
      };
      const journal = JournalFile.create(path(), 'r1', { io: faulty });
      journal.append(created('r1'));
      broken = true;
      assert.throws(() => journal.append(remark(2)), call === 'write' ? /the disk is full/ : /the disk reports an error/);
      assert.equal(readJournal(path()).condition, 'sound');
      broken = false;
      assert.throws(() => journal.append(remark(2)), /an earlier record/);
      assert.ok(existsSync(reservePath(path())));
      journal.append(closed(2, 'halted'));
      assert.ok(!existsSync(reservePath(path())));
      assert.deepEqual(readJournal(path()).events, [created('r1'), closed(2, 'halted')]);
      assert.throws(() => journal.append(remark(3)), /internal error/);
    });
  }

  it('stops when it may no longer write', () => {
    let held = true;
    const fence = (): void => {
      if (!held) throw new HumanError('taken over', 'watch it there');
    };
    const journal = JournalFile.create(path(), 'r1', { fence });
    journal.append(created('r1'));
    held = false;
    assert.throws(() => journal.append(remark(2)), /taken over/);
    assert.throws(() => journal.append(closed(2, 'halted')), /closed/);
    assert.deepEqual(readJournal(path()).events, [created('r1')]);
  });

  it('loses nothing it acknowledged when its process is killed', function () {
    this.timeout(180_000);
    for (const wait of [0, 3, 17, 40, 90]) {
      const file = join(directory(), `killed-${String(wait)}.jsonl`);
      const child = spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'appendForever.ts'), file, String(wait)], {
        encoding: 'utf8',
      });
      assert.equal(child.signal, 'SIGKILL', child.stderr);
      const acknowledged = Number(child.stdout.trim().split('\n').at(-1));
      const content = readJournal(file);
      assert.ok(content.condition === 'sound' || content.condition === 'torn', content.problem);
      assert.ok(
        content.events.length >= acknowledged && acknowledged > 0,
        `${String(content.events.length)} read, ${String(acknowledged)} acknowledged`,
      );
    }
  });

  it('does not take the hash of a shortened file for the end', () => {
    const bytes = write();
    truncateSync(path(), bytes.length - 5);
    appendFileSync(path(), 'x\n{"hash":"00"}\n');
    assert.equal(readJournal(path()).condition, 'damaged');
  });
});

function lineEnds(bytes: Buffer): readonly number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at + 1);
  return ends;
}
