import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { Client } from 'ssh2';
import { haveSshd, startSshd } from '../test/support/sshd.js';
import type { Sshd } from '../test/support/sshd.js';
import { engineTimePerStep, NO_SSH } from './engineRun.js';
import { interleaved, table } from './measure.js';

const STEPS = 25;

/** A trivial step over SSH against a bare exec on a connection that is already open. A real OpenSSH server on loopback serves both. */
export async function benchSshStep(): Promise<string> {
  if (!haveSshd) return 'SSH step: this machine has no sshd (Debian: apt-get install openssh-server)\n';
  const server = await startSshd();
  try {
    const knownHosts = join(server.directory, 'known_hosts');
    writeFileSync(knownHosts, server.knownHost);
    const host = `{ address: ${server.address}, port: ${String(server.port)}, user: ${userInfo().username}, platform: linux }`;
    const cases = [
      { name: 'bare ssh2 exec', once: () => bareTimePerStep(server) },
      {
        name: 'engine',
        once: () => engineTimePerStep(STEPS, host, { ...NO_SSH, knownHosts: [knownHosts], identities: [server.identity] }),
      },
    ];
    return table('SSH step', 'ms a step, connection open', await interleaved(cases, 5), ['bare ssh2 exec']);
  } finally {
    await server.stop();
  }
}

async function bareTimePerStep(server: Sshd): Promise<number> {
  const client = await connected(server);
  const started = performance.now();
  for (let step = 0; step < STEPS; step++) await execute(client, 'true');
  const time = (performance.now() - started) / STEPS;
  client.end();
  return time;
}

function connected(server: Sshd): Promise<Client> {
  return new Promise((resolve, reject) => {
    // Without this, small packets wait for acknowledgements, and ssh2 alone would be ten times slower than it can be.
    const sock = connect({ host: server.address, port: server.port, noDelay: true });
    const client = new ssh2.Client();
    client.once('ready', () => {
      resolve(client);
    });
    client.once('error', reject);
    client.connect({ sock, username: userInfo().username, privateKey: readFileSync(server.identity), hostVerifier: () => true });
  });
}

function execute(client: Client, command: string): Promise<void> {
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
