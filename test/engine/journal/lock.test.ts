import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HumanError } from '../../../src/events/index.js';
import { lockHolder, RunLock } from '../../../src/engine/journal/lock.js';
import { isGone, thisProcess } from '../../../src/engine/journal/owner.js';
import { temporaryDirectory } from './support.js';

const DEAD_PID = 2 ** 22 + 5;

describe('run lock', () => {
  const directory = temporaryDirectory();
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  async function contender(moment: number): Promise<{ readonly child: ChildProcess; readonly said: string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'takeLock.ts'), directory(), String(moment)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, said };
  }

  it('counts epochs up over releases, and keeps one file', () => {
    for (const epoch of [1, 2, 3]) {
      const lock = RunLock.acquire(directory());
      assert.equal(lock.epoch, epoch);
      assert.deepEqual(lockHolder(directory()), thisProcess());
      lock.release();
      assert.equal(lockHolder(directory()), undefined);
    }
    assert.deepEqual(readdirSync(directory()), ['lock.3']);
    assert.equal(RunLock.acquire(directory(), 41).epoch, 42);
  });

  it('refuses while its holder runs, and says who that is', () => {
    RunLock.acquire(directory());
    assert.throws(
      () => RunLock.acquire(directory()),
      (error) => error instanceof HumanError && error.message.includes(String(process.pid)),
    );
  });

  it('knows which owners are certainly gone', () => {
    const me = thisProcess();
    assert.equal(isGone(me), false);
    assert.equal(isGone({ ...me, pid: DEAD_PID }), true, 'no such process');
    assert.equal(isGone({ ...me, startTime: '1' }), true, 'another process has the number');
    assert.equal(isGone({ ...me, bootId: 'another' }), true, 'another boot');
    assert.equal(isGone({ ...me, host: 'elsewhere.example.com', pid: DEAD_PID }), false, 'another machine');
    assert.equal(isGone({ ...me, host: 'elsewhere.example.com', bootId: 'another' }), false, 'another machine has another boot id');
  });

  it('takes over from the dead, and fences an old holder that wakes up', () => {
    const old = RunLock.acquire(directory(), 0, { ...thisProcess(), pid: DEAD_PID });
    old.assertHeld();
    const next = RunLock.acquire(directory());
    assert.equal(next.epoch, 2);
    assert.throws(() => {
      old.assertHeld();
    }, HumanError);
    old.release();
    next.assertHeld();
    assert.deepEqual(lockHolder(directory()), thisProcess());
  });

  it('does not take over what another machine holds or what cannot be read', () => {
    RunLock.acquire(directory(), 0, { ...thisProcess(), host: 'elsewhere.example.com' });
    assert.throws(
      () => RunLock.acquire(directory()),
      (error) => error instanceof HumanError && error.next.includes('--take-over --why WHY'),
    );
    writeFileSync(join(directory(), 'lock.2'), '{"ow');
    assert.throws(() => RunLock.acquire(directory()), HumanError);
  });

  it('lets exactly one of many win, also over a dead holder', async function () {
    this.timeout(180_000);
    for (const epoch of [1, 2, 3]) {
      const moment = Date.now() + 1500;
      const all = await Promise.all(Array.from({ length: 5 }, () => contender(moment)));
      const winners = all.filter(({ said }) => said.startsWith('epoch'));
      assert.deepEqual(
        winners.map(({ said }) => said),
        [`epoch ${String(epoch)}`],
        all.map(({ said }) => said).join('\n'),
      );
      assert.ok(all.every(({ said }) => said.startsWith('epoch') || said.startsWith('refused')));
      for (const { child } of all) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
    }
  });
});
