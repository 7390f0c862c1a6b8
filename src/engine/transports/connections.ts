import { setTimeout as sleep } from 'node:timers/promises';
import type { HostName, Plan, PlanHost } from '../../planner/index.js';
import { LOCAL } from '../../planner/index.js';
import type { EngineOptions } from '../engine.js';
import { LocalConnection } from './local/localConnection.js';
import { SshTransport } from './ssh/sshTransport.js';
import { TransportError } from './transport.js';
import type { Connection } from './transport.js';

const CLOSE_MS = 2000;

/** The connections of one run: one to each host, opened when it is first needed. */
export interface Connections {
  /** A living connection; a broken one is replaced. Rejects with a TransportError, or with the reason of the signal. */
  to(host: PlanHost, signal: AbortSignal): Promise<Connection>;
  /** The connection to this host that is open now; opens nothing. */
  living(host: HostName): Connection | undefined;
  /** Whether the host can be connected to at all: its SSH port answers within three seconds. This machine always can. */
  reachable(host: PlanHost): Promise<boolean>;
  closeAll(): Promise<void>;
}

/** Makes the connections of a run over the hosts of its plan, where jump hosts are looked up. Opens nothing yet. */
export function createConnections(options: EngineOptions, hosts: Plan['hosts']): Connections {
  const ssh = new SshTransport(options, hosts);
  const opened = new Map<string, Promise<Connection>>();
  const living = new Map<string, Connection>();

  const open = async (host: PlanHost): Promise<Connection> => {
    options.assertMayAct();
    if (host.name === LOCAL || host.connection === 'local') return new LocalConnection(host, options);
    if (host.connection === 'none')
      throw new TransportError(
        'not_started',
        `${host.name} has no connection: nothing can be run there`,
        'Perform the step by hand, or give the host a connection in the inventory.',
      );
    return ssh.connect(host);
  };
  const current = (host: PlanHost): Promise<Connection> => {
    const earlier = opened.get(host.name);
    const connection = earlier === undefined ? open(host) : earlier.then((known) => (known.alive ? known : open(host)));
    opened.set(host.name, connection);
    connection.then(
      (known) => living.set(host.name, known),
      () => {
        if (opened.get(host.name) === connection) opened.delete(host.name);
      },
    );
    return connection;
  };

  return {
    to: (host, signal) => unlessAborted(current(host), signal),
    living: (name) => {
      const known = living.get(name);
      return known?.alive === true ? known : undefined;
    },
    reachable: (host) => {
      options.assertMayAct();
      return host.name === LOCAL || host.connection === 'local' ? Promise.resolve(true) : ssh.reachable(host);
    },
    closeAll: async () => {
      const all = [...opened.values()];
      opened.clear();
      const closed = Promise.allSettled(all.map(async (connection) => (await connection).close())).then(() => ssh.closeAll());
      // One that is still being opened may wait for a person; it is closed as soon as it is open.
      await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
