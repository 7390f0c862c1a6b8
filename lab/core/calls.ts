import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** A program of a host (or of the operator's machine) that was started, seen from inside the lab. */
export interface ProgramCall {
  readonly args: readonly string[];
  /** Name of the host it runs on; `operator` for the operator's machine. */
  readonly host: string;
  /** `root` after `sudo`, else the login user. */
  readonly user: string;
  /** Directory it was started in, as a real path. */
  readonly cwd: string;
  /** Environment variables whose names start with `IPMI_`, `LAB_` or `UCD_`. */
  readonly env: Readonly<Record<string, string>>;
  /** Prints a line on standard output at once. */
  print(line: string): void;
  /** Prints a line on standard error at once. */
  complain(line: string): void;
}

/** Does what the program does; resolves with its exit code. */
export type ProgramHandler = (call: ProgramCall) => Promise<number> | number;

interface Request {
  readonly kind: 'call' | 'sftp';
  readonly program: string;
  readonly host: string;
  readonly user: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/**
 * The door through which programs that run as processes of a host reach the lab.
 * A caller sends one line of JSON; a call is answered by lines `{"o":…}`, `{"e":…}` and at last `{"x":CODE}`.
 */
export class Calls {
  readonly #handlers = new Map<string, ProgramHandler>();
  readonly #sockets = new Map<Socket, string>();
  #server: Server | undefined;
  /** Takes over a connection that asked for file transfer on a host. */
  onSftp: (host: string, socket: Socket) => void = (_host, socket) => socket.destroy();

  async listen(address: string): Promise<number> {
    const server = createServer((socket) => {
      this.#receive(socket);
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, address, resolve);
    });
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the lab could not open its call port');
    return bound.port;
  }

  handle(host: string, program: string, handler: ProgramHandler): void {
    this.#handlers.set(`${host} ${program}`, handler);
  }

  forgetAll(): void {
    this.#handlers.clear();
  }

  /** Ends all calls of a host without an answer, as a power cut does. */
  cut(host: string): void {
    for (const [socket, owner] of this.#sockets) if (owner === host) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.destroy();
    await new Promise<void>((resolve) => {
      if (this.#server === undefined) resolve();
      else
        this.#server.close(() => {
          resolve();
        });
    });
  }

  #receive(socket: Socket): void {
    this.#sockets.set(socket, '');
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    let head = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(10);
      if (end < 0) return;
      socket.off('data', onData);
      socket.pause();
      const rest = head.subarray(end + 1);
      const request = JSON.parse(head.subarray(0, end).toString('utf8')) as Request;
      this.#sockets.set(socket, request.host);
      if (rest.length > 0) socket.unshift(rest);
      if (request.kind === 'sftp') this.onSftp(request.host, socket);
      else void this.#answer(request, socket);
    };
    socket.on('data', onData);
  }

  async #answer(request: Request, socket: Socket): Promise<void> {
    const send = (message: object): void => {
      if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
    };
    const complain = (line: string): void => {
      send({ e: `${line}\n` });
    };
    const handler = this.#handlers.get(`${request.host} ${request.program}`);
    let code = 127;
    if (handler === undefined) complain(`${request.program}: not found on ${request.host}`);
    else {
      try {
        code = await handler({
          ...request,
          print: (line) => {
            send({ o: `${line}\n` });
          },
          complain,
        });
      } catch (error) {
        complain(`${request.program}: the lab has a bug: ${error instanceof Error ? error.message : String(error)}`);
        code = 70;
      }
    }
    send({ x: code });
    socket.end();
  }
}

/**
 * Text of the small program that carries a call into the lab. It is started by the launcher of every simulated program,
 * so it must start fast and needs nothing but Node.
 */
export const CALL_CLIENT = `import net from 'node:net';
const [program, ...args] = process.argv.slice(2);
const [address, port] = process.env.LAB_CONTROL.split(' ');
const kind = program === 'sftp-subsystem' ? 'sftp' : 'call';
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(IPMI|LAB|UCD)_/.test(name)));
const socket = net.connect({ host: address, port: Number(port) });
socket.setNoDelay(true);
let code = 255;
socket.on('error', () => undefined);
// The connection of the caller may be gone: what was asked for is done all the same.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
socket.on('connect', () => {
  socket.write(JSON.stringify({ kind, program, args, env, cwd: process.cwd(), host: process.env.LAB_HOST ?? 'operator', user: process.env.LAB_USER ?? '' }) + '\\n');
  if (kind === 'sftp') process.stdin.pipe(socket);
});
if (kind === 'sftp') {
  code = 0;
  socket.pipe(process.stdout);
} else {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    text += chunk;
    const lines = text.split('\\n');
    text = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      if (message.o !== undefined) process.stdout.write(message.o);
      if (message.e !== undefined) process.stderr.write(message.e);
      if (message.x !== undefined) code = message.x;
    }
  });
}
socket.on('close', () => { process.exitCode = code; if (kind === 'sftp') process.exit(); });
`;
