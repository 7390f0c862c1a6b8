import { userInfo } from 'node:os';
import type { Sshd } from '../../support/sshd.js';
import type { Reached } from './sshTrial.js';

/** How an OpenSSH server of the tests is reached by the user who runs them. */
export function reachedOf(server: Sshd): Reached {
  return {
    port: server.port,
    user: userInfo().username,
    identity: server.identity,
    hostKey: server.knownHost.trim().split(' ').slice(1).join(' '),
    home: server.home,
  };
}
