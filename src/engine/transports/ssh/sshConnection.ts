import type { Duplex } from 'node:stream';
import type { PlanHost } from '../../../planner/index.js';
import { SHA256_SCRIPT } from '../hash.js';
import { PosixSession } from '../posix/session.js';
import { LOGIN_EVIDENCE } from '../posix/wrapper.js';
import { TransportError } from '../transport.js';
import type { AttemptEvidence, AttemptName, Command, CommandIo, Connection, RunningCommand, Transfer } from '../transport.js';
import { WindowsSession } from '../windows/session.js';
import type { OpenClient } from './client.js';
import { SftpFiles } from './sftp.js';
import { SshExec } from './sshExec.js';

/** A session with a host over SSH. */
export class SshConnection implements Connection {
  readonly fingerprint: string;
  readonly #open: OpenClient;
  readonly #session: PosixSession | WindowsSession;
  readonly #files: SftpFiles;
  #alive = true;

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
    const exec = new SshExec(host.name, open.client, () => this.#alive, assertMayAct);
    if (host.platform === 'windows') {
      const session = new WindowsSession(exec);
      this.#session = session;
      this.#files = new SftpFiles(host.name, open.client, (path) => session.sha256(path.replace(/^\/(?=[A-Za-z]:)/, '')));
    } else {
      const session = new PosixSession(exec, LOGIN_EVIDENCE);
      this.#session = session;
      this.#files = new SftpFiles(host.name, open.client, async (path) => (await session.text(SHA256_SCRIPT, [path])).trim());
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  start(command: Command, io: CommandIo): Promise<RunningCommand> {
    return this.#session.start(command, io);
  }

  attach(attempt: AttemptName): Promise<RunningCommand> {
    return this.#session.attach(attempt);
  }

  collect(attempt: AttemptName): Promise<AttemptEvidence> {
    return this.#session.collect(attempt);
  }

  bootId(): Promise<string | undefined> {
    return this.#session.bootId();
  }

  upload(file: string, to: string, progress: (bytes: number, total: number) => void): Promise<Transfer> {
    return this.#files.upload(file, to, progress);
  }

  download(path: string, file: string, progress: (bytes: number, total: number) => void): Promise<Transfer> {
    return this.#files.download(path, file, progress);
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
