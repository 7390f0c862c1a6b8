import { readFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import type { Client, ClientChannel, PseudoTtyOptions, SFTPWrapper } from 'ssh2';

/** How a command ended on a host. */
export interface Ran {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A plain SSH client of the tests: no part of the product takes part in testing the lab. */
export class LabClient {
  readonly closed: Promise<void>;

  private constructor(readonly client: Client) {
    this.closed = new Promise((resolve) => {
      client.once('close', () => {
        resolve();
      });
    });
    client.on('error', () => undefined);
  }

  static open(address: string, identity: string): Promise<LabClient> {
    const client = new ssh2.Client();
    return new Promise((resolve, reject) => {
      client.once('ready', () => {
        client.setNoDelay(true);
        resolve(new LabClient(client));
      });
      // Not once: a connection that breaks before its handshake is told as an error twice.
      client.on('error', reject);
      client.once('close', () => {
        reject(new Error('the connection was closed before it was ready'));
      });
      const username = process.env['USER'] ?? 'root';
      client.connect({
        host: address,
        port: 2222,
        username,
        privateKey: readFileSync(identity),
        hostVerifier: () => true,
        readyTimeout: 5000,
      });
    });
  }

  /** Runs a command; a connection that breaks gives no exit code. */
  run(command: string, options: { readonly pty?: PseudoTtyOptions; readonly stdin?: string } = {}): Promise<Ran> {
    return new Promise((resolve, reject) => {
      let broken = (): void => {
        reject(new Error('the connection was closed before the command began'));
      };
      void this.closed.then(() => {
        broken();
      });
      this.client.exec(command, options.pty === undefined ? {} : { pty: options.pty }, (error, channel) => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        // Listening starts right here: a short command may have ended by the next tick.
        let [stdout, stderr] = ['', ''];
        let code: number | undefined;
        broken = () => {
          resolve({ code, stdout, stderr });
        };
        channel.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
        channel.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
        channel.on('exit', (exit: number | null) => (code = exit ?? undefined));
        channel.once('close', () => {
          resolve({ code, stdout, stderr });
        });
        channel.end(options.stdin ?? '');
      });
    });
  }

  start(command: string, pty?: PseudoTtyOptions): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      this.client.exec(command, pty === undefined ? {} : { pty }, (error, channel) => {
        if (error === undefined) resolve(channel);
        else reject(error);
      });
    });
  }

  sftp(): Promise<SFTPWrapper> {
    return new Promise((resolve, reject) => {
      this.client.sftp((error, sftp) => {
        if (error === undefined) resolve(sftp);
        else reject(error);
      });
    });
  }

  async upload(file: string, to: string): Promise<void> {
    const sftp = await this.sftp();
    await new Promise<void>((resolve, reject) => {
      sftp.fastPut(file, to, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    sftp.end();
  }

  close(): void {
    this.client.end();
  }
}

/** Runs one command over a connection of its own. */
export async function ssh(address: string, identity: string, command: string): Promise<Ran> {
  const client = await LabClient.open(address, identity);
  try {
    return await client.run(command);
  } finally {
    client.close();
  }
}
