import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { releaseHostLock, takeHostLock } from '../../../src/engine/runner/hostLock.js';
import type { Command, CommandEnd, CommandIo, Connection, RunningCommand } from '../../../src/engine/transports/transport.js';
import type { RunState } from '../../../src/events/index.js';
import { planDigest } from '../../../src/planner/index.js';
import { planOf } from '../../support/drafting.js';
import { LOCAL_HEAD, TestEngine } from '../../support/running.js';
import { haveSshd, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { eventually } from '../../support/eventually.js';

describe('the lock of a host', function () {
  this.timeout(120_000);
  let sshd: Sshd;
  let engine: TestEngine;
  before(async function () {
    if (!haveSshd) this.skip();
    sshd = await startSshd();
  });
  after(() => sshd.stop());
  beforeEach(async () => {
    engine = await TestEngine.open({ identities: [sshd.identity] });
    appendFileSync(join(engine.directory, 'known_hosts'), sshd.knownHost);
  });
  afterEach(async () => {
    rmSync(lock(), { recursive: true, force: true, maxRetries: 10 });
    await engine.close();
  });

  const lock = (): string => join(sshd.home, '.cache/runbook-studio', `lock-${hostname().replaceAll(/[^A-Za-z0-9.-]/g, '_')}`);

  async function run(steps: string, ignored: Readonly<Record<string, string>> = {}): Promise<RunState> {
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': `${LOCAL_HEAD}\nsteps:\n${steps}` },
      inventory: `
inventory: v1
environment: there
hosts:
  one: { address: ${sshd.address}, port: ${String(sshd.port)}, platform: linux }
roles: { app: [one] }
`,
    });
    const digest = planDigest(plan);
    const handle = await engine.engine.start({ plan, digest, facts: [], approval: 'flag', ignoredHostLocks: ignored });
    handle.onEvent((event) => {
      if (event.type === 'gate_opened') queueMicrotask(() => handle.answer(event.gate.id, { kind: 'stop', why: 'a question' }));
    });
    return handle.finished;
  }

  function hold(...lines: readonly string[]): void {
    mkdirSync(lock(), { recursive: true });
    writeFileSync(join(lock(), 'owner'), `${lines.join('\n')}\n`);
  }

  const LOOK = "  - { id: look, on: app, run: 'cat .cache/runbook-studio/lock-*/owner' }";

  it('is there while the run acts, names it, and is gone afterwards', async () => {
    const state = await run(LOOK);
    assert.equal(state.status, 'succeeded', state.closing);
    const ref = state.steps['look']?.['one']?.attempts[0]?.ended?.output;
    assert.ok(ref);
    assert.deepEqual(engine.engine.outputOf(state.run, ref, 9).split('\n').slice(0, 2), [state.run, 'pat']);
    assert.ok(!existsSync(lock()));
  });

  it('keeps another run from acting, says who holds it and what to do, and leaves the lock alone', async () => {
    const first = run("  - { id: slow, on: app, run: 'sleep 6' }");
    await eventually(() => existsSync(lock()), 'the lock of the host is there');
    const second = await run(LOOK);
    assert.equal(second.status, 'failed');
    assert.match(
      second.closing ?? '',
      /^one is held by run \S+-sample-\S+ of pat on \S+ since 2\S+\. .*runbook resume \S+ --ignore-host-lock one=WHY/,
    );
    assert.equal(second.steps['look']?.['one']?.attempts.length, 0);
    assert.equal((await first).status, 'succeeded');
    assert.ok(!existsSync(lock()));
  });

  it('is passed over with a reason, which goes into the journal', async () => {
    hold('20200101-0101-other-aaaa', 'eve\u001b[2J', 'desk', 'long ago');
    const state = await run(LOOK, { one: 'eve has gone home' });
    assert.equal(state.status, 'succeeded', state.closing);
    assert.match(
      state.remarks.map(({ text }) => text).join('\n'),
      /one is held by run 20200101-0101-other-aaaa of eve on desk since long ago\. pat passed over that: eve has gone home/,
    );
  });

  it('is taken over by itself from a run that is kept here, is over and leaves nothing in doubt', async () => {
    const earlier = await run(LOOK);
    hold(earlier.run, 'pat', hostname(), 'noon');
    const state = await run(LOOK);
    assert.equal(state.status, 'succeeded', state.closing);
    assert.match(state.remarks[0]?.text ?? '', /That run is over, so its lock was left behind and is taken over\./);
  });

  it('is respected where nothing is known of its run, or nothing is said of it', async () => {
    for (const machine of ['desk', hostname()]) {
      hold('20200101-0101-other-aaaa', 'eve', machine, 'noon');
      const state = await run(LOOK);
      assert.equal(state.status, 'failed');
      assert.match(state.closing ?? '', /^one is held by run 20200101-0101-other-aaaa of eve on /);
    }
    hold('');
    const state = await run(LOOK);
    assert.equal(state.status, 'failed');
    assert.match(state.closing ?? '', /^one is held by a run that has not said which\./);
  });

  it('is not made where the plan only reads', async () => {
    const state = await run("  - { id: look, on: app, check: { command: { run: 'ls -d .cache/runbook-studio/lock-* 2>&1', exit: 2 } } }");
    assert.equal(state.status, 'succeeded', JSON.stringify(state.closedGates));
  });

  it('is done without where none can be made, and that is told', async () => {
    writeFileSync(lock(), 'in the way');
    const state = await run("  - { id: act, on: app, run: 'true' }");
    assert.equal(state.status, 'succeeded', state.closing);
    assert.match(state.remarks[0]?.text ?? '', /No lock can be made on one, so other runs are not kept off it: .*exists/);
  });

  it('stays where the connection is gone at the end, which is told, and is then taken over by the next run here', async () => {
    const steps = "  - { id: act, on: app, run: 'true' }\n  - { id: here, run: 'sleep 3' }";
    const running = run(steps);
    await eventually(() => existsSync(lock()), 'the lock of the host is there');
    await sleep(1500);
    sshd.dropConnections();
    const state = await running;
    assert.equal(state.status, 'succeeded', state.closing);
    assert.match(state.remarks.at(-1)?.text ?? '', /^The lock of this run stays on one, which cannot be reached now/);
    const next = await run(LOOK);
    assert.equal(next.status, 'succeeded', next.closing);
    assert.ok(!existsSync(lock()));
  });
});

