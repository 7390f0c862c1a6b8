import { spawn } from 'node:child_process';
import { parse } from 'node:path';
import type { ShellScript } from '../language/index.js';

/** Time one script may take, in ms. */
const LIMIT_MS = 10_000;
/** Most that is read of an answer, in bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * What does not apply to a script of a runbook: files that it reads are on its hosts (1090, 1091), and its own first line chooses no shell (1128).
 */
const EXCLUDED = 'SC1090,SC1091,SC1128';

/** What came of asking about one script. */
export type Answer =
  | { readonly kind: 'answered'; readonly output: string }
  /** Ended, hung, printed too much, or could not be started; `why` completes "ShellCheck …". */
  | { readonly kind: 'no-answer'; readonly why: string };

/** A line before the text, so that ShellCheck knows of `-eu`; lines of its answer are counted from it. */
export function preludeOf({ shell }: ShellScript): string {
  return `#!/bin/${shell} -eu\n`;
}

/**
 * Hands one script to ShellCheck by its standard input. It starts outside every workspace and gets nothing of our environment, so neither
 * `.shellcheckrc` nor `SHELLCHECK_OPTS` has a say, and it opens no other file. Never rejects; an abort ends the process, and so does the limit, in ms.
 */
export function ask(executable: string, script: ShellScript, signal?: AbortSignal, limit = LIMIT_MS): Promise<Answer> {
  return new Promise((resolve) => {
    const args = ['--norc', '--format=json1', '--color=never', `--exclude=${EXCLUDED}`, `--shell=${script.shell}`, '-'];
    const child = spawn(executable, args, {
      cwd: parse(executable).root,
      env: { LC_ALL: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    // Not waiting for the end of its output: a child of its own may hold that open.
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      child.kill('SIGKILL');
      child.stdin.destroy();
      child.stdout.destroy();
      resolve(answer);
    };
    const giveUp = (why: string): void => end({ kind: 'no-answer', why });
    const timer = setTimeout(() => giveUp(`gave no answer within ${String(limit / 1000)} s`), limit);
    const aborted = (): void => giveUp('was not waited for');
    signal?.addEventListener('abort', aborted, { once: true });
    if (signal?.aborted === true) aborted();
    child.once('error', () => giveUp('could not be started'));
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${preludeOf(script)}${script.text}`);
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) giveUp('said too much');
    });
    child.once('close', (code) => {
      // 1: there are findings.
      if (code === 0 || code === 1) end({ kind: 'answered', output: Buffer.concat(chunks).toString('utf8') });
      else giveUp(code === null ? 'was ended by a signal' : `ended with ${String(code)}`);
    });
  });
}
