import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** What befalls a connection: reset, closed politely, everything swallowed in silence, or one byte at a time. */
export const CUTS = ['reset', 'close', 'black_hole', 'trickle'] as const;
export type Cut = (typeof CUTS)[number];

/** A byte every so many milliseconds, each way. */
const TRICKLE_MS = 10;

/** Where a proxy leads. */
export interface Beyond {
  readonly address: string;
  readonly port: number;
}

/**
 * A TCP proxy on this machine that counts what passes, and cuts one connection when so much has passed. Only that connection: whoever
 * connects again gets through, as after a cable was put back.
 */
export class TcpProxy {
  /** Pieces passed on so far, both ways and over all connections. A piece is what one read gave. */
  segments = 0;
  /** When the connection was cut, by `performance.now()`; undefined before. */
  cutAt: number | undefined;
  /** When the client let go of the connection that was cut. */
  letGoAt: number | undefined;
  readonly #server: Server;
  readonly #beyond: Beyond;
  readonly #open = new Set<Socket>();
  #after = Infinity;
  #kind: Cut = 'reset';

  private constructor(server: Server, beyond: Beyond) {
    this.#server = server;
    this.#beyond = beyond;
    server.on('connection', (client) => {
      this.#pass(client);
    });
  }

  static async open(beyond: Beyond): Promise<TcpProxy> {
    const server = createServer({ noDelay: true, allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, beyond);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts the connection that the piece after the first `segments` ones comes over; that piece is not passed on. */
  cutAfter(segments: number, kind: Cut): void {
    this.#after = segments;
    this.#kind = kind;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(client: Socket): void {
    const server = connect({ host: this.#beyond.address, port: this.#beyond.port, noDelay: true, allowHalfOpen: true });
    const pair = new Pair(client, server);
    for (const socket of [client, server]) {
      this.#open.add(socket);
      const other = socket === client ? server : client;
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        if (pair.cut === undefined && this.segments >= this.#after) this.#cut(pair);
        else if (pair.cut === undefined) this.segments += 1;
        pair.pass(other, bytes);
      });
      socket.on('end', () => {
        if (pair.cut !== 'black_hole') other.end();
        else if (socket === client) this.letGoAt ??= performance.now();
      });
      socket.on('close', () => {
        this.#open.delete(socket);
        if (socket === client && pair.cut !== undefined) this.letGoAt ??= performance.now();
        if (pair.cut !== 'black_hole') other.destroy();
      });
    }
  }

  #cut(pair: Pair): void {
    this.#after = Infinity;
    this.cutAt = performance.now();
    pair.begin(this.#kind);
  }
}

/** The two halves of one connection through the proxy. */
class Pair {
  cut: Cut | undefined;
  readonly #waiting = new Map<Socket, Buffer[]>();

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
  ) {}

  begin(cut: Cut): void {
    this.cut = cut;
    if (cut === 'reset') for (const socket of [this.client, this.server]) socket.resetAndDestroy();
    if (cut === 'close') for (const socket of [this.client, this.server]) socket.end();
  }

  pass(to: Socket, bytes: Buffer): void {
    if (this.cut === undefined) to.write(bytes);
    else if (this.cut === 'trickle') this.#trickle(to, bytes);
  }

  #trickle(to: Socket, bytes: Buffer): void {
    const waiting = this.#waiting.get(to);
    if (waiting !== undefined) {
      waiting.push(bytes);
      return;
    }
    const queue = [bytes];
    this.#waiting.set(to, queue);
    const timer = setInterval(() => {
      const [first] = queue;
      if (to.destroyed || first === undefined) {
        clearInterval(timer);
        this.#waiting.delete(to);
        return;
      }
      to.write(first.subarray(0, 1));
      if (first.length > 1) queue[0] = first.subarray(1);
      else queue.shift();
    }, TRICKLE_MS);
  }
}
