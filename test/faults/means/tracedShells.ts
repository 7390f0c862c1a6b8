import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Shells that a host may have as `sh`, and as the shell that logs somebody in. */
export const SHELLS = ['bash', 'dash', 'busybox', 'zsh'] as const;
export type ShellName = (typeof SHELLS)[number];

/** Where commands are carried out. */
export type Way = 'local' | 'ssh';

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const CALLS = 'execve,execveat,clone,clone3,fork,vfork';

/** What this machine lacks to run commands in such shells and watch them, or undefined. */
export function lacksTracedShells(): string | undefined {
  const missing = [...SHELLS, 'strace'].filter((name) => spawnSync('which', [name]).status !== 0);
  if (missing.length > 0) return `it lacks ${missing.join(', ')}`;
  return spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0 ? undefined : 'strace may not watch here';
}

/** Shells whose every process is written down: to be found in `PATH` on this machine, and to be forced by an SSH server. */
export class TracedShells {
  readonly #directory: string;
  readonly #traces: string;
  /** How many characters of each trace were counted before: a shell that waits for its next work goes on with its own. */
  readonly #counted = new Map<string, number>();

  /** Makes them in an empty directory. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#traces = join(directory, 'traces');
    for (const shell of SHELLS) {
      for (const way of ['local', 'ssh'] as const) mkdirSync(this.#tracesOf(way, shell), { recursive: true });
      const found = execFileSync('which', [shell], { encoding: 'utf8' }).trim();
      const real = join(directory, 'real', shell);
      mkdirSync(real, { recursive: true });
      symlinkSync(found, join(real, 'sh'));
      mkdirSync(join(directory, 'entry', shell), { recursive: true });
      this.#write(join(directory, 'entry', shell, 'sh'), 'local', shell, `'${join(real, 'sh')}' "$@"`);
      const login = shell === 'busybox' ? `'${found}' sh` : `'${found}'`;
      this.#write(join(directory, `login-${shell}`), 'ssh', shell, `${login} -c "$SSH_ORIGINAL_COMMAND"`);
    }
  }

  /** A `PATH` in which `sh` is this shell, and is watched. */
  pathOf(shell: ShellName): string {
    return `${join(this.#directory, 'entry', shell)}:${SYSTEM_PATH}`;
  }

  /** Line of sshd_config that makes this shell read every command line, as if it were the login shell, and be `sh` as well. */
  forced(shell: ShellName): string {
    return `ForceCommand exec '${join(this.#directory, `login-${shell}`)}'`;
  }

  /**
   * How many processes a shell has made and programs it has started since the last call, and which programs. Each is looked at by itself: another may
   * still be tidying up.
   */
  count(way: Way, shell: ShellName): { readonly processes: number; readonly programs: ReadonlySet<string> } {
    let processes = 0;
    const programs = new Set<string>();
    const traces = this.#tracesOf(way, shell);
    for (const name of readdirSync(traces)) {
      const file = join(traces, name);
      const trace = readFileSync(file, 'utf8');
      const whole = trace.lastIndexOf('\n') + 1;
      for (const line of trace.slice(this.#counted.get(file) ?? 0, whole).split('\n')) {
        const call = /^\d+ +(?:execve|execveat|clone|clone3|fork|vfork)\((?:"(?:[^"]*\/)?([^"/]*)")?/.exec(line);
        if (call === null) continue;
        processes += 1;
        if (call[1] !== undefined) programs.add(call[1]);
      }
      this.#counted.set(file, whole);
    }
    return { processes, programs };
  }

  /** Whether something has been left in the directory that injected commands would write to. */
  get marks(): readonly string[] {
    const place = join(this.#directory, 'marks');
    return existsSync(place) ? readdirSync(place) : [];
  }

  /** Directory that injected commands would write to. */
  get markPlace(): string {
    const place = join(this.#directory, 'marks');
    mkdirSync(place, { recursive: true });
    return place;
  }

  /** Forgets what was left there. */
  clear(): void {
    rmSync(join(this.#directory, 'marks'), { recursive: true, force: true, maxRetries: 10 });
  }

  #tracesOf(way: Way, shell: ShellName): string {
    return join(this.#traces, `${way}-${shell}`);
  }

  #write(file: string, way: Way, shell: ShellName, command: string): void {
    const path = `${join(this.#directory, 'real', shell)}:${SYSTEM_PATH}`;
    const text = `#!/bin/bash\nexport PATH='${path}'\nexec strace -f -qq -s 0 -o '${this.#tracesOf(way, shell)}'/$$ -e trace=${CALLS} ${command}\n`;
    writeFileSync(file, text, { mode: 0o755 });
  }
}
