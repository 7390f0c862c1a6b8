import { mkdir } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { PlanHost } from '../../../planner/index.js';
import { PosixSession } from '../posix/session.js';
import { LOCAL_EVIDENCE } from '../posix/wrapper.js';
import { TransportError } from '../transport.js';
import type {
  AttemptEvidence,
  AttemptName,
  Command,
  CommandIo,
  Connection,
  OutputPosition,
  RunningCommand,
  Transfer,
} from '../transport.js';
import { WindowsSession } from '../windows/session.js';
import { fetchHere, putHere } from './copyFile.js';
import { LocalExec } from './localExec.js';

/** What the machine of the operator needs to be acted on. */
export interface LocalOptions {
  readonly stateDirectory: string;
  readonly nodePty?: string;
  readonly assertMayAct: () => void;
  /** Variables of this process that hold secrets; no command inherits them. */
  readonly withheldVariables?: readonly string[];
}

/** The machine of the operator. There is nothing to open, so it is always alive. */
export class LocalConnection implements Connection {
  readonly fingerprint = undefined;
  readonly user = userInfo().username;
  readonly alive = true;
  readonly #session: PosixSession | WindowsSession;
  readonly #directory: string;
  readonly #assertMayAct: () => void;

  constructor(
    readonly host: PlanHost,
    options: LocalOptions,
  ) {
    this.#directory = options.stateDirectory;
    this.#assertMayAct = options.assertMayAct;
    const exec = new LocalExec(options.stateDirectory, options.nodePty, options.assertMayAct, options.withheldVariables);
    this.#session =
      process.platform === 'win32'
        ? new WindowsSession(exec)
        : new PosixSession(exec, LOCAL_EVIDENCE, (path) => makeNew(join(options.stateDirectory, path)));
  }

  async start(command: Command, io: CommandIo): Promise<RunningCommand> {
    await this.#prepare();
    return this.#session.start(command, io);
  }

  async attach(attempt: AttemptName, io: CommandIo, from: OutputPosition): Promise<RunningCommand> {
    await this.#prepare();
    return this.#session.attach(attempt, io, from);
  }

  async collect(attempt: AttemptName): Promise<AttemptEvidence> {
    await this.#prepare();
    return this.#session.collect(attempt);
  }

  async preflight(): Promise<string | undefined> {
    await this.#prepare();
    return this.#session.preflight();
  }

  async bootId(): Promise<string | undefined> {
    await this.#prepare();
    return this.#session.bootId();
  }

  async upload(file: string, to: string, progress: (bytes: number, total: number) => void, signal?: AbortSignal): Promise<Transfer> {
    const target = fromHome(to.endsWith('/') ? join(to, basename(file)) : to);
    return putHere(file, target, { progress, assertMayAct: this.#assertMayAct, signal });
  }

  async download(path: string, file: string, progress: (bytes: number, total: number) => void, signal?: AbortSignal): Promise<Transfer> {
    return fetchHere(fromHome(path), file, { progress, assertMayAct: this.#assertMayAct, signal });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }
}

/** Makes a private directory; false when it was there. Rejects with a TransportError when it cannot be made. */
async function makeNew(directory: string): Promise<boolean> {
  try {
    await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
    await mkdir(directory, { mode: 0o700 });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new TransportError(
      'not_started',
      `this machine could not keep the evidence of the attempt: ${message}`,
      'Look at the free space and the rights of the directory.',
    );
  }
}

function fromHome(path: string): string {
  if (path === '' || path.includes('\0')) throw new TransportError('transfer', `${JSON.stringify(path)} cannot be the path of a file`);
  return resolve(homedir(), path.startsWith('~/') ? path.slice(2) : path);
}
