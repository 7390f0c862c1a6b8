import type { Client } from 'ssh2';
import { TransportError } from '../transport.js';

/** Sessions open at one time; OpenSSH allows ten on one connection (MaxSessions). */
const MOST_SESSIONS = 8;
/** Whoever has waited so long goes ahead of the bound: it may be the one that is to end the others. */
const QUEUE_MS = 5000;
/** A server that has no room for another session is asked again, so often and so long. */
const ASK_AGAIN_MS = 250;
const NO_ROOM_MS = 30_000;
/** The same where none of ours is open any more: it may not have tidied up yet, or it refuses them all. */
const TIDYING_MS = 2000;
/** Reasons of RFC 4254, 5.1, with which servers refuse a session that is one too many. */
const NO_ROOM: readonly unknown[] = [1, 2, 4];

type Request<T> = (client: Client, done: (error: Error | undefined, channel: T) => void) => void;

interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

/** Opens the sessions of one connection: not too many at one time, and again where the server had no room and nothing was started. */
export class Channels {
  /** Called when there is no room for another session: whoever keeps one for later closes it. */
  onFull: () => void = () => undefined;
  #open = 0;
  #lastClosedAt = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly host: string,
    private readonly client: Client,
    private readonly isAlive: () => boolean,
    private readonly assertMayAct: () => void,
  ) {}

  /** False once the connection is gone. */
  get alive(): boolean {
    return this.isAlive();
  }

  /**
   * Calls `request` to open a session, and `begin` with it at once, since all it has to tell may stand in the same packet. Rejects with
   * the client's error, or with a TransportError when the connection went before it asked.
   */
  async open<T extends Closing, R>(request: Request<T>, begin: (channel: T) => R): Promise<R> {
    const begun = performance.now();
    if (this.#open >= MOST_SESSIONS) {
      this.onFull();
      await this.#turn(QUEUE_MS);
    }
    for (;;) {
      if (!this.isAlive()) throw this.#gone();
      this.#open += 1;
      try {
        return await this.#ask(request, begin);
      } catch (error) {
        this.#closed();
        const full = NO_ROOM.includes((error as { reason?: unknown }).reason);
        const [since, most] = this.#open > 0 ? [begun, NO_ROOM_MS] : [Math.max(begun, this.#lastClosedAt), TIDYING_MS];
        if (!full || performance.now() - since > most) throw error;
        this.onFull();
        await this.#turn(ASK_AGAIN_MS);
      }
    }
  }

  /** Resolves when the server has answered a question that changes nothing. What it sent before has come by then. */
  answered(): Promise<void> {
    return new Promise((resolve) => {
      // There is no such forwarding, and it says so: of all requests with an answer the one that asks for nothing.
      this.client.unforwardIn('127.0.0.1', 1, () => {
        resolve();
      });
    });
  }

  #gone(): TransportError {
    return new TransportError('connection_lost', `the connection to ${this.host} is gone`);
  }

  readonly #closed = (): void => {
    this.#open -= 1;
    this.#waiting.shift()?.();
  };

  /** Resolves when a session is closed, or after a time. */
  #turn(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        const at = this.#waiting.indexOf(go);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve();
      };
      const timer = setTimeout(go, milliseconds);
      this.#waiting.push(go);
    });
  }

  #ask<T extends Closing, R>(request: Request<T>, begin: (channel: T) => R): Promise<R> {
    return new Promise((resolve, reject) => {
      // It may have waited for its turn since it was allowed.
      this.assertMayAct();
      const opened = (error: Error | undefined, channel: T): void => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        channel.once('close', () => {
          this.#lastClosedAt = performance.now();
          this.#closed();
        });
        resolve(begin(channel));
      };
      try {
        request(this.client, opened);
      } catch {
        // The client throws for one reason: its socket is closed, which it may say a moment before it tells anybody else.
        reject(this.#gone());
      }
    });
  }
}
