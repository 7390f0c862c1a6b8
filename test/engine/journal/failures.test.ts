import assert from 'node:assert/strict';
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../../../src/events/index.js';
import { DISK, syncDirectory, writeAll } from '../../../src/engine/journal/diskIo.js';
import { JournalFile, reservePath } from '../../../src/engine/journal/journalFile.js';
import { lockHolder, RunLock } from '../../../src/engine/journal/lock.js';
import { OutputFile, finishLeftovers, lastLines } from '../../../src/engine/journal/outputFile.js';
import { markMasked } from '../../../src/engine/secrets/masked.js';
import { thisProcess } from '../../../src/engine/journal/owner.js';
import { readJournal } from '../../../src/engine/journal/reader.js';
import { RunStore } from '../../../src/engine/journal/runStore.js';
import { defaultStateDirectory, ensurePrivate } from '../../../src/engine/journal/stateDirectory.js';
import { ioError, onPlatform, withDisk } from './faultyDisk.js';
import { closed, created, remark, temporaryDirectory } from './support.js';

const fails = (code?: string) => () => {
  throw ioError(code);
};

describe('a disk that fails', () => {
  const directory = temporaryDirectory();
  const path = (): string => join(directory(), 'journal.jsonl');

  it('takes nothing of a record: that is an error, not an endless try', () => {
    assert.throws(() => writeAll({ ...DISK, write: () => 0 }, 1, Buffer.from('x'), 0), { code: 'ENOSPC' });
  });

  it('is not asked to sync directories where the system has no such call', async () => {
    await onPlatform('win32', () => {
      syncDirectory('/nowhere');
    });
    assert.throws(() => {
      syncDirectory('/nowhere');
    });
  });

  describe('under the lock', () => {
    it('leaves the run to others: no lock that was not made durable stays', () => {
      for (const call of ['fsyncSync', 'fdatasyncSync', 'linkSync'] as const)
        withDisk(
          () => ({ [call]: fails() }),
          () => {
            assert.throws(
              () => RunLock.acquire(directory()),
              (error) => error instanceof HumanError && /cannot be written/.test(error.message),
            );
          },
        );
      assert.deepEqual(readdirSync(directory()), []);
      assert.equal(RunLock.acquire(directory()).epoch, 1);
    });

    it('goes to whoever was quicker by the width of a call, and leaves nothing of the other', () => {
      withDisk(
        () => ({ linkSync: fails('EEXIST') }),
        () => {
          assert.throws(() => RunLock.acquire(directory()), /is just taking this run/);
        },
      );
      withDisk(
        (real) => ({
          linkSync: (from: string, to: string) => {
            real.linkSync(from, to);
            writeFileSync(to.replace('lock.1', 'lock.2'), JSON.stringify({ owner: thisProcess(), released: false }));
          },
        }),
        () => {
          assert.throws(() => RunLock.acquire(directory()), /is carrying out this run/);
        },
      );
      assert.deepEqual(readdirSync(directory()), ['lock.2']);
      writeFileSync(join(directory(), 'lock.2'), '{"owner":{}}');
      assert.equal(lockHolder(directory()), undefined);
    });

    it('is lost when somebody has taken its files away', () => {
      const lock = RunLock.acquire(directory());
      fs.rmSync(join(directory(), 'lock.1'));
      assert.throws(() => lock.assertHeld(), /is just taking this run/);
      lock.release();
      assert.deepEqual(readdirSync(directory()), []);
    });

    it('does not keep it from ending where it cannot give the lock back or clean up', () => {
      const lock = RunLock.acquire(directory());
      withDisk(
        () => ({ renameSync: fails(), rmSync: fails() }),
        () => {
          lock.release();
        },
      );
      assert.deepEqual(lockHolder(directory()), thisProcess());
      lock.release();
      assert.equal(lockHolder(directory()), undefined);
    });
  });

  it('gives the lock of a new run back when the directories cannot be made durable', () => {
    const state = join(directory(), 'state');
    const store = new RunStore(state);
    store.create('first').close();
    let calls = 0;
    withDisk(
      (real) => ({
        fsyncSync: (fd: number) => {
          calls += 1;
          // The lock and the journal sync the directory of the run; the next one is that of all runs.
          if (calls === 3) throw ioError();
          real.fsyncSync(fd);
        },
      }),
      () => {
        assert.throws(() => store.create('second'), /directory of runs cannot be made durable: EIO/);
      },
    );
    const [id] = store.ids().filter((name) => name.includes('second'));
    assert.equal(lockHolder(join(state, 'runs', id ?? '')), undefined);
  });

  it('is told where the directory of a run cannot be made, and a name that is taken is passed over', () => {
    const store = new RunStore(join(directory(), 'state'));
    store.create('r').close();
    withDisk(
      (real) => {
        let first = true;
        return {
          mkdirSync: (...args: Parameters<typeof fs.mkdirSync>) => {
            if (!String(args[0]).endsWith('downloads') || !first) return real.mkdirSync(...args);
            first = false;
            throw ioError('EEXIST');
          },
        };
      },
      () => {
        store.create('r').close();
      },
    );
    withDisk(
      (real) => ({
        mkdirSync: (...args: Parameters<typeof fs.mkdirSync>) =>
          String(args[0]).endsWith('output') ? fails('ENOSPC')() : real.mkdirSync(...args),
      }),
      () => {
        assert.throws(() => store.create('r'), /directory of the run cannot be made: ENOSPC/);
      },
    );
  });

  describe('under a journal', () => {
    it('says why it cannot be opened again', () => {
      const missing = { condition: 'sound', events: [], validBytes: 9, hash: '' } as const;
      assert.throws(() => JournalFile.reopen(path(), missing), /cannot be written: ENOENT/);
      assert.throws(() => JournalFile.reopen(path(), { ...missing, condition: 'damaged' }), /cannot be continued/);
      const io = { ...DISK, open: fails('EROFS') };
      assert.throws(() => JournalFile.reopen(path(), missing, { io }), /the disk is read-only/);
      assert.throws(
        () => JournalFile.create(path(), 'r1', { io: { ...DISK, open: () => assert.fail('broken') } }),
        /cannot be written: broken/,
      );
    });

    it('believes nothing where not even the doubtful record can be cut off, and the reader finds that', () => {
      let broken = false;
      const io = {
        ...DISK,
        sync: (fd: number) => {
          if (broken) throw ioError();
          DISK.sync(fd);
        },
        truncate: (fd: number, length: number) => {
          if (broken) throw ioError();
          DISK.truncate(fd, length);
        },
      };
      const journal = JournalFile.create(path(), 'r1', { io });
      journal.append(created('r1'));
      broken = true;
      assert.throws(() => journal.append(remark(2)), HumanError);
      assert.throws(() => journal.append(closed(2, 'failed')), /an earlier record/);
      assert.throws(() => journal.append(closed(2, 'halted')), /the disk reports an error/);
      journal.close();
      assert.ok(readJournal(path()).events.length <= 2);
    });

    it('takes the last record only from whoever may still write', () => {
      let held = true;
      let broken = true;
      const io = { ...DISK, sync: (fd: number) => (broken && held && existsSync(reservePath(path())) ? fails()() : DISK.sync(fd)) };
      broken = false;
      const fence = (): void => {
        if (!held) throw new HumanError('taken over', 'watch it there');
      };
      const journal = JournalFile.create(path(), 'r1', { io, fence });
      journal.append(created('r1'));
      broken = true;
      assert.throws(() => journal.append(remark(2)), HumanError);
      held = false;
      assert.throws(() => journal.append(closed(2, 'halted')), /taken over/);
      assert.deepEqual(readJournal(path()).events, [created('r1')]);
    });

    it('may have lost the reserve already', () => {
      const journal = JournalFile.create(path(), 'r1');
      journal.append(created('r1'));
      fs.rmSync(reservePath(path()));
      journal.close();
      assert.equal(readJournal(path()).condition, 'sound');
    });

    it('is told in words where it can be read no more, whatever went wrong', () => {
      withDisk(
        () => ({ readFileSync: () => assert.fail('no code') }),
        () => {
          assert.match(readJournal(path()).problem ?? '', /cannot be read \(ERR_ASSERTION\)/);
        },
      );
      withDisk(
        () => ({
          readFileSync: () => {
            throw new Error('broken');
          },
        }),
        () => {
          assert.match(readJournal(path()).problem ?? '', /cannot be read \(broken\)/);
        },
      );
    });
  });

  describe('under the output of a step', () => {
    const output = (): string => join(directory(), 'out');

    it('loses output and counts it, never the step', () => {
      const file = new OutputFile(output(), { head: 4, tail: 8 });
      file.write(markMasked(Buffer.from('0123456789')));
      withDisk(
        () => ({ writeSync: () => 0 }),
        () => {
          file.write(markMasked(Buffer.from('abc')));
        },
      );
      withDisk(
        (real) => ({
          openSync: (...args: Parameters<typeof fs.openSync>) => (String(args[0]) === output() ? fails()() : real.openSync(...args)),
        }),
        () => {
          const kept = file.close();
          assert.equal(kept?.bytes, 13);
          assert.ok((kept?.dropped ?? 0) >= 9);
        },
      );
    });

    it('is put in order afterwards as far as it can be: a ring without its count holds nothing, one that is shorter ends there', () => {
      writeFileSync(output(), 'head');
      writeFileSync(`${output()}.tail`, 'abc');
      finishLeftovers(directory(), { head: 4, tail: 8 });
      assert.equal(readFileSync(output(), 'utf8'), 'head');
      const count = Buffer.alloc(8);
      count.writeBigUInt64LE(6n);
      writeFileSync(`${output()}.tail`, Buffer.concat([count, Buffer.from('xyz')]));
      withDisk(
        (real) => ({
          writeSync: (...args: Parameters<typeof fs.writeSync>) =>
            readFileSync(output()).length >= 4 ? fails()() : real.writeSync(...args),
        }),
        () => {
          finishLeftovers(directory(), { head: 4, tail: 8 });
        },
      );
      assert.equal(readFileSync(output(), 'utf8'), 'head', 'half of a tail is none');
      finishLeftovers(directory(), { head: 4, tail: 8 });
      assert.equal(readFileSync(output(), 'utf8'), 'headxyz');
      assert.equal(lastLines(output(), 1), 'headxyz');
    });
  });

  it('keeps no state directory that cannot be made', () => {
    mkdirSync(join(directory(), 'x'));
    writeFileSync(join(directory(), 'x/file'), '');
    assert.throws(() => ensurePrivate(join(directory(), 'x/file/state')), /cannot be made: ENOTDIR/);
    assert.match(defaultStateDirectory('win32', {}, 'C:\\ada'), /^C:\\ada.AppData.Local.runbook-studio$/);
  });

  it('makes every new directory on the way, each for its owner alone', () => {
    ensurePrivate(join(directory(), 'a/b/c'));
    assert.equal(fs.statSync(join(directory(), 'a/b/c')).mode & 0o777, 0o700);
  });

  it('has no owners to compare where the system has none', () => {
    const { getuid } = process;
    ensurePrivate(join(directory(), 'state'));
    Reflect.set(process, 'getuid', undefined);
    try {
      ensurePrivate(join(directory(), 'state'));
    } finally {
      Reflect.set(process, 'getuid', getuid);
    }
  });
});
