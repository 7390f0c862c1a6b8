import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { Connection, PseudoTtyInfo, Server, ServerChannel, Session } from 'ssh2';
import { HostFiles } from '../sftp/hostFiles.js';
import { serveSsh2Sftp } from '../sftp/ssh2Sftp.js';
import type { Behind, FrontDoor } from './frontDoor.js';
import { startInTerminal } from './terminal.js';

/** The SSH server of ssh2: exec, shell, terminals and SFTP; one client key, any user name. */
export class Ssh2Door implements FrontDoor {
  #server: Server | undefined;
  readonly #clients = new Map<Connection, Socket>();

  constructor(readonly behind: Behind) {}

  async open(): Promise<void> {
    if (this.#server !== undefined) return;
    const allowed = ssh2.utils.parseKey(this.behind.clientKey);
    if (allowed instanceof Error) throw allowed;
    const server = new ssh2.Server({ hostKeys: [readFileSync(this.behind.hostKeyFile)] }, (client) => {
      // The typings hide the socket; it is needed to drop a connection without a goodbye, and to answer without delay.
      const socket = (client as unknown as { _sock: Socket })._sock;
      socket.setNoDelay(true);
      this.#clients.set(client, socket);
      client.on('error', () => undefined);
      client.on('close', () => this.#clients.delete(client));
      client.on('authentication', (context) => {
        const isOurs = context.method === 'publickey' && context.key.data.equals(allowed.getPublicSSH());
        if (!isOurs) context.reject(['publickey']);
        else if (context.signature === undefined || context.blob === undefined) context.accept();
        else if (allowed.verify(context.blob, context.signature, context.hashAlgo) === true) context.accept();
        else context.reject(['publickey']);
      });
      client.on('ready', () => {
        client.on('session', (accept) => {
          serveSession(accept(), this.behind);
        });
      });
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.behind.port, this.behind.address, resolve);
    });
  }

  drop(): void {
    for (const socket of this.#clients.values()) socket.destroy();
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      this.drop();
    });
  }
}

function serveSession(session: Session, behind: Behind): void {
  let terminal: PseudoTtyInfo | undefined;
  let resize: ((columns: number, rows: number) => void) | undefined;
  const extra: Record<string, string> = {};
  session.on('pty', (accept, _reject, info) => {
    terminal = info;
    accept();
  });
  session.on('window-change', (accept, _reject, info) => {
    resize?.(info.cols, info.rows);
    // Clients may ask for no reply, and ssh2 then gives no function.
    (accept as (() => void) | undefined)?.();
  });
  session.on('env', (accept, _reject, info) => {
    if (/^(LANG|LC_\w+|TERM)$/.test(info.key)) extra[info.key] = info.val;
    (accept as (() => void) | undefined)?.();
  });
  const start = (channel: ServerChannel, args: readonly string[]): void => {
    const environment = { ...extra, ...behind.environment() };
    if (terminal === undefined) startWithPipes(channel, args, behind, environment, session);
    else {
      const size = { columns: terminal.cols, rows: terminal.rows };
      void startInTerminal(channel, args, behind, environment, size).then((setSize) => {
        resize = setSize;
      });
    }
  };
  session.on('exec', (accept, _reject, info) => {
    start(accept(), ['-c', info.command]);
  });
  session.on('shell', (accept) => {
    start(accept(), []);
  });
  session.on('sftp', (accept) => {
    serveSsh2Sftp(accept(), new HostFiles(behind.root, behind.home));
  });
}

function startWithPipes(
  channel: ServerChannel,
  args: readonly string[],
  behind: Behind,
  env: Record<string, string>,
  session: Session,
): void {
  const child = spawn('/bin/sh', args, { cwd: behind.home, env, detached: true, stdio: 'pipe' });
  child.on('error', () => {
    channel.exit(127);
    channel.end();
  });
  child.stdin.on('error', () => undefined);
  channel.on('error', () => undefined);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  session.on('signal', (accept, _reject, info) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, `SIG${info.name}` as NodeJS.Signals);
    } catch {
      // The group has ended by itself.
    }
    (accept as (() => void) | undefined)?.();
  });
  child.on('close', (code, signal) => {
    if (signal !== null) channel.exit(signal.replace('SIG', ''), false);
    else channel.exit(code ?? 0);
    channel.end();
  });
  channel.on('close', () => {
    child.stdin.destroy();
    child.stdout.destroy();
    child.stderr.destroy();
  });
}
