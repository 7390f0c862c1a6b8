import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TransportError } from '../../../../src/engine/transports/transport.js';
import type { Connection } from '../../../../src/engine/transports/transport.js';
import { haveSshd, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { Bench, newAttempt, run, script, toServer } from '../hosts.js';

const KIB = 1024;

describe('a host whose disk is full', function () {
  this.timeout(120_000);
  const bench = new Bench();
  let server: Sshd;
  let connection: Connection;
  let state: string;
  let marks: string;

  before(async function () {
    if (!haveSshd || process.getuid?.() !== 0) this.skip();
    server = await startSshd();
    state = join(server.home, '.cache');
    marks = join(server.directory, 'marks');
    mkdirSync(marks);
    mkdirSync(state);
  });
  beforeEach(async function () {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', state], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    connection = await toServer(bench, server);
  });
  afterEach(() => {
    try {
      execFileSync('umount', ['-l', state], { stdio: 'ignore' });
    } catch {
      // It was never mounted.
    }
  });
  after(async () => {
    await bench.close();
    await server?.stop();
  });

  /** Leaves so many KiB free. */
  function fill(leave: number): void {
    writeFileSync(join(state, 'fill'), Buffer.alloc((2 * KIB - leave) * KIB, 'x'));
  }

  it('is refused before any act, and told why', async () => {
    fill(100);
    await assert.rejects(connection.preflight(), /only \d+ KiB are free in/);
  });

  it('starts nothing where the evidence of an act cannot be kept', async () => {
    fill(0);
    const mark = join(marks, 'started');
    const outcome = await run(connection, script(`touch ${mark}`, { attempt: newAttempt() })).then(
      ({ end }) => end,
      (error: unknown) => error,
    );
    assert.ok(outcome instanceof TransportError, JSON.stringify(outcome));
    assert.equal(outcome.reason, 'not_started');
    assert.match(outcome.message, /could not keep the evidence of the attempt: .*[Nn]o space left/);
    assert.match(outcome.next ?? '', /free space/);
    assert.equal(existsSync(mark), false);
  });

  it('says that the disk takes no more, at whichever page that is, and never that it was started before', async () => {
    const PAGE_KIB = 4;
    for (let pages = 0; pages < 6; pages++) {
      rmSync(join(state, 'runbook-studio/runs/run-1'), { recursive: true, force: true });
      fill(pages * PAGE_KIB);
      const mark = join(marks, `page-${String(pages)}`);
      const outcome = await run(connection, script(`touch ${mark}`, { attempt: newAttempt() })).catch((error: unknown) => error);
      if (!(outcome instanceof TransportError)) continue;
      assert.match(outcome.message, /could not keep the evidence of the attempt: /, `${String(pages)} pages`);
      assert.equal(existsSync(mark), false);
    }
  });

  it('never makes a success of an act that fails under it, nor of one whose end nobody can know', async () => {
    for (const code of [0, 3]) {
      const attempt = newAttempt();
      const { end } = await run(connection, script(`dd if=/dev/zero of=${state}/fill 2>/dev/null || :; exit ${String(code)}`, { attempt }));
      const found = await connection.collect(attempt).catch((error: unknown) => error);
      const told = JSON.stringify([end, found instanceof Error ? found.message : found]);
      if (end.kind === 'exited') assert.equal(end.code, code, told);
      if (typeof found === 'object' && found !== null && 'code' in found && found.code !== undefined) assert.equal(found.code, code, told);
      if (code !== 0) assert.ok(end.kind !== 'exited' || end.code !== 0, told);
      execFileSync('rm', ['-f', join(state, 'fill')]);
    }
  });

  it('keeps the end of an act, though its output has no room', async () => {
    const attempt = newAttempt();
    const { end } = await run(connection, script(`head -c 8000000 /dev/zero | tr '\\0' x; exit 4`, { attempt }));
    assert.ok(end.kind === 'lost' || (end.kind === 'exited' && end.code !== 0) || end.kind === 'signalled', JSON.stringify(end));
  });
});
