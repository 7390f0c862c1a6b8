import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptState } from '../../../src/events/index.js';
import { haveSshd, inventoryOfOne, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { TestEngine } from '../../support/running.js';
import type { Answers, TestRun } from '../../support/running.js';

describe('a step whose connection is cut', function () {
  this.timeout(120_000);
  let server: Sshd;
  let engine: TestEngine;

  before(async function () {
    if (!haveSshd) return this.skip();
    server = await startSshd();
    const directory = server.directory;
    writeFileSync(join(directory, 'known_hosts'), server.knownHost);
    engine = await TestEngine.open({ knownHosts: [join(directory, 'known_hosts')], identities: [server.identity] });
  });
  after(async () => {
    await engine?.close();
    await server?.stop();
  });

  async function start(step: string, answer: Answers = () => ({ kind: 'stop' })): Promise<TestRun> {
    return engine.start(step, {
      documents: { inventory: inventoryOfOne(server) },
      answer,
    });
  }

  /** Waits until the step has made a file in its home directory. */
  async function made(file: string): Promise<void> {
    for (let tries = 0; tries < 600 && !readdirSync(server.home).includes(file); tries++) await sleep(20);
  }

  async function ended(run: TestRun): Promise<AttemptState> {
    const state = await run.handle.finished;
    const attempt = Object.values(state.steps)
      .flatMap((targets) => Object.values(targets).flatMap(({ attempts }) => attempts))
      .at(-1);
    assert.ok(attempt?.ended);
    return attempt;
  }

  it('goes on as if nothing had happened, with its values', async () => {
    const run = await start(
      '  - { id: long, on: app, run: "echo one=1; touch began; sleep 2; echo two=2", outputs: { both: { type: string, match: "one=([^z]*[0-9])" } } }',
    );
    await made('began');
    server.dropConnections();
    const { ended: end } = await ended(run);
    assert.equal(end?.outcome, 'succeeded');
    assert.deepEqual((await run.handle.finished).steps['long']?.['one']?.values, { both: '1\ntwo=2' });
    assert.deepEqual({ bytes: end.output?.bytes, dropped: end.output?.dropped }, { bytes: 12, dropped: 0 });
    assert.equal(readFileSync(join(engine.directory, 'state/runs', run.handle.run, end.output?.file ?? ''), 'utf8'), 'one=1\ntwo=2\n');
  });

  it('is followed through one cut after the other', async () => {
    const run = await start('  - { id: often, on: app, run: "touch cut; for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.4; done; exit 4" }');
    await made('cut');
    for (let cuts = 0; cuts < 3; cuts++) {
      server.dropConnections();
      await sleep(700);
    }
    const { ended: end } = await ended(run);
    assert.equal(end?.exitCode, 4);
    assert.equal(
      readFileSync(join(engine.directory, 'state/runs', run.handle.run, end.output?.file ?? ''), 'utf8'),
      '1\n2\n3\n4\n5\n6\n7\n8\n',
    );
  });

  it('is unknown when it was killed meanwhile, and the reason says that it left no exit code', async () => {
    const run = await start('  - { id: killed, on: app, run: "touch dies; sleep 60" }');
    await made('dies');
    const meta = join(server.home, '.cache/runbook-studio/runs', run.handle.run);
    const [attempt] = readdirSync(meta);
    const pid = Number(readFileSync(join(meta, attempt ?? '', 'meta'), 'utf8').split(' ')[0]);
    server.dropConnections();
    process.kill(-pid, 'SIGKILL');
    const { ended: end } = await ended(run);
    assert.equal(end?.outcome, 'unknown');
    assert.match(end.failure?.message ?? '', /left no exit code; nobody can know/);
  });

  it('is unknown when the host was rebooted meanwhile, and the reason says so', async () => {
    const run = await start('  - { id: rebooted, on: app, run: "touch boots; sleep 60" }');
    await made('boots');
    const runs = join(server.home, '.cache/runbook-studio/runs', run.handle.run);
    const [attempt] = readdirSync(runs);
    const meta = join(runs, attempt ?? '', 'meta');
    const [pid, began] = readFileSync(meta, 'utf8').split(' ');
    writeFileSync(meta, `${pid ?? ''} ${began ?? ''} 00000000-0000-0000-0000-000000000000\n`);
    process.kill(-Number(pid), 'SIGKILL');
    const { ended: end } = await ended(run);
    assert.equal(end?.outcome, 'unknown');
    assert.match(end.failure?.message ?? '', /the host has been rebooted since/);
  });

  it('says that it may be running still when its time is over before the host answers again', async () => {
    const run = await start('  - { id: late, on: app, timeout: 3s, run: "touch lost; sleep 8" }');
    await made('lost');
    const moved = server.dropConnections;
    const cutting = setInterval(moved, 20);
    const { ended: end } = await ended(run);
    clearInterval(cutting);
    assert.equal(end?.outcome, 'unknown');
    assert.match(end.failure?.message ?? '', /the time of the step was over before the host could be asked; it may be running there still/);
  });
});

describe('a host that cannot carry out a step', function () {
  this.timeout(60_000);
  let server: Sshd;
  let engine: TestEngine;

  before(async function () {
    if (!haveSshd) return this.skip();
    server = await startSshd();
    writeFileSync(join(server.directory, 'known_hosts'), server.knownHost);
    engine = await TestEngine.open({ knownHosts: [join(server.directory, 'known_hosts')], identities: [server.identity] });
  });
  after(async () => {
    await engine?.close();
    await server?.stop();
  });

  async function closing(): Promise<{ status: string; closing: string | undefined; attempts: number }> {
    const inventory = inventoryOfOne(server);
    const run = await engine.start('  - { id: act, on: app, run: "true" }', { documents: { inventory } });
    const state = await run.handle.finished;
    const attempts = Object.values(state.steps).flatMap((targets) => Object.values(targets).flatMap((target) => target.attempts)).length;
    return { status: state.status, closing: state.closing, attempts };
  }

  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      'lacks tools',
      'mkdir -p "$HOME/bin"; ln -sf /bin/sh /bin/cat /bin/head "$HOME/bin"; PATH="$HOME/bin"\n',
      /does not find: dd id mkdir mkfifo/,
    ],
    ['has no home directory', 'export HOME=/nowhere/at/all\n', /there is no home directory/],
    ['has a login shell that says something else', 'echo This account is for copying only.; exit 1\n', /This account is for copying only/],
    ['cannot write to its home directory', 'export HOME=/proc\n', /nothing can be written to the home directory/],
  ];
  for (const [name, profile, cause] of cases) {
    it(`is refused before any act when it ${name}`, async () => {
      mkdirSync(server.home, { recursive: true });
      writeFileSync(join(server.home, '.bashrc'), profile);
      const { status, closing: text, attempts } = await closing();
      assert.deepEqual({ status, attempts }, { status: 'failed', attempts: 0 });
      assert.match(text ?? '', cause);
      assert.match(text ?? '', /nothing was done there/);
    });
  }
});
