import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const CALLS = 'execve,execveat,connect,socket,socketpair,bind,listen,sendto,sendmsg,ptrace';

/** What a program did that could reach another program or another machine. */
export interface Trace {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Names of the programs it started, itself left out. */
  readonly started: readonly string[];
  /** Sockets it made, and what it did with them, as strace writes it. Questions to a name server are among them. */
  readonly sockets: readonly string[];
}

/** What this machine lacks to watch a program, or undefined. */
export function lacksStrace(): string | undefined {
  return spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0 ? undefined : 'strace is missing or may not watch here';
}

/** Carries out a command line under strace, which sees every thread and every child. */
export async function traced(command: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Trace> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-trace-'));
  try {
    const log = join(directory, 'trace');
    const child = spawn('strace', ['-f', '-qq', '-o', log, '-e', `trace=${CALLS}`, '-e', 'signal=none', ...command], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString('utf8')));
    child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString('utf8')));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const calls = readFileSync(log, 'utf8').split('\n');
    const programs = calls.flatMap((line) => /^\d+ +execve(?:at)?\((?:\d+, |AT_FDCWD, )?"([^"]*)".* = 0$/.exec(line)?.[1] ?? []);
    if (programs.length === 0) throw new Error(`internal error: nothing was traced: ${err}`);
    const sockets = calls.filter((line) => /^\d+ +(?:connect|socket|bind|listen|sendto|sendmsg)\(/.test(line));
    return { code, out, err, started: programs.slice(1).map((path) => basename(path)), sockets };
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}
