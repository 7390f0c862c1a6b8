import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';

/** Most a server may send until the login is over: keys, banners and questions take some kilobytes. */
const BEFORE_LOGIN = 1024 * 1024;
/** Most that may wait to be sent: a server that asks and asks, and does not read our answers, fills no more memory than this. */
const UNREAD = 32 * 1024 * 1024;
/** Questions of ours that may be open at one time: a keepalive every few seconds, and what the server makes the client ask. */
const OPEN_QUESTIONS = 256;
/** So many silent intervals in a row, and the server is taken for gone. */
const SILENT_INTERVALS = 3;

/** Watches what a server does to one connection. Calls `broken` once, with the words of what it did; the host's name goes before them. */
export class StreamGuard {
  #received = 0;
  #loggedIn = false;
  #silent = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Call it after the client was given the stream, which would lose its first bytes to an earlier listener. */
  constructor(
    private readonly stream: Duplex,
    private readonly client: Client,
    private readonly broken: (what: string) => void,
  ) {
    stream.on('data', this.#heard);
    stream.once('close', () => {
      this.stop();
    });
  }

  /** The login is over: from now on silence is watched. Every byte counts as a sign of life, since a full line delays the answers. */
  loggedIn(intervalMs: number): void {
    this.#loggedIn = true;
    this.#timer = setInterval(() => {
      this.#silent += 1;
      if (this.#silent >= SILENT_INTERVALS) this.#refuse(`has been silent for ${String((intervalMs * SILENT_INTERVALS) / 1000)} s`);
    }, intervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.stream.off('data', this.#heard);
  }

  readonly #heard = (bytes: Buffer): void => {
    this.#received += bytes.length;
    this.#silent = 0;
    this.#timer?.refresh();
    if (!this.#loggedIn && this.#received > BEFORE_LOGIN) this.#refuse('sends without end before the login is over');
    else if (this.stream.writableLength > UNREAD) this.#refuse('asks without end and does not read the answers');
    else if (openQuestions(this.client) > OPEN_QUESTIONS) this.#refuse('makes this client ask without end and does not answer');
  };

  #refuse(what: string): void {
    this.stop();
    this.broken(what);
  }
}

/** The library keeps a list of them without a limit, and has no other way to see it. */
function openQuestions(client: Client): number {
  const list: unknown = Reflect.get(client, '_callbacks');
  return Array.isArray(list) ? list.length : 0;
}
