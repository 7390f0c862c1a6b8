import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { PlanHost } from '../../../planner/index.js';
import { sha256OfFile } from '../hash.js';
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

  constructor(
    readonly host: PlanHost,
    options: LocalOptions,
  ) {
    this.#directory = options.stateDirectory;
    const exec = new LocalExec(options.stateDirectory, options.nodePty, options.assertMayAct, options.withheldVariables);
    this.#session = process.platform === 'win32' ? new WindowsSession(exec) : new PosixSession(exec, LOCAL_EVIDENCE);
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

  upload(file: string, to: string, progress: (bytes: number, total: number) => void): Promise<Transfer> {
    return copy(file, fromHome(to.endsWith('/') ? join(to, basename(file)) : to), progress);
  }

  download(path: string, file: string, progress: (bytes: number, total: number) => void): Promise<Transfer> {
    return copy(fromHome(path), file, progress);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #prepare(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }
}

function fromHome(path: string): string {
  if (path === '' || path.includes('\0')) throw new TransportError('transfer', `${JSON.stringify(path)} cannot be the path of a file`);
  return resolve(homedir(), path.startsWith('~/') ? path.slice(2) : path);
}

async function copy(from: string, to: string, progress: (bytes: number, total: number) => void): Promise<Transfer> {
  const part = join(dirname(to), `.runbook-studio-${randomBytes(8).toString('hex')}.part`);
  try {
    await copyFile(from, part, constants.COPYFILE_EXCL);
    const [{ size }, sum, copied] = await Promise.all([stat(part), sha256OfFile(from), sha256OfFile(part)]);
    if (sum !== copied)
      throw new TransportError('transfer', `${from} was changed while it was copied`, 'Try again when nothing writes to it.');
    await rename(part, to);
    progress(size, size);
    return { path: to, bytes: size, sha256: sum };
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof TransportError) throw error;
    throw new TransportError(
      'transfer',
      `${from} was not copied to ${to}: ${(error as Error).message}`,
      'See that the file is there and that you may write to the directory.',
    );
  }
}
