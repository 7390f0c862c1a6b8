import type { SFTPWrapper } from 'ssh2';
import { TransportError } from '../transport.js';
import type { Channels } from './channels.js';

/** Status codes of the file transfer protocol (draft-ietf-secsh-filexfer-02, 7). */
const NOT_THERE = 2;
const NOT_ALLOWED = 3;
const LONGEST_PATH = 4096;

type Done<T> = (error?: Error | null, result?: T) => void;

/** The file service of one connection, with errors an operator can act on. Opened when it is first used. */
export class SftpSession {
  #sftp: Promise<SFTPWrapper> | undefined;
  /** What ends the questions under way when the service is gone. */
  readonly #pending = new Set<() => void>();
  /** What ends those of one signal: a signal warns of many listeners. */
  readonly #stops = new WeakMap<AbortSignal, Set<() => void>>();

  constructor(
    readonly host: string,
    private readonly channels: Channels,
  ) {}

  /** Asks for one thing. Rejects with a TransportError that begins with `what`, or with the reason of the signal as soon as it is aborted. */
  async call<T>(what: string, request: (sftp: SFTPWrapper, done: Done<T>) => unknown, signal?: AbortSignal): Promise<T> {
    this.#sftp ??= this.channels.open<SFTPWrapper, SFTPWrapper>(
      (client, done) => {
        client.sftp(done);
      },
      (opened) => {
        opened.once('close', this.#lost);
        return opened;
      },
    );
    const sftp = await this.#sftp.catch((error: Error) => {
      this.#sftp = undefined;
      throw error instanceof TransportError ? error : this.#trouble('files cannot be copied', error);
    });
    return new Promise((resolve, reject) => {
      const stops = this.#stopsOf(signal);
      const settle = (act: () => void) => (): void => {
        this.#pending.delete(lost);
        stops?.delete(stopped);
        act();
      };
      const lost = settle(() => {
        reject(new TransportError('connection_lost', `the connection to ${this.host} broke while a file was copied`));
      });
      const stopped = settle(() => {
        reject(signal?.reason as Error);
      });
      if (signal?.aborted === true) {
        stopped();
        return;
      }
      this.#pending.add(lost);
      stops?.add(stopped);
      try {
        request(sftp, (error, result) => {
          settle(() => {
            // What the host refuses has a code; else nobody answered.
            if (error && (error as { code?: unknown }).code === undefined) lost();
            else if (error) reject(this.#trouble(what, error));
            else resolve(result as T);
          })();
        });
      } catch (error) {
        settle(() => {
          reject(this.#trouble(what, error as Error));
        })();
      }
    });
  }

  /** Relative paths, and those below `~/`, begin where the file service begins; commands may begin elsewhere. */
  async absolute(path: string): Promise<string> {
    if (path === '' || path.includes('\0') || path.length > LONGEST_PATH)
      throw new TransportError('transfer', `${JSON.stringify(path.slice(0, 200))} cannot be the path of a file`);
    if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return path;
    const start = await this.call<string>('the home directory cannot be found', (sftp, done) => {
      sftp.realpath('.', done);
    });
    // The host picks this name: it must be a plain place, since it is shown and taken further.
    if (!/^(?:\/|[A-Za-z]:)[^\p{C}]*$/u.test(start) || start.split(/[\\/]/).includes('..') || start.length > LONGEST_PATH)
      throw new TransportError('transfer', `${this.host} names a home directory that is none`, 'Give the whole path of the file.');
    return `${start.replace(/\/$/, '')}/${path.replace(/^(?:~\/|\.\/)/, '')}`;
  }

  /** Bytes that are free where a file lies, as far as the host tells. */
  async free(path: string): Promise<number | undefined> {
    const found = await this.call<{ f_frsize?: unknown; f_bavail?: unknown }>('', (sftp, done) => {
      sftp.ext_openssh_statvfs(path, done);
    }).catch(() => undefined);
    const bytes = Number(found?.f_frsize) * Number(found?.f_bavail);
    return Number.isFinite(bytes) ? bytes : undefined;
  }

  readonly #lost = (): void => {
    this.#sftp = undefined;
    for (const end of [...this.#pending]) end();
  };

  #stopsOf(signal: AbortSignal | undefined): Set<() => void> | undefined {
    if (signal === undefined) return undefined;
    const known = this.#stops.get(signal);
    if (known !== undefined) return known;
    const stops = new Set<() => void>();
    this.#stops.set(signal, stops);
    signal.addEventListener(
      'abort',
      () => {
        for (const stop of [...stops]) stop();
      },
      { once: true },
    );
    return stops;
  }

  #trouble(what: string, error: Error & { code?: unknown }): TransportError {
    const why =
      error.code === NOT_THERE
        ? 'it is not there'
        : error.code === NOT_ALLOWED
          ? `permission denied to the login user`
          : plain(error.message);
    return new TransportError(
      'transfer',
      `${what} on ${this.host}: ${why}`,
      'See that the directory is there and that the login user may write in it.',
    );
  }
}

/** A host's words, as text of one line. */
function plain(text: string): string {
  return text
    .slice(0, 500)
    .replaceAll(/[^\P{C}]+/gu, ' ')
    .trim();
}
