import { spawn } from 'node:child_process';
import type { Exec, ExecChannel, ExecRequest } from '../exec.js';
import { Lingering } from '../lingering.js';
import { BOOTSTRAP } from '../posix/wrapper.js';
import { TransportError } from '../transport.js';
import type { CommandEnd, CommandIo } from '../transport.js';
import { EndMark } from './endMark.js';
import { loadNodePty } from './nodePty.js';

/** Starts command lines on this machine, each in a session and process group of its own. */
export class LocalExec implements Exec {
  readonly host = 'this machine';

  /**
   * `directory` is where the shells start; `nodePty` the path of the editor's own pty, if any; `withheld` names variables of this process
   * that hold secrets: a command gets those it is given, and no others.
   */
  constructor(
    private readonly directory: string,
    private readonly nodePty: string | undefined,
    readonly assertMayAct: () => void,
    private readonly withheld: readonly string[] = [],
  ) {}

  async exec(request: ExecRequest, io: CommandIo): Promise<ExecChannel> {
    this.assertMayAct();
    return request.terminal === undefined ? this.#pipes(request.commandLine, io) : this.#pty(request.commandLine, request.terminal, io);
  }

  #pipes(commandLine: string, io: CommandIo): Promise<ExecChannel> {
    return new Promise((resolve, reject) => {
      const options = { cwd: this.directory, env: childEnvironment(process.env, this.withheld), stdio: 'pipe' } as const;
      const child =
        process.platform === 'win32'
          ? spawn(commandLine, { ...options, shell: true })
          : // A shell that does nothing but become another one costs a program start.
            spawn('sh', commandLine === BOOTSTRAP ? [] : ['-c', commandLine], { ...options, detached: true });
      let closing = false;
      const lingering = new Lingering();
      const ended = new Promise<CommandEnd>((settle) => {
        child.once('close', (code, signal) => {
          lingering.closed();
          settle(endOf(code, signal, closing));
        });
        child.once('exit', (code, signal) => {
          lingering.ended(() => {
            child.stdout.destroy();
            child.stderr.destroy();
            settle(endOf(code, signal, closing));
          });
        });
      });
      child.stdout.on('data', (bytes: Buffer) => {
        lingering.heard();
        io.stdout(bytes);
      });
      child.stderr.on('data', (bytes: Buffer) => {
        lingering.heard();
        io.stderr(bytes);
      });
      // A command that has ended no longer reads; its exit code says the rest.
      child.stdin.on('error', () => undefined);
      child.once('error', (error) => {
        reject(new TransportError('not_started', `the shell of this machine could not be started: ${error.message}`));
      });
      child.once('spawn', () => {
        resolve({
          ended,
          write: (data) => void child.stdin.write(data),
          end: () => void child.stdin.end(),
          resize: () => undefined,
          close: () => {
            closing = true;
            child.stdin.end();
          },
        });
      });
    });
  }

  async #pty(commandLine: string, size: { columns: number; rows: number }, io: CommandIo): Promise<ExecChannel> {
    const mark = new EndMark();
    const pty = (await loadNodePty(this.nodePty)).spawn('sh', mark.arguments(commandLine), {
      name: 'xterm-256color',
      cols: size.columns,
      rows: size.rows,
      cwd: this.directory,
      env: childEnvironment(process.env, this.withheld),
      encoding: null,
    });
    let over = false;
    const ended = new Promise<CommandEnd>((settle) => {
      const end = (how: CommandEnd): void => {
        if (over) return;
        over = true;
        const rest = mark.rest();
        if (rest.length > 0) io.stdout(rest);
        settle(how);
      };
      pty.onData((data) => {
        const output = mark.push(typeof data === 'string' ? Buffer.from(data) : data);
        if (output.length > 0) io.stdout(output);
        if (mark.code === undefined || over) return;
        end({ kind: 'exited', code: mark.code });
        pty.kill('SIGKILL');
      });
      pty.onExit(({ exitCode, signal }) => {
        end(signal === undefined || signal === 0 ? { kind: 'exited', code: exitCode } : { kind: 'signalled', signal: String(signal) });
      });
    });
    return {
      ended,
      write: (data) => {
        if (!over) pty.write(typeof data === 'string' ? data : Buffer.from(data).toString('utf8'));
      },
      end: () => undefined,
      resize: (columns, rows) => {
        if (!over) pty.resize(columns, rows);
      },
      close: () => {
        if (!over) hangUp(pty.pid);
      },
    };
  }
}

/** Hangs up everybody on a terminal of ours: the shell that holds it waits for the command. */
function hangUp(leader: number): void {
  try {
    process.kill(-leader, 'SIGHUP');
  } catch {
    // All of it is gone already.
  }
}

function endOf(code: number | null, signal: NodeJS.Signals | null, closing: boolean): CommandEnd {
  if (code !== null) return { kind: 'exited', code };
  if (closing) return { kind: 'lost', message: 'it was dropped' };
  return { kind: 'signalled', signal: signal ?? 'unknown' };
}

/** The environment of this process without secrets, and without what an editor sets for its own children. */
export function childEnvironment(env: NodeJS.ProcessEnv, withheld: readonly string[] = []): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(ELECTRON_|VSCODE_|NODE_OPTIONS$|RUNBOOK_SECRET_)/.test(entry[0]) && !withheld.includes(entry[0]),
  );
  return Object.fromEntries(kept);
}
