import { spawn } from 'node:child_process';
import type { PlanHost } from '../../../../src/planner/index.js';
import type { Command, CommandEnd, CommandIo, Connection, RunningCommand } from '../../../../src/engine/transports/transport.js';

/** A session with this machine that starts scripts the plain way, with a PATH of the test's choosing. Only `start` works. */
export function shellConnection(path = process.env['PATH'] ?? ''): Connection {
  const host: PlanHost = { name: 'here', address: '127.0.0.1', connection: 'local', platform: 'linux', vars: {} };
  const refuse = (): never => {
    throw new Error('a probe only starts commands');
  };
  return {
    host,
    fingerprint: undefined,
    user: 'tester',
    alive: true,
    start: (command, io) => Promise.resolve(startShell(command, io, path)),
    attach: refuse,
    collect: refuse,
    preflight: refuse,
    bootId: refuse,
    upload: refuse,
    download: refuse,
    close: () => Promise.resolve(),
  };
}

function startShell(command: Command, io: CommandIo, path: string): RunningCommand {
  const child = spawn('/bin/sh', ['-eu', '-c', command.script, 'probe', ...command.args], {
    env: { PATH: path, ...command.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(command.workdir === undefined ? {} : { cwd: command.workdir }),
  });
  child.stdout.on('data', (bytes: Buffer) => io.stdout(bytes));
  child.stderr.on('data', (bytes: Buffer) => io.stderr(bytes));
  const ended = new Promise<CommandEnd>((resolve) => {
    child.on('close', (code, signal) =>
      resolve(code === null ? { kind: 'signalled', signal: signal ?? 'KILL' } : { kind: 'exited', code }),
    );
  });
  return {
    ended,
    position: () => undefined,
    write: () => undefined,
    resize: () => undefined,
    cancel: async () => {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
      return [];
    },
  };
}

/** A session that answers every script with recorded output. */
export function recordedConnection(end: CommandEnd, stdout: string, stderr = ''): Connection & { readonly commands: Command[] } {
  const commands: Command[] = [];
  return {
    ...shellConnection(),
    commands,
    start: (command, io) => {
      commands.push(command);
      io.stdout(Buffer.from(stdout));
      io.stderr(Buffer.from(stderr));
      return Promise.resolve({
        ended: Promise.resolve(end),
        position: () => undefined,
        write: () => undefined,
        resize: () => undefined,
        cancel: () => Promise.resolve([]),
      });
    },
  };
}
