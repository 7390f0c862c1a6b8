import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRun } from '../../src/engine/index.js';
import type { RunState } from '../../src/events/index.js';
import { startSshd } from '../support/sshd.js';
import type { Sshd } from '../support/sshd.js';

/** A number no other process sleeps for. */
const SECONDS = String(70_000_000 + (process.pid % 1_000_000));

describe('the command line is told to end', function () {
  this.timeout(120_000);
  let directory: string;
  let server: Sshd;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'runbook-signals-'));
    server = await startSshd();
    writeFileSync(join(directory, 'known_hosts'), server.knownHost);
  });
  after(async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  });

  /** Writes the files of a run of one step into a folder of its own. */
  const prepared = (name: string, host: string, run: string): string => {
    const folder = mkdtempSync(join(directory, `${name}-`));
    const head = 'runbook: v1\nid: ends\ntitle: Ends\nroles: { app: { hosts: 1 } }\n';
    writeFileSync(join(folder, 'a.runbook.yaml'), `${head}steps:\n  - { id: one, on: app, args: ["${folder}"], run: '${run}' }\n`);
    writeFileSync(join(folder, 'a.inventory.yaml'), `inventory: v1\nenvironment: here\nhosts: { web: ${host} }\nroles: { app: [web] }\n`);
    return folder;
  };
  const start = (folder: string, words: readonly string[]): ChildProcess => {
    const known = ['--known-hosts', join(directory, 'known_hosts'), '--identity', server.identity, '--no-ssh-config'];
    const options = ['--headless', '--yes', '--state-dir', join(folder, 'state'), ...known];
    return spawn(process.execPath, ['--import', 'tsx', 'src/cli/bin.ts', ...words, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const begin = (folder: string): ChildProcess =>
    start(folder, ['run', join(folder, 'a.runbook.yaml'), '--inventory', join(folder, 'a.inventory.yaml')]);
  const stateIn = (folder: string): RunState => {
    const [run = ''] = readdirSync(join(folder, 'state', 'runs'));
    const { state } = readRun(join(folder, 'state'), run);
    assert.ok(state);
    return state;
  };
  const here = `{ connection: local, platform: linux }`;

  for (const [signal, why] of [
    ['SIGINT', 'Interrupted at the keyboard.'],
    ['SIGTERM', 'The program that carried it out was told to end.'],
    ['SIGHUP', 'The terminal of the program that carried it out was closed.'],
  ] as const) {
    it(`${signal}: what runs on this machine is ended with all it began, and the journal says so`, async () => {
      const folder = prepared('here', here, `setsid sleep ${SECONDS} & touch "$1/up"; sleep ${SECONDS}`);
      const child = begin(folder);
      await there(join(folder, 'up'), child);
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      assert.equal(code, 4);
      assert.deepEqual(sleeping(), []);
      const state = stateIn(folder);
      assert.deepEqual([state.status, state.closing], ['stopped', why]);
      assert.equal(state.steps['one']?.['web']?.status, 'cancelled');
      if (signal !== 'SIGTERM') return;
      rmSync(join(folder, 'up'));
      const [run = ''] = readdirSync(join(folder, 'state', 'runs'));
      const told = await toldBy(start(folder, ['resume', run]), folder);
      assert.match(told, /^Ended in the middle, and begun again from the start:\n {2}• one \(web\)\n/m);
    });
  }

  it('SIGHUP: what runs on another machine goes on, and is found again', async () => {
    const host = `{ address: ${server.address}, port: ${String(server.port)}, user: ${userInfo().username}, platform: linux }`;
    const script = 'echo run >> "$1/begun"; touch "$1/up"; while ! [ -e "$1/go" ]; do sleep 0.1; done; echo run >> "$1/ended"';
    const folder = prepared('there', host, script);
    const child = begin(folder);
    await there(join(folder, 'up'), child);
    child.kill('SIGHUP');
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 129);
    writeFileSync(join(folder, 'go'), '');
    await there(join(folder, 'ended'));
    const [run = ''] = readdirSync(join(folder, 'state', 'runs'));
    const [resumed] = (await once(start(folder, ['resume', run]), 'exit')) as [number | null];
    assert.equal(resumed, 0);
    assert.equal(stateIn(folder).status, 'succeeded');
    assert.equal(readFileSync(join(folder, 'begun'), 'utf8'), 'run\n');
  });
});

/** What a person is told before the step begins that makes `up`; then it is stopped. */
async function toldBy(child: ChildProcess, folder: string): Promise<string> {
  let told = '';
  child.stderr?.on('data', (bytes: Buffer) => (told += bytes.toString()));
  await there(join(folder, 'up'), child);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return told;
}

/** Waits for a file that `child`, where it is given, is to bring about. */
async function there(file: string, child?: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (existsSync(file)) return;
    if (child !== undefined && child.exitCode !== null) throw new Error(`the command line ended with ${String(child.exitCode)}`);
    await sleep(50);
  }
  throw new Error(`${file} did not appear`);
}

/** Processes of the steps of this test that are still there. */
function sleeping(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^[0-9]+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `sleep\0${SECONDS}\0`;
    } catch {
      return false;
    }
  });
}
