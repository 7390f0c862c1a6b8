import assert from 'node:assert/strict';
import type * as childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import type * as net from 'node:net';
import { TestEngine } from '../../support/running.js';

const builtin = process.getBuiltinModule;
const processes = builtin('node:child_process') as { spawn: typeof childProcess.spawn; execFile: typeof childProcess.execFile };
const sockets = builtin('node:net') as { connect: typeof net.connect };

/** Something of everything that starts a process or opens a socket. */
const STEPS = (log: string): string => `
  - { id: first, on: app, env: { LOG: "${log}" }, run: 'echo first >> "$LOG"' }
  - { id: asks, on: app, check: { command: { run: 'true' } } }
  - { id: guarded, on: app, env: { LOG: "${log}" }, run: 'echo guarded >> "$LOG"', unless: { command: { run: 'false' } }, verify: { command: { run: 'true' } } }
  - { id: page, http: { url: "http://127.0.0.1:9/" }, retry: { times: 1, every: 1s } }
  - { id: last, on: app, env: { LOG: "${log}" }, run: 'echo last >> "$LOG"' }
`;

describe('leave to act', () => {
  const original = { spawn: processes.spawn, execFile: processes.execFile, connect: sockets.connect };
  let test: TestEngine;
  let begun: string[] = [];

  beforeEach(async () => {
    test = await TestEngine.open();
    begun = [];
    const watch =
      <A extends readonly unknown[], R>(name: string, call: (...args: A) => R) =>
      (...args: A): R => {
        begun.push(`${name}${test.mayAct ? '' : ' without leave'}`);
        return call(...args);
      };
    processes.spawn = watch('spawn', original.spawn as (...args: unknown[]) => unknown) as typeof childProcess.spawn;
    processes.execFile = watch('execFile', original.execFile as (...args: unknown[]) => unknown) as typeof childProcess.execFile;
    sockets.connect = watch('connect', original.connect as (...args: unknown[]) => unknown) as typeof net.connect;
    syncBuiltinESMExports();
  });
  afterEach(async () => {
    Object.assign(processes, { spawn: original.spawn, execFile: original.execFile });
    sockets.connect = original.connect;
    syncBuiltinESMExports();
    await test.close();
  });

  it('is asked for where a process starts: it would be seen that one did', async () => {
    const run = await test.start(STEPS(test.log));
    await run.finished();
    assert.ok(begun.filter((what) => what === 'spawn').length >= 8, begun.join(', '));
    assert.deepEqual(await test.logged(), ['first', 'first', 'guarded', 'guarded']);
  });

  it('ends everything that has not begun when it is withdrawn, after whichever event', async () => {
    let events = Number.POSITIVE_INFINITY;
    for (let at = 1; at <= events; at += 1) {
      test.mayAct = true;
      begun = [];
      const run = await test.start(STEPS(test.log));
      let seen = run.events.length;
      run.handle.onEvent(() => {
        seen += 1;
        if (seen === at) test.mayAct = false;
      });
      await run.finished();
      if (test.mayAct) events = seen;
      assert.deepEqual(
        begun.filter((what) => what.endsWith('without leave')),
        [],
        `withdrawn after event ${String(at)}`,
      );
    }
    assert.ok(events > 10);
  }).timeout(180_000);

  it('ends it as well when it is withdrawn between two events', async () => {
    for (let wait = 0; wait < 24; wait += 1) {
      test.mayAct = true;
      begun = [];
      const run = await test.start(STEPS(test.log));
      const timer = setTimeout(() => (test.mayAct = false), wait * 8);
      await run.finished();
      clearTimeout(timer);
      assert.deepEqual(
        begun.filter((what) => what.endsWith('without leave')),
        [],
        `withdrawn after ${String(wait * 8)} ms`,
      );
    }
  }).timeout(180_000);
});
