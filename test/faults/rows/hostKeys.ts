import { execFileSync } from 'node:child_process';
import { haveSshd } from '../../support/sshd.js';
import { HostKeyConnects, MOST_CONNECTS } from '../means/hostKeyConnects.js';
import { HostKeyTable } from '../means/hostKeyTable.js';
import { KNOWN_HOSTS_SHAPES } from '../means/knownHostsShapes.js';
import type { KnownHostsShape } from '../means/knownHostsShapes.js';
import type { Row } from '../row.js';

const TABLE = KNOWN_HOSTS_SHAPES.length;
const CONNECTS_OF_PR = 60;
/** Shares no divisor with the number of connects, so that the first sixty are of all kinds, and all of them come once. */
const STRIDE = 37;

/** Nobody in between is let in, however `known_hosts` and the verifier are written. */
export const hostKeys: Row = {
  id: 'host-keys',
  title:
    'All shapes of verifiers and of known_hosts, held against ssh-keygen -F; then real connects: direct, through one and two jump hosts, and again',
  must: 'no key is accepted that OpenSSH would not accept, nor one that has changed during the run',
  cases: { pr: TABLE + CONNECTS_OF_PR, nightly: TABLE + MOST_CONNECTS },
  concurrency: 4,
  missing: () => {
    if (!haveSshd) return Promise.resolve('there is no sshd on this machine');
    try {
      execFileSync('ssh-keygen', ['-F', 'nobody.example.com', '-f', '/dev/null'], { stdio: 'ignore' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Promise.resolve('there is no ssh-keygen on this machine');
    }
    return Promise.resolve(undefined);
  },
  open: async () => {
    const table = new HostKeyTable();
    const connects = await HostKeyConnects.open();
    return {
      run: ({ index }) =>
        index < TABLE
          ? table.judge(KNOWN_HOSTS_SHAPES[index] as KnownHostsShape)
          : connects.try(((index - TABLE) * STRIDE) % MOST_CONNECTS),
      close: async () => {
        table.close();
        await connects.close();
      },
    };
  },
};
