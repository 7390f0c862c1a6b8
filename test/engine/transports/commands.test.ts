import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { FROM_THE_BEGINNING } from '../../../src/engine/transports/transport.js';
import type { Connection } from '../../../src/engine/transports/transport.js';
import { haveSshd, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { Bench, HERE, NEVER, newAttempt, run, script, toServer } from './hosts.js';
import { eventually } from '../../support/eventually.js';

const SILENT = { stdout: () => undefined, stderr: () => undefined };
const PRINT_ALL = 'for v in "$@" "$VALUE"; do printf "%s" "$v" | od -An -v -tx1 | tr -d " \\n"; echo; done';

/** Ended processes that nobody has waited for yet do not count. */
function isRunning(pid: string): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

for (const way of ['local', 'ssh'] as const) {
  describe(`commands over ${way}`, () => {
    const bench = new Bench();
    let server: Sshd | undefined;
    let connection: Connection;
    let evidence: string;

    before(async function () {
      if (way === 'ssh' && !haveSshd) this.skip();
      if (way === 'ssh') server = await startSshd();
      connection = server === undefined ? await bench.connections([], '').to(HERE, NEVER) : await toServer(bench, server);
      evidence = server === undefined ? join(bench.directory, 'state', 'attempts') : join(server.home, '.cache/runbook-studio/runs');
    });
    after(async () => {
      await bench.close();
      await server?.stop();
    });

    it('gives the exit code, and keeps standard error apart', async () => {
      assert.deepEqual(await run(connection, script('echo out; echo err >&2; exit 3')), {
        end: { kind: 'exited', code: 3 },
        stdout: 'out\n',
        stderr: 'err\n',
      });
    });

    it('stops at the first failing command and at an unset name, in sh and bash', async () => {
      assert.equal((await run(connection, script('false; echo on'))).stdout, '');
      assert.equal((await run(connection, script('echo "$not_set"; echo on', { shell: 'bash' }))).stdout, '');
      assert.equal((await run(connection, script('a=(1 2); echo "${a[1]}"', { shell: 'bash' }))).stdout, '2\n');
    });

    it('has an empty standard input', async () => {
      assert.deepEqual((await run(connection, script('cat; echo end'))).stdout, 'end\n');
    });

    it('carries any text as argument and environment, byte for byte', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(
          '',
          '-n',
          '--',
          "'",
          '"',
          '$(id)',
          '`id`',
          '\\',
          '\n',
          'a\n\n',
          '*',
          '~',
          '!x',
          '\r\n',
          '%s',
          'ünï',
          'x'.repeat(200_000),
        ),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            text.filter((t) => !t.includes('\0')),
            { maxLength: 4 },
          ),
          text.filter((t) => !t.includes('\0') && t.length < 100_000),
          async (args, value) => {
            const small = args.map((arg) => arg.slice(0, 60_000));
            const { stdout } = await run(connection, script(PRINT_ALL, { args: small, env: { VALUE: value } }));
            assert.deepEqual(
              stdout.split('\n').slice(0, -1),
              [...small, value].map((t) => Buffer.from(t).toString('hex')),
            );
          },
        ),
        { numRuns: 25 },
      );
    });

    it('runs in the directory that is named, else in the home directory', async () => {
      assert.equal((await run(connection, script('pwd', { workdir: '/' }))).stdout, '/\n');
      assert.equal((await run(connection, script('[ "$PWD" = "$HOME" ] && echo home'))).stdout, 'home\n');
      assert.notDeepEqual((await run(connection, script('true', { workdir: '/does/not exist' }))).end, { kind: 'exited', code: 0 });
    });

    it('keeps evidence of an act in a private directory, with no value in it', async () => {
      const attempt = newAttempt();
      await run(connection, script('exit 4', { attempt, env: { TOKEN: 'top-secret-value' }, args: ['an-argument'] }));
      const directory = join(evidence, attempt.run, attempt.attempt);
      assert.equal(statSync(directory).mode & 0o777, 0o700);
      // Its end is told just before the file with its code has its name.
      for (let tries = 0; tries < 100 && !existsSync(join(directory, 'rc')); tries++) await sleep(50);
      assert.equal(readFileSync(join(directory, 'rc'), 'utf8').trim(), '4');
      for (const file of ['script', 'meta']) assert.doesNotMatch(readFileSync(join(directory, file), 'utf8'), /top-secret|an-argument/);
      assert.deepEqual(await connection.collect(attempt), { kind: 'finished', code: 4 });
    });

    it('refuses a second start of the same attempt', async () => {
      const attempt = newAttempt();
      await run(connection, script('true', { attempt }));
      await assert.rejects(run(connection, script('true', { attempt })), { name: 'TransportError', reason: 'not_started' });
    });

    it('refuses a start that comes after somebody was told it had not begun', async () => {
      const attempt = newAttempt();
      assert.deepEqual(await connection.collect(attempt), { kind: 'not_started' });
      await assert.rejects(run(connection, script('true', { attempt })), { reason: 'not_started' });
      assert.deepEqual(await connection.collect(attempt), { kind: 'not_started' });
    });

    it('lets one of two simultaneous starts win', async () => {
      const attempt = newAttempt();
      const both = await Promise.allSettled([run(connection, script('true', { attempt })), run(connection, script('true', { attempt }))]);
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    });

    it('tells a running attempt, follows it to its end, and tells one that died', async () => {
      const attempt = newAttempt();
      const running = await connection.start(script('sleep 1; exit 6', { attempt }), SILENT);
      assert.equal((await connection.collect(attempt)).kind, 'running');
      assert.deepEqual(await (await connection.attach(attempt, SILENT, FROM_THE_BEGINNING)).ended, { kind: 'exited', code: 6 });
      assert.deepEqual(await running.ended, { kind: 'exited', code: 6 });
      const killed = newAttempt();
      const dying = await connection.start(script('kill -KILL 0', { attempt: killed }), SILENT);
      await dying.ended;
      assert.deepEqual(await connection.collect(killed), { kind: 'gone', why: 'died' });
    });

    it('gives a terminal of the size that was asked for, which echoes and takes answers', async () => {
      const attempt = newAttempt();
      let screen = '';
      const io = { stdout: (bytes: Uint8Array) => void (screen += Buffer.from(bytes).toString('utf8')), stderr: SILENT.stderr };
      const running = await connection.start(
        script('stty size; printf "name? "; read -r name; echo "[$name] $1 $SECRET"; stty size', {
          attempt,
          terminal: { columns: 101, rows: 31 },
          args: ['arg'],
          env: { SECRET: 's' },
        }),
        io,
      );
      await eventually(() => screen.includes('name? '), 'it asks for the name', 10);
      running.resize(90, 20);
      running.write('Ada\r');
      assert.deepEqual(await running.ended, { kind: 'exited', code: 0 });
      assert.equal(screen, '31 101\r\nname? Ada\r\n[Ada] arg s\r\n20 90\r\n');
      assert.equal(existsSync(join(evidence, attempt.run, attempt.attempt, 'input')), false);
      assert.deepEqual(await connection.collect(attempt), { kind: 'finished', code: 0 });
    });

    for (const terminal of [undefined, { columns: 80, rows: 24 }]) {
      it(`leaves nothing behind when it cancels${terminal === undefined ? '' : ' in a terminal'}: deaf ones, background ones, those in a session of their own`, async () => {
        let printed = '';
        const io = { stdout: (bytes: Uint8Array) => void (printed += Buffer.from(bytes).toString('utf8')), stderr: SILENT.stderr };
        const text = 'sleep 97 & echo "$!"; (trap "" TERM; sleep 97; sleep 97) & echo "$!"; setsid sleep 97 & echo "$!"; echo ready; wait';
        const running = await connection.start(
          script(text, { attempt: newAttempt(), ...(terminal === undefined ? {} : { terminal }) }),
          io,
        );
        await eventually(() => printed.includes('ready'), 'it is ready', 10);
        assert.deepEqual(await running.cancel(300), []);
        await running.ended;
        assert.deepEqual((printed.match(/\d+/g) ?? []).filter(isRunning), []);
        assert.equal(printed.match(/\d+/g)?.length, 3);
      });
    }

    it('does not wait for a program that a command left in the background with its output open', async () => {
      const { end, stdout } = await run(connection, script('sleep 5 & echo "$!"'));
      process.kill(Number(stdout));
      assert.deepEqual(end, { kind: 'exited', code: 0 });
    });

    it('delivers much output whole', async () => {
      const { stdout } = await run(connection, script('head -c 5000000 /dev/zero | tr "\\0" x'));
      assert.equal(stdout.length, 5_000_000);
    });

    it('names the boot of the host', async () => {
      assert.equal(await connection.bootId(), readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    });

    for (const password of [undefined, 'pass word'] as const) {
      it(`becomes another user ${password === undefined ? 'without' : 'with'} a password, which no argument and no script sees`, async () => {
        const bin = join(server?.home ?? bench.directory, 'bin');
        mkdirSync(bin, { recursive: true });
        // Stands in for sudo: it notes how it was called, and takes a password line only when asked to read one.
        writeFileSync(
          join(bin, 'sudo'),
          '#!/bin/sh\nprintf "%s\\n" "$@" > "${0%/*}/called"\ncase " $* " in *" -S "*) IFS= read -r word; printf "%s" "$word" > "${0%/*}/password";; esac\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n',
          { mode: 0o755 },
        );
        const before = process.env['PATH'];
        const command = script('echo "$1 $TOKEN"; cat', {
          args: ['arg'],
          env: { TOKEN: 'token' },
          become: { user: 'nobody', ...(password === undefined ? {} : { password }) },
        });
        if (server !== undefined) writeFileSync(join(server.home, '.bashrc'), 'PATH="$HOME/bin:$PATH"\n');
        else process.env['PATH'] = `${bin}:${before ?? ''}`;
        try {
          assert.deepEqual(await run(connection, command), { end: { kind: 'exited', code: 0 }, stdout: 'arg token\n', stderr: '' });
        } finally {
          process.env['PATH'] = before;
        }
        const called = readFileSync(join(bin, 'called'), 'utf8');
        assert.match(called, password === undefined ? /^-n\n-H\n-u\nnobody\n--\n/ : /^-S\n-p\n\n-H\n-u\nnobody\n--\n/);
        assert.doesNotMatch(called, /token|pass word|arg/);
        if (password !== undefined) assert.equal(readFileSync(join(bin, 'password'), 'utf8'), password);
      });
    }

    it('refuses what it cannot carry before it starts anything', async () => {
      await assert.rejects(run(connection, script('true', { args: ['a\0b'] })), { reason: 'not_started' });
      await assert.rejects(run(connection, script('true', { env: { 'A;id': 'x' } })), { reason: 'not_started' });
    });
  });
}
