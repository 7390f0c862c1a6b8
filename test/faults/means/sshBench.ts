import { existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Sshd } from '../../support/sshd.js';
import { LocalBench } from './localBench.js';
import type { Shape } from './shapes.js';

/** A bench whose hosts are all the one server: its counter lies on this machine all the same. */
export function sshBench(shape: Shape, sshd: Sshd): LocalBench {
  const knownHosts = join(sshd.directory, 'known_hosts');
  // Benches share it, and a runner may be reading it.
  if (!existsSync(knownHosts)) writeFileSync(knownHosts, sshd.knownHost);
  const host = `address: ${sshd.address}, port: ${String(sshd.port)}, user: ${userInfo().username}`;
  // Benches share the one home, and whoever is killed leaves its lock there.
  const ignored = shape.hosts.flatMap((name) => ['--ignore-host-lock', `${name}=benches share this host`]);
  return new LocalBench(shape, host, ['--known-hosts', knownHosts, '--identity', sshd.identity, ...ignored]);
}
