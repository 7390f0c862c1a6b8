import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitCode } from '../../src/cli/exitCodes.js';
import { main } from '../../src/cli/main.js';

/** What a call of `runbook lint` gave. */
export interface Linted {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** The findings of a report as JSON, as far as tests look at them. */
export interface JsonReport {
  readonly files: number;
  readonly hidden: Readonly<Record<'suppressed' | 'baseline' | 'unchanged', number>>;
  readonly findings: readonly {
    readonly file: string;
    readonly line: number;
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly fingerprint: string;
    readonly changed?: boolean;
  }[];
}

/** A folder of its own for one test, with files in it. */
export class LintTree {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Paths are relative to the folder. */
  static async with(files: Readonly<Record<string, string>>): Promise<LintTree> {
    const tree = new LintTree(await realpath(await mkdtemp(join(tmpdir(), 'lint-'))));
    for (const [path, text] of Object.entries(files)) await tree.write(path, text);
    return tree;
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  async write(path: string, text: string | Uint8Array): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), text);
  }

  /** Calls `runbook lint` in the folder. */
  lint(...words: readonly string[]): Promise<Linted> {
    return this.lintIn('.', {}, ...words);
  }

  /** Calls it in a folder below, with standard input or variables of its own. */
  async lintIn(
    folder: string,
    { input, env = process.env }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv },
    ...words: readonly string[]
  ): Promise<Linted> {
    let [out, err] = ['', ''];
    const code = await main(['lint', ...words], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      interactive: false,
      columns: () => undefined,
      color: false,
      cwd: this.path(folder),
      env,
      ...(input === undefined ? {} : { input: () => Promise.resolve(input) }),
    });
    return { code, out, err };
  }

  /** The report as JSON. */
  async report(...words: readonly string[]): Promise<JsonReport> {
    const { out, err } = await this.lint(...words, '--format', 'json');
    if (out === '') throw new Error(err);
    return JSON.parse(out) as JsonReport;
  }

  /** Runs git in the folder, without the settings of whoever runs the test. */
  git(...words: readonly string[]): string {
    const who = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };
    const none = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    const done = spawnSync('git', words, { cwd: this.folder, encoding: 'utf8', env: { PATH: process.env['PATH'], ...who, ...none } });
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout.trim();
  }

  /** Everything there is becomes a commit. */
  commit(message = 'work'): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

const HEAD = 'roles: { app: { hosts: 1.., platforms: [linux] } }\n';

/** A runbook with steps that nothing is found in, and lines put before and behind them. */
export function runbook(id: string, ...steps: readonly string[]): string {
  return `runbook: v1\nid: ${id}\ntitle: Sample\n${HEAD}steps:\n${steps.join('')}`;
}

/** A step that nothing is found in. */
export const SOUND = '  - id: sound\n    title: Look\n    on: app\n    run: uptime\n    timeout: 1m\n';
/** A step that may wait for ever: a warning, `missing-timeout`, on its last line. */
export const HASTY = '  - id: hasty\n    title: Wait\n    on: app\n    wait: { host: reachable }\n';
/** A step with a warning, `unguarded-deletion`, that can be mended. */
export const UNGUARDED = `  - id: unguarded\n    title: Empty it\n    on: app\n    timeout: 1m\n    run: 'rm -rf "$HOME/"*' # as ever\n`;
/** A step that nobody can carry out: an error, `undefined-role`. */
export const BROKEN = '  - id: broken\n    title: Nowhere\n    on: nowhere\n    run: uptime\n    timeout: 1m\n';
