import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';
import type { AuthContext, Connection, ServerChannel, ServerConfig, SFTPWrapper } from 'ssh2';

/** A scripted SSH server in this process, for what a real one does not do on demand. */
export interface ScriptedServer {
  readonly address: string;
  readonly port: number;
  /** Line of `known_hosts`. */
  readonly knownHost: string;
  /** Host key in wire form. */
  readonly hostKey: Buffer;
  /** Logins that were accepted so far. */
  readonly logins: number;
  dropConnections(): void;
  stop(): Promise<void>;
}

/** What the server does; by default it lets everybody in and refuses commands. */
export interface Script {
  readonly config?: Partial<ServerConfig>;
  readonly authenticate?: (context: AuthContext) => void;
  readonly exec?: (commandLine: string, accept: () => ServerChannel, connection: Connection) => void;
  readonly sftp?: (sftp: SFTPWrapper) => void;
  /** Called with every connection as soon as it is let in. */
  readonly ready?: (connection: Connection) => void;
}

/** A key pair as text. Now and then the library writes one that it cannot read itself; then the next is taken. */
export function newKey(): { readonly private: string; readonly public: string } {
  for (;;) {
    const key = ssh2.utils.generateKeyPairSync('ed25519');
    if (![key.private, key.public].some((text) => ssh2.utils.parseKey(text) instanceof Error)) return key;
  }
}

/** Starts a scripted server with a new host key on a free loopback port. */
export async function startScriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const key = newKey();
  const hostKey = Buffer.from(key.public.split(' ')[1] ?? '', 'base64');
  const open = new Set<Connection>();
  let logins = 0;
  const server = new ssh2.Server({ hostKeys: [key.private], ...script.config }, (connection) => {
    open.add(connection);
    connection.on('error', () => undefined);
    connection.on('close', () => open.delete(connection));
    connection.on(
      'authentication',
      script.authenticate ??
        ((context) => {
          context.accept();
        }),
    );
    connection.on('ready', () => {
      logins += 1;
      connection.on('session', (acceptSession) => {
        const session = acceptSession();
        session.on('pty', (accept) => {
          accept();
        });
        session.on('exec', (accept, reject, info) => {
          if (script.exec === undefined) reject();
          else script.exec(info.command, accept, connection);
        });
        session.on('sftp', (accept, reject) => {
          if (script.sftp === undefined) reject();
          else script.sftp(accept());
        });
      });
      script.ready?.(connection);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const drop = (): void => {
    for (const connection of open) (connection as unknown as { _sock: { destroy(): void } })._sock.destroy();
  };
  return {
    address: '127.0.0.1',
    port,
    knownHost: `[127.0.0.1]:${String(port)} ssh-ed25519 ${hostKey.toString('base64')}\n`,
    hostKey,
    get logins() {
      return logins;
    },
    dropConnections: drop,
    stop: async () => {
      drop();
      await new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
    },
  };
}
