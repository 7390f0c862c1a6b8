import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { isInside } from '../workspace.js';

/** Most that git may say; more than any tree of runbooks. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Nothing that a repository can name is started, and nothing is fetched. */
const NOTHING_ELSE = ['-c', 'core.fsmonitor=', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.allow=never', '--no-pager'];

/** The end of a call of git. */
export interface GitAnswer {
  readonly code: number | null;
  readonly out: Buffer;
  /** First line of what it complains about. */
  readonly complaint: string;
}

/** A way to ask git about one repository. */
export interface Git {
  /** `input` goes to its standard input. Rejects only where git cannot be started at all. */
  ask(words: readonly string[], input?: string): Promise<GitAnswer>;
}

/**
 * The git of this machine, asked in a folder: the first on the search path that does not lie in the tree itself. Undefined where there is none.
 * Of the environment it gets no variable of git's own but those with its configuration, so that nobody leads it to another repository.
 */
export async function findGit(folder: string, env: Readonly<Record<string, string | undefined>>, tree: string): Promise<Git | undefined> {
  const program = await findProgram(env['PATH'], tree);
  if (program === undefined) return undefined;
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || name.startsWith('GIT_CONFIG'));
  const surroundings = {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
  };
  return { ask: (words, input) => answerOf(program, [...NOTHING_ELSE, ...words], folder, surroundings, input) };
}

async function findProgram(searchPath: string | undefined, tree: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  for (const entry of (searchPath ?? '').split(delimiter)) {
    if (!isAbsolute(entry)) continue;
    const real = await realpath(join(entry, name)).catch(() => undefined);
    if (real === undefined || isInside(tree, real) || isInside(tree, entry)) continue;
    if (await access(real, constants.X_OK).then(yes, no)) return join(entry, name);
  }
  return undefined;
}

const yes = (): boolean => true;
const no = (): boolean => false;

function answerOf(
  program: string,
  words: readonly string[],
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  input: string | undefined,
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const git = spawn(program, words, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'], shell: false });
    const out: Buffer[] = [];
    let complaint = '';
    let size = 0;
    git.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) git.kill();
      else out.push(chunk);
    });
    git.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint = (complaint + chunk).slice(0, 1000)));
    git.on('error', reject);
    git.on('close', (code) => {
      resolve({ code: size > MOST_BYTES ? null : code, out: Buffer.concat(out), complaint: complaint.split('\n')[0] ?? '' });
    });
    // Git may end before it has read everything; its answer says why.
    git.stdin.on('error', () => undefined);
    git.stdin.end(input ?? '');
  });
}