describe('what a host says of its lock', () => {
  const mine = { run: 'r1', operator: 'ada', machine: 'laptop', since: 'noon' };

  /** A host that answers the script with this. */
  function host(end: CommandEnd, out = '', err = ''): Connection {
    const ended = Promise.resolve(end);
    const start = (_command: Command, io: CommandIo): Promise<RunningCommand> => {
      io.stdout(Buffer.from(out));
      io.stdout(Buffer.from(''));
      io.stderr(Buffer.from(err));
      return Promise.resolve({
        ended,
        position: () => undefined,
        write: () => undefined,
        resize: () => undefined,
        cancel: () => Promise.resolve([]),
      });
    };
    return { start } as Partial<Connection> as Connection;
  }

  it('is believed only as far as it makes sense', async () => {
    const exited = { kind: 'exited', code: 0 } as const;
    assert.deepEqual(await takeHostLock(host(exited, 'taken\n'), 'take', mine), { kind: 'taken' });
    assert.deepEqual(await takeHostLock(host(exited, 'held\n'), 'take', mine), { kind: 'held', by: undefined });
    const hostile = `held\nr2\u001b[2J\n${'x'.repeat(9000)}`;
    const seen = await takeHostLock(host(exited, hostile), 'take', mine);
    assert.deepEqual(seen, { kind: 'held', by: { run: 'r2', operator: 'x'.repeat(200), machine: '', since: '' } });
    assert.deepEqual(await takeHostLock(host(exited, 'anything'), 'take', mine), { kind: 'cannot', why: 'exit code 0' });
  });

  it('is told as the reason where there is none', async () => {
    const cannot = async (end: CommandEnd, err?: string): Promise<unknown> => takeHostLock(host(end, '', err), 'take', mine);
    assert.deepEqual(await cannot({ kind: 'exited', code: 9 }, 'read-only\n'), { kind: 'cannot', why: 'read-only' });
    assert.deepEqual(await cannot({ kind: 'signalled', signal: 'KILL' }), { kind: 'cannot', why: 'ended by KILL' });
    assert.deepEqual(await cannot({ kind: 'lost', message: 'cut' }), { kind: 'cannot', why: 'cut' });
    assert.equal(await releaseHostLock(host({ kind: 'lost', message: 'cut' }), 'r1'), false);
  });
});
