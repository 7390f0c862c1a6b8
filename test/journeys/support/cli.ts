import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The built command line, or that of the sources where their coverage is measured. */
const CLI =
  process.env['RUNBOOK_TEST_SOURCES'] === undefined
    ? [join(ROOT, 'dist', 'cli.mjs')]
    : ['--import', import.meta.resolve('tsx'), join(ROOT, 'src', 'cli', 'bin.ts')];

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

/** Where a command line is started. `through`: a command that carries it out in surroundings of its own. */
export interface CliSurroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly through?: readonly string[];
}

/** Starts the command line, as a user would, with nothing on standard input. */
export function startCli(words: readonly string[], options: CliSurroundings): CliProcess {
  const [program = process.execPath, ...first] = [...(options.through ?? []), process.execPath];
  const child = spawn(program, [...first, ...CLI, ...words], {
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

/** Runs the command line to its end. */
export function cli(words: readonly string[], options: CliSurroundings): Promise<CliResult> {
  return startCli(words, options).done;
}
