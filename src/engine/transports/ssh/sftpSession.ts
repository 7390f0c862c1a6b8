import { setTimeout as sleep } from 'node:timers/promises';
import type { SFTPWrapper } from 'ssh2';
import { HumanError } from '../../../events/index.js';
import { TransportError } from '../transport.js';
import type { Channels } from './channels.js';

/** Status codes of the file transfer protocol (draft-ietf-secsh-filexfer-02, 7). */
const NOT_THERE = 2;
const NOT_ALLOWED = 3;
const LONGEST_PATH = 4096;
const TIDY_MS = 2000;

type Done<T> = (error?: Error | null, result?: T) => void;
type Request<T> = (sftp: SFTPWrapper, done: Done<T>) => unknown;

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
    private readonly assertMayAct: () => void,
  ) {}

  /**
   * Asks for one thing. Rejects with a TransportError that begins with `what`, with the reason of the signal as soon as it is aborted, or
   * with what `assertMayAct` throws: leave may have been withdrawn since the service was opened.
   */
  call<T>(what: string, request: Request<T>, signal?: AbortSignal): Promise<T> {
    return this.#ask(what, request, this.assertMayAct, signal);
  }

  /** Closes the service, which is opened again when it is next used. Not to be called while a file is copied. */
  giveRoom(): void {
    void this.#sftp?.then(
      (sftp) => sftp.end(),
      () => undefined,
    );
    this.#sftp = undefined;
  }

  /** Closes or removes what was ours. Needs no leave, never rejects, and does not wait long for a host that does not answer. */
  async tidy(request: Request<void>): Promise<void> {
    if (this.#sftp === undefined) return;
    const tidying = this.#ask<void>('', request, () => undefined).catch(() => undefined);
    await Promise.race([tidying, sleep(TIDY_MS, undefined, { ref: false })]);
  }

  async #ask<T>(what: string, request: Request<T>, assertMayAct: () => void, signal?: AbortSignal): Promise<T> {
    const sftp = await (this.#sftp ??= this.#open()).catch((error: Error) => {
      this.#sftp = undefined;
      if (error instanceof TransportError || error instanceof HumanError) throw error;
      throw this.channels.alive ? this.#trouble('files cannot be copied', error) : this.#broken();
    });
    assertMayAct();
    return new Promise((resolve, reject) => {
      const stops = this.#stopsOf(signal);
      const settle = (act: () => void) => (): void => {
        this.#pending.delete(lost);
        stops?.delete(stopped);
        act();
      };
      const lost = settle(() => {
        reject(this.#broken());
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

  #open(): Promise<SFTPWrapper> {
    const opening = this.channels.open<SFTPWrapper, SFTPWrapper>(
      (client, done) => {
        client.sftp(done);
      },
      (opened) => {
        opened.once('close', () => {
          if (this.#sftp === opening) this.#lost();
        });
        return opened;
      },
    );
    return opening;
  }

  #lost(): void {
    this.#sftp = undefined;
    for (const end of [...this.#pending]) end();
  }

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

  #broken(): TransportError {
    return new TransportError('connection_lost', `the connection to ${this.host} broke while a file was copied`);
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
