import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Environment of a test without what npm, git and a runner around it have set. */
export function plainEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const strange = /^(npm_|GITHUB_|RUNNER_|INPUT_|GIT_|PRE_COMMIT|RUNBOOK_|NODE_OPTIONS$|INIT_CWD$|CI$|FORCE_COLOR$)/i;
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !strange.test(name));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    ...extra,
  };
}

/** Runs a program to its end. A program that cannot be started is an error. */
export function execute(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env ?? plainEnvironment(), stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }));
    child.stdin.on('error', () => undefined).end(options.input ?? '');
  });
}

/** Like {@link execute}, for what must succeed: gives what it said. */
export async function succeed(program: string, args: readonly string[], options: Parameters<typeof execute>[2]): Promise<string> {
  const { code, out, err } = await execute(program, args, options);
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${String(code)}:\n${out}${err}`);
  return out;
}

/** The command line as it is built. */
export function builtCommand(): string {
  const command = join(root, 'dist/cli.mjs');
  if (!existsSync(command)) throw new Error('dist/cli.mjs is missing: run `npm run build` first');
  return command;
}

/** A folder for one suite, removed after it. Call it in the body of `describe`. */
export function temporaryFolder(): () => string {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pull-requests-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
