import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FROM_THE_BEGINNING } from '../../../../src/engine/transports/transport.js';
import type { AttemptName, CommandIo, Connection } from '../../../../src/engine/transports/transport.js';
import { haveSshd, startSshd } from '../../../support/sshd.js';
import type { Sshd } from '../../../support/sshd.js';
import { Bench, newAttempt, run, script, toServer } from '../hosts.js';
import { eventually } from '../../../support/eventually.js';

/** Prints bytes in an order that shows every loss, repetition and swap. */
const COUNT = 'i=0; while [ $i -lt 60 ]; do printf "%08d\\n" $i; i=$((i + 1)); sleep 0.05; done; exit 7';
const COUNTED = Array.from({ length: 60 }, (_, i) => `${String(i).padStart(8, '0')}\n`).join('');

/** Keeps what a command prints. */
class Kept implements CommandIo {
  readonly #stdout: Uint8Array[] = [];
  readonly #stderr: Uint8Array[] = [];
  readonly lost = { stdout: 0, stderr: 0 };
  bytes = 0;

  stdout = (bytes: Uint8Array): void => {
    this.bytes += bytes.length;
    this.#stdout.push(Buffer.from(bytes));
  };
  stderr = (bytes: Uint8Array): void => void this.#stderr.push(Buffer.from(bytes));
  dropped = (stream: 'stdout' | 'stderr', bytes: number): void => void (this.lost[stream] += bytes);
  get out(): Buffer {
    return Buffer.concat(this.#stdout);
  }
  get err(): Buffer {
    return Buffer.concat(this.#stderr);
  }
}

/** Directory of tools a host would have: all from one busybox, its shell too. */
function busyboxTools(directory: string): string | undefined {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
  if (busybox === undefined) return undefined;
  mkdirSync(directory, { recursive: true });
  for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    symlinkSync(busybox, join(directory, applet));
  return directory;
}

const SHELLS: Readonly<Record<string, (directory: string) => string | undefined>> = {
  'the system’s own sh': () => '',
  bash: (directory) => tools(directory, '/bin/bash'),
  'busybox ash with all tools of busybox': busyboxTools,
};

/** A directory before all others in which `sh` is this shell. */
function tools(directory: string, shell: string): string | undefined {
  if (!existsSync(shell)) return undefined;
  mkdirSync(directory, { recursive: true });
  symlinkSync(shell, join(directory, 'sh'));
  return `${directory}:${process.env['PATH'] ?? ''}`;
}

for (const [name, path] of Object.entries(SHELLS)) {
  describe(`an act over SSH without a terminal, with ${name}`, function () {
    this.timeout(60_000);
    const bench = new Bench();
    let server: Sshd;
    let connection: Connection;
    const directoryOf = ({ run: id, attempt }: AttemptName): string => join(server.home, '.cache/runbook-studio/runs', id, attempt);

    before(async function () {
      if (!haveSshd) return this.skip();
      const found = path(join(bench.directory, 'tools'));
      if (found === undefined) return this.skip();
      server = await startSshd();
      if (found !== '') writeFileSync(join(server.home, '.bashrc'), `PATH=${found}\n`);
      connection = await toServer(bench, server);
    });
    after(async () => {
      await bench.close();
      await server?.stop();
    });

    it('delivers every byte of both streams, binary or not, and the exit code', async () => {
      const kept = new Kept();
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => ((i * i) % 251) ^ (i & 255)));
      writeFileSync(join(server.home, 'bytes'), bytes);
      const text = 'cat bytes; echo wrong >&2; exit 255';
      const running = await connection.start(script(text, { attempt: newAttempt() }), kept);
      assert.deepEqual(await running.ended, { kind: 'exited', code: 255 });
      assert.ok(kept.out.equals(bytes));
      assert.equal(kept.err.toString(), 'wrong\n');
      assert.deepEqual(running.position(), { stdout: 70_000, stderr: 6 });
    });

    it('leaves the exit code on the host, and removes the output that has arrived', async () => {
      const attempt = newAttempt();
      const { end, stdout } = await run(connection, script('echo one; exit 3', { attempt }));
      assert.deepEqual({ end, stdout }, { end: { kind: 'exited', code: 3 }, stdout: 'one\n' });
      // Files of output may stay, but nothing in them.
      const left = (): string[] => readdirSync(directoryOf(attempt)).filter((file) => statSync(join(directoryOf(attempt), file)).size > 0);
      for (let tries = 0; tries < 100 && left().length > 4; tries++) await sleep(50);
      assert.deepEqual(left().sort(), ['go', 'meta', 'rc', 'script']);
      assert.deepEqual(await connection.collect(attempt), { kind: 'finished', code: 3 });
    });

    it('keeps its output until it is released: whoever goes on after a crash reads all of it again', async () => {
      const attempt = newAttempt();
      const running = await connection.start(script('echo word=green', { attempt }), new Kept());
      assert.deepEqual(await running.ended, { kind: 'exited', code: 0 });
      server.dropConnections();
      connection = await toServer(bench, server);
      for (let reads = 0; reads < 2; reads++) {
        const kept = new Kept();
        const again = await connection.attach(attempt, kept, FROM_THE_BEGINNING);
        assert.deepEqual(await again.ended, { kind: 'exited', code: 0 });
        assert.equal(kept.out.toString(), 'word=green\n');
        if (reads === 1) again.release?.();
      }
      await eventually(() => !existsSync(join(directoryOf(attempt), 'o.0')), 'the output is thrown away');
    });

    it('leaves a shell waiting for the next one, in a session of its own, and nothing when the connection is over', async () => {
      const other = await toServer(bench, server);
      const staged = (): string[] =>
        readdirSync(join(server.home, '.cache/runbook-studio/runs')).filter((file) => file.startsWith('.ready-'));
      const pids: string[] = [];
      const before = new Set(staged());
      for (let acts = 0; acts < 3; acts++) {
        const attempt = newAttempt();
        assert.equal(
          (await run(other, script('echo "$RUNBOOK_STUDIO_SCRIPT"', { attempt }))).stderr.includes('RUNBOOK_STUDIO_SCRIPT'),
          true,
        );
        pids.push(readFileSync(join(directoryOf(attempt), 'meta'), 'utf8').split(' ')[0] ?? '');
      }
      assert.equal(new Set(pids).size, 3);
      const made = staged().filter((file) => !before.has(file));
      assert.equal(made.length, 3, 'the pipes of one shell served all of them');
      await other.close();
      for (let tries = 0; tries < 100 && staged().some((file) => made.includes(file)); tries++) await sleep(50);
      assert.deepEqual(
        staged().filter((file) => made.includes(file)),
        [],
      );
    });

    it('does not use a shell again whose pipes a program in the background may hold', async () => {
      const first = await run(connection, script('sleep 3 & echo "$!"', { attempt: newAttempt() }));
      const second = await run(connection, script('echo second', { attempt: newAttempt() }));
      assert.deepEqual([first.end, second.stdout, second.stderr], [{ kind: 'exited', code: 0 }, 'second\n', '']);
      process.kill(Number(first.stdout));
    });

    it('goes on when its connection is cut, and is taken up again where it was left', async () => {
      const attempt = newAttempt();
      const kept = new Kept();
      const running = await connection.start(script(COUNT, { attempt }), kept);
      await eventually(() => kept.bytes >= 90, 'some of it is printed', 10);
      server.dropConnections();
      assert.equal((await running.ended).kind, 'lost');
      connection = await toServer(bench, server);
      assert.equal((await connection.collect(attempt)).kind, 'running');
      const again = await connection.attach(attempt, kept, running.position() ?? FROM_THE_BEGINNING);
      assert.deepEqual(await again.ended, { kind: 'exited', code: 7 });
      assert.equal(kept.out.toString(), COUNTED);
      assert.deepEqual(await connection.collect(attempt), { kind: 'finished', code: 7 });
    });

    it('keeps what it printed to its end for whoever comes next', async () => {
      const attempt = newAttempt();
      const running = await connection.start(script('sleep 1; echo all of it; echo and this >&2; exit 5', { attempt }), new Kept());
      server.dropConnections();
      assert.equal((await running.ended).kind, 'lost');
      await sleep(1500);
      connection = await toServer(bench, server);
      assert.deepEqual(await connection.collect(attempt), { kind: 'finished', code: 5 });
      const kept = new Kept();
      assert.deepEqual(await (await connection.attach(attempt, kept, FROM_THE_BEGINNING)).ended, { kind: 'exited', code: 5 });
      assert.deepEqual([kept.out.toString(), kept.err.toString()], ['all of it\n', 'and this\n']);
    });

    it('does not wait for a program it left in the background, which goes on', async () => {
      const kept = new Kept();
      const running = await connection.start(script('(sleep 4; echo late; echo late >&2) & echo "$!"', { attempt: newAttempt() }), kept);
      assert.deepEqual(await running.ended, { kind: 'exited', code: 0 });
      const pid = Number(kept.out.toString());
      assert.ok(existsSync(`/proc/${String(pid)}`), 'it is not hung up');
      process.kill(pid);
    });

    it('leaves nothing of what it has printed on the host when it is cancelled, however it takes that', async () => {
      for (const act of ['echo printed; sleep 60', "trap '' TERM; echo printed; while :; do sleep 0.1; done"]) {
        const attempt = newAttempt();
        const kept = new Kept();
        const running = await connection.start({ ...script(act), attempt }, kept);
        for (const end = performance.now() + 20_000; kept.bytes === 0 && performance.now() < end;) await sleep(10);
        assert.deepEqual(await running.cancel(500), []);
        const left = readdirSync(directoryOf(attempt)).filter((file) =>
          readFileSync(join(directoryOf(attempt), file)).includes('printed\n'),
        );
        assert.deepEqual(left, [], act);
      }
    });

    it('can be cancelled after it was taken up again', async () => {
      const attempt = newAttempt();
      const kept = new Kept();
      await connection.start(script('trap "echo asked to end; exit 9" TERM; echo "$$"; while :; do sleep 0.1; done', { attempt }), kept);
      await eventually(() => kept.bytes !== 0, 'something is printed', 10);
      server.dropConnections();
      connection = await toServer(bench, server);
      const again = await connection.attach(attempt, kept, { stdout: kept.bytes, stderr: 0 });
      assert.deepEqual(await again.cancel(5_000), []);
      assert.deepEqual(await again.ended, { kind: 'exited', code: 9 });
      assert.match(kept.out.toString(), /^\d+\nasked to end\n$/);
    });

    it('shows no value to other processes of the host', async () => {
      const attempt = newAttempt();
      const kept = new Kept();
      const secret = 'canary-4711-value';
      const running = await connection.start(
        script('echo ready; sleep 2; [ "$TOKEN" = "$1" ]', { attempt, env: { TOKEN: secret }, args: [secret] }),
        kept,
      );
      await eventually(() => kept.bytes !== 0, 'something is printed', 10);
      const told = readdirSync('/proc')
        .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
        .filter((pid) => read(`/proc/${pid}/cmdline`).includes(secret));
      assert.deepEqual(told, []);
      assert.deepEqual(await running.ended, { kind: 'exited', code: 0 });
    });

    it('says how much is missing when nobody read what it printed in time', async () => {
      const attempt = newAttempt();
      const running = await connection.start(
        script('sleep 0.5; printf first; head -c 200000000 /dev/zero; printf last', { attempt }),
        new Kept(),
      );
      server.dropConnections();
      await running.ended;
      connection = await toServer(bench, server);
      await eventually(async () => (await connection.collect(attempt)).kind !== 'running', 'the attempt ends', 200);
      const files = readdirSync(directoryOf(attempt)).filter((file) => /^o\.\d+$/.test(file));
      const onDisk = files.reduce((sum, file) => sum + readFileSync(join(directoryOf(attempt), file)).length, 0);
      assert.ok(onDisk <= 32 * 1024 * 1024, `${String(onDisk)} bytes are kept on the host`);
      const kept = new Kept();
      const again = await connection.attach(attempt, kept, FROM_THE_BEGINNING);
      assert.deepEqual(await again.ended, { kind: 'exited', code: 0 });
      assert.equal(kept.bytes + kept.lost.stdout, 200_000_009);
      assert.ok(kept.lost.stdout > 150_000_000);
      assert.equal(kept.out.subarray(0, 5).toString(), 'first');
      assert.equal(kept.out.subarray(-4).toString(), 'last');
      assert.deepEqual(again.position(), { stdout: 200_000_009, stderr: 0 });
    });

    it('is told as dead when all of it was killed', async () => {
      const attempt = newAttempt();
      const running = await connection.start(script('kill -KILL 0', { attempt }), new Kept());
      assert.equal((await running.ended).kind, 'lost');
      assert.deepEqual(await connection.collect(attempt), { kind: 'gone', why: 'died' });
      assert.equal((await (await connection.attach(attempt, new Kept(), FROM_THE_BEGINNING)).ended).kind, 'lost');
    });

    it('runs under the umask of the login, though its evidence is private', async () => {
      const attempt = newAttempt();
      const { stdout } = await run(connection, script('umask', { attempt }));
      assert.equal(stdout, (await run(connection, script('umask'))).stdout);
      assert.equal(statSync(directoryOf(attempt)).mode & 0o777, 0o700);
    });
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
