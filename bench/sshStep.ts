import { existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { haveSshd, startSshd } from '../test/support/sshd.js';
import type { Sshd } from '../test/support/sshd.js';
import { bareConnection, bareExec } from './bareSsh.js';
import { engineTimePerStep, NO_SSH } from './engineRun.js';
import { interleaved, table } from './measure.js';

const STEPS = 25;

/** A file system in memory, where there is one. */
const MEMORY = ['/dev/shm'].find((path) => existsSync(path));

/**
 * A trivial step over SSH against a bare exec on a connection that is already open. A real OpenSSH server on loopback serves both. Where it can,
 * the host gets a file system of its own too: on a shared one, the journal's way to the disk takes along what the step leaves on the host.
 */
export async function benchSshStep(): Promise<string> {
  if (!haveSshd) return 'SSH step: this machine has no sshd (Debian: apt-get install openssh-server)\n';
  const server = await startSshd();
  const apart = MEMORY === undefined ? undefined : await startSshd({ under: MEMORY });
  try {
    const cases = [
      { name: 'bare ssh2 exec', once: () => bareTimePerStep(server) },
      { name: 'engine', once: () => stepTime(server) },
      ...(apart === undefined ? [] : [{ name: 'engine, host with a disk of its own', once: () => stepTime(apart) }]),
    ];
    return table('SSH step', 'ms a step, connection open', await interleaved(cases, 5), ['bare ssh2 exec']);
  } finally {
    await server.stop();
    await apart?.stop();
  }
}

function stepTime(server: Sshd): Promise<number> {
  const knownHosts = join(server.directory, 'known_hosts');
  writeFileSync(knownHosts, server.knownHost);
  const host = `{ address: ${server.address}, port: ${String(server.port)}, user: ${userInfo().username}, platform: linux }`;
  return engineTimePerStep(STEPS, host, { ...NO_SSH, knownHosts: [knownHosts], identities: [server.identity] });
}

async function bareTimePerStep(server: Sshd): Promise<number> {
  const client = await bareConnection(server.address, server.port, server.identity);
  const started = performance.now();
  for (let step = 0; step < STEPS; step++) await bareExec(client, 'true');
  const time = (performance.now() - started) / STEPS;
  client.end();
  return time;
}
