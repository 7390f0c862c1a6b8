import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CLI = join(ROOT, 'dist', 'cli.mjs');

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A `runbook` command that is under way. */
export interface CliProcess {
  readonly process: ChildProcess;
  readonly done: Promise<CliResult>;
  /** Everything printed so far. */
  printed(): string;
}

/** Starts the built command line, as a user would, with nothing on standard input. */
export function startCli(words: readonly string[], options: { cwd: string; env?: Readonly<Record<string, string>> }): CliProcess {
  const child = spawn(process.execPath, [CLI, ...words], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', SSH_AUTH_SOCK: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const done = new Promise<CliResult>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, out, err });
    });
  });
  return { process: child, done, printed: () => out + err };
}

/** Runs the built command line to its end. */
export function cli(words: readonly string[], options: { cwd: string; env?: Readonly<Record<string, string>> }): Promise<CliResult> {
  return startCli(words, options).done;
}
