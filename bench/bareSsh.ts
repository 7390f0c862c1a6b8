import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import ssh2 from 'ssh2';
import type { Client } from 'ssh2';

/** Opens a connection with nothing but ssh2. */
export function bareConnection(address: string, port: number, identity: string): Promise<Client> {
  return new Promise((resolve, reject) => {
    // Without this, small packets wait for acknowledgements, and ssh2 alone would be ten times slower than it can be.
    const sock = connect({ host: address, port, noDelay: true });
    const client = new ssh2.Client();
    client.once('ready', () => {
      resolve(client);
    });
    client.on('error', reject);
    client.connect({ sock, username: userInfo().username, privateKey: readFileSync(identity), hostVerifier: () => true });
  });
}

/** Carries out one command on an open connection. */
export function bareExec(client: Client, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error !== undefined) {
        reject(error);
        return;
      }
      channel.once('close', resolve);
      channel.resume();
      channel.stderr.resume();
    });
  });
}
