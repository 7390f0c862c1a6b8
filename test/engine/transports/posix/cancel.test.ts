import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cancelProcesses } from '../../../../src/engine/transports/posix/cancel.js';
import type { RunScript } from '../../../../src/engine/transports/posix/cancel.js';
import { LIST_SCRIPT, parseProcesses } from '../../../../src/engine/transports/posix/processes.js';
import type { ProcessKey } from '../../../../src/engine/transports/posix/processes.js';

const here = (script: string, args: readonly string[]): string =>
  execFileSync('sh', ['-c', script, 'sh', ...args], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });

/** Whoever may only look signals nobody: `false` stands for `kill`. */
const lookingOnly = (script: string, args: readonly string[]): string => here(`kill() { return 1; }\n${script}`, args);

describe('a command that became another user, when it is cancelled', function () {
  this.timeout(30_000);
  const BECOME = { user: 'other' };
  let child: ChildProcess;
  let root: ProcessKey;

  beforeEach(() => {
    child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const found = parseProcesses(here(LIST_SCRIPT, [])).find(({ pid }) => pid === child.pid);
    assert.ok(found);
    root = { pid: found.pid, started: found.started };
  });
  afterEach(() => {
    child.kill('SIGKILL');
  });

  it('is looked for and signalled as that user too, when the login user sees and may do nothing', async () => {
    const asked = new Set<string | undefined>();
    const run: RunScript = (script, args, become) => {
      asked.add(become?.user);
      return Promise.resolve(become === undefined ? '' : here(script, args));
    };
    assert.deepEqual(await cancelProcesses(root, 5_000, run, BECOME), []);
    assert.deepEqual([...asked], [undefined, 'other']);
    assert.notEqual(child.signalCode ?? (await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))), null);
  });

  it('is named as a survivor when neither may signal it', async () => {
    const run: RunScript = (script, args, become) =>
      become === undefined ? Promise.resolve(lookingOnly(script, args)) : Promise.reject(new Error('sudo: a password is required'));
    assert.deepEqual(await cancelProcesses(root, 0, run, BECOME), [`process ${String(root.pid)} (sleep) is still running`]);
    assert.equal(child.signalCode, null);
  });

  it('is told as gone only after that user was asked, even when that is in vain', async () => {
    const asked: (string | undefined)[] = [];
    const run: RunScript = (_script, _args, become) => {
      asked.push(become?.user);
      return become === undefined ? Promise.resolve('') : Promise.reject(new Error('sudo: a password is required'));
    };
    assert.deepEqual(await cancelProcesses(root, 0, run, BECOME), []);
    assert.deepEqual(asked, [undefined, 'other']);
  });

  it('is said to be unknown when nobody could look', async () => {
    const run: RunScript = () => Promise.reject(new Error('the line is dead'));
    assert.deepEqual(await cancelProcesses(root, 0, run, undefined), ['nobody could look whether it still runs: the line is dead']);
  });
});
