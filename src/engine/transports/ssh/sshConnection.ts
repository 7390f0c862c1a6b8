import type { Duplex } from 'node:stream';
import type { PlanHost } from '../../../planner/index.js';
import { PosixSession } from '../posix/session.js';
import { LOGIN_EVIDENCE } from '../posix/wrapper.js';
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
import { Channels } from './channels.js';
import type { OpenClient } from './client.js';
import { downloadFile } from './download.js';
import { posixFiles, windowsFiles } from './hostFiles.js';
import type { HostFiles } from './hostFiles.js';
import { SftpSession } from './sftpSession.js';
import { SshExec } from './sshExec.js';
import { uploadFile } from './upload.js';

/** A session with a host over SSH. */
export class SshConnection implements Connection {
  readonly fingerprint: string;
  readonly #open: OpenClient;
  readonly #session: PosixSession | WindowsSession;
  readonly #files: HostFiles;
  readonly #sftp: SftpSession;
  #alive = true;
  /** Files under way. */
  #copies = 0;

  constructor(
    readonly host: PlanHost,
    readonly user: string,
    open: OpenClient,
    assertMayAct: () => void,
  ) {
    this.#open = open;
    this.fingerprint = open.fingerprint;
    const gone = (): void => {
      this.#alive = false;
    };
    open.client.on('close', gone);
    open.client.on('end', gone);
    // What broke shows at the commands and transfers under way.
    open.client.on('error', gone);
    const isAlive = (): boolean => this.#alive;
    const channels = new Channels(host.name, open.client, isAlive, assertMayAct);
    const exec = new SshExec(host.name, channels, isAlive, () => open.trouble(), assertMayAct);
    this.#sftp = new SftpSession(host.name, channels, assertMayAct);
    if (host.platform === 'windows') {
      const session = new WindowsSession(exec);
      this.#session = session;
      this.#files = windowsFiles(session);
    } else {
      const session = new PosixSession(exec, LOGIN_EVIDENCE);
      this.#session = session;
      this.#files = posixFiles(session);
      channels.onFull = () => {
        session.giveRoom();
        if (this.#copies === 0) this.#sftp.giveRoom();
      };
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  start(command: Command, io: CommandIo): Promise<RunningCommand> {
    return this.#session.start(command, io);
  }

  attach(attempt: AttemptName, io: CommandIo, from: OutputPosition): Promise<RunningCommand> {
    return this.#session.attach(attempt, io, from);
  }

  collect(attempt: AttemptName): Promise<AttemptEvidence> {
    return this.#session.collect(attempt);
  }

  preflight(): Promise<string | undefined> {
    return this.#session.preflight();
  }

  bootId(): Promise<string | undefined> {
    return this.#session.bootId();
  }

  upload(file: string, to: string, progress: (bytes: number, total: number) => void, signal?: AbortSignal): Promise<Transfer> {
    return this.#copying(uploadFile(this.#sftp, this.#files, file, to, progress, signal));
  }

  download(path: string, file: string, progress: (bytes: number, total: number) => void, signal?: AbortSignal): Promise<Transfer> {
    return this.#copying(downloadFile(this.#sftp, this.#files, path, file, progress, signal));
  }

  async #copying(copy: Promise<Transfer>): Promise<Transfer> {
    this.#copies += 1;
    try {
      return await copy;
    } finally {
      this.#copies -= 1;
    }
  }

  /** Opens a TCP connection from this host onwards: the way through a jump host. Rejects with a TransportError. */
  forward(address: string, port: number): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const refused = (error: Error): void => {
        reject(
          new TransportError(
            'connection_refused',
            `${address}, port ${String(port)}, cannot be reached from ${this.host.name}: ${error.message}`,
            'See that the jump host may forward, and reaches the host.',
          ),
        );
      };
      try {
        this.#open.client.forwardOut('127.0.0.1', 0, address, port, (error, stream) => {
          if (error) refused(error);
          else resolve(stream);
        });
      } catch (error) {
        refused(error as Error);
      }
    });
  }

  close(): Promise<void> {
    if (!this.#alive) return Promise.resolve();
    return new Promise((resolve) => {
      this.#open.client.once('close', () => {
        resolve();
      });
      this.#open.client.end();
    });
  }
}
