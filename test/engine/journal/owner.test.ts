import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Owners from '../../../src/engine/journal/owner.js';
import { onPlatform, withDisk } from './faultyDisk.js';

/** The module as it is loaded on a system: what it knows of this process it finds out once. */
async function ownersOn(platform: NodeJS.Platform): Promise<typeof Owners> {
  return (await import(`../../../src/engine/journal/owner.js?${platform}`)) as typeof Owners;
}

describe('the owner of a lock', () => {
  it('is described on macOS by what its programs tell, as far as they are there', () =>
    onPlatform('darwin', async () => {
      const { thisProcess, isAliveHere, isGone } = await ownersOn('darwin');
      const me = thisProcess();
      assert.equal(me.pid, process.pid);
      assert.match(me.startTime, /\d\d:\d\d:\d\d/);
      assert.equal(isGone(me), false);
      assert.equal(isAliveHere(me), me.bootId !== '');
    }));

  it('has no start time on macOS where its programs say nothing', () =>
    onPlatform('darwin', async () => {
      const { thisProcess, isGone } = await ownersOn('darwin');
      const me = thisProcess();
      const [path, programs] = [process.env['PATH'], mkdtempSync(join(tmpdir(), 'programs-'))];
      writeFileSync(join(programs, 'ps'), '#!/bin/sh\n', { mode: 0o755 });
      process.env['PATH'] = programs;
      try {
        assert.equal(isGone(me), false);
      } finally {
        process.env['PATH'] = path;
        rmSync(programs, { recursive: true });
      }
    }));

  it('is described on Windows by its number alone, so nothing but its absence is certain', () =>
    onPlatform('win32', async () => {
      const { thisProcess, isAliveHere, isGone } = await ownersOn('win32');
      const path = process.env['PATH'];
      process.env['PATH'] = '/nowhere';
      try {
        const me = thisProcess();
        assert.deepEqual([me.bootId, me.startTime], ['', '']);
        assert.equal(isGone(me), false);
        assert.equal(isAliveHere(me), false);
        assert.equal(isGone({ ...me, pid: 2 ** 22 + 5 }), true);
        assert.equal(isGone({ ...me, bootId: 'another' }), false);
      } finally {
        process.env['PATH'] = path;
      }
    }));

  it('lives as long as its very process does, also where it may not be signalled', async () => {
    const { thisProcess, isAliveHere, isGone } = await ownersOn('linux');
    const me = thisProcess();
    assert.equal(isAliveHere(me), true);
    for (const other of [
      { host: 'elsewhere.example.com' },
      { bootId: 'another' },
      { bootId: '' },
      { startTime: '' },
      { startTime: '1' },
      { pid: 2 ** 22 + 5 },
    ])
      assert.equal(isAliveHere({ ...me, ...other }), false, JSON.stringify(other));
    const { kill } = process;
    process.kill = () => {
      throw Object.assign(new Error('not yours'), { code: 'EPERM' });
    };
    try {
      assert.equal(isGone(me), false);
      assert.equal(isAliveHere(me), true);
    } finally {
      process.kill = kill;
    }
  });

  it('is gone when only its entry is left, and not judged when it vanishes under the look', async () => {
    const { thisProcess, isGone } = await ownersOn('linux');
    const me = thisProcess();
    withDisk(
      () => ({ readFileSync: () => `${String(me.pid)} (a ) b) Z 1 1 1` }),
      () => {
        assert.equal(isGone(me), true, 'a zombie');
      },
    );
    withDisk(
      () => ({
        readFileSync: () => {
          throw new Error('gone');
        },
      }),
      () => {
        assert.equal(isGone(me), false, 'it exists, and nothing else is known');
      },
    );
  });
});
