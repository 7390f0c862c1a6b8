import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exec } from '../../../../src/engine/transports/exec.js';
import { PosixSession } from '../../../../src/engine/transports/posix/session.js';
import { LOGIN_EVIDENCE } from '../../../../src/engine/transports/posix/wrapper.js';
import type { CommandEnd } from '../../../../src/engine/transports/transport.js';
import { newAttempt, script } from '../hosts.js';

/** A server that starts commands in its own session and group, and notes what it is asked to start. */
function crowdedServer(home: string, asked: string[]): Exec {
  return {
    host: 'crowded',
    assertMayAct: () => undefined,
    exec: (request, io) => {
      asked.push(request.commandLine);
      const child = spawn('sh', ['-c', request.commandLine], { env: { ...process.env, HOME: home }, stdio: 'pipe' });
      child.stdout.on('data', io.stdout);
      child.stderr.on('data', io.stderr);
      child.stdin.on('error', () => undefined);
      return Promise.resolve({
        ended: new Promise<CommandEnd>((resolve) => {
          child.once('close', (code) => {
            resolve({ kind: 'exited', code: code ?? -1 });
          });
        }),
        write: (data) => void child.stdin.write(data),
        end: () => void child.stdin.end(),
        resize: () => undefined,
        close: () => void child.stdin.end(),
      });
    },
  };
}

describe('a server that starts commands in a session of its own', function () {
  this.timeout(20_000);
  const home = mkdtempSync(join(tmpdir(), 'runbook-crowded-'));
  after(() => {
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  });

  it('does not take them with it: each gets a session, and it is asked only once whether it must', async () => {
    const asked: string[] = [];
    const session = new PosixSession(crowdedServer(home, asked), LOGIN_EVIDENCE);
    for (const attempt of [newAttempt(), newAttempt()]) {
      let printed = '';
      const io = { stdout: (bytes: Uint8Array) => void (printed += Buffer.from(bytes).toString()), stderr: () => undefined };
      const running = await session.start(script('cat /proc/self/stat', { attempt, env: { VALUE: 'some value' } }), io);
      assert.deepEqual(await running.ended, { kind: 'exited', code: 0 });
      running.release?.();
      const [pid] = readFileSync(join(home, LOGIN_EVIDENCE.runs, attempt.run, attempt.attempt, 'meta'), 'utf8').split(' ');
      const [, , group, sessionId] = printed.slice(printed.lastIndexOf(')') + 2).split(' ');
      assert.deepEqual([group, sessionId], [pid, pid]);
    }
    assert.deepEqual(asked, ['exec sh']);
    for (const printed of ['one', 'two']) assert.equal(await session.text(`printf ${printed}`, []), printed);
    assert.deepEqual(asked, ['exec sh', 'exec sh', 'exec setsid sh', 'exec setsid sh']);
    session.giveRoom();
  });
});
