import { setTimeout as sleep } from 'node:timers/promises';
import type { HostName, Plan, PlanHost } from '../../planner/index.js';
import { LOCAL } from '../../planner/index.js';
import type { EngineOptions } from '../engine.js';
import { LocalConnection } from './local/localConnection.js';
import type { LocalOptions } from './local/localConnection.js';
import { SshTransport } from './ssh/sshTransport.js';
import { TransportError } from './transport.js';
import type { Connection } from './transport.js';
import { unlessAborted } from './unlessAborted.js';

const CLOSE_MS = 2000;
/** How long a connection may take to answer after this machine has slept. */
const VERIFY_MS = 5_000;

/** The connections of one run: one to each host, opened when it is first needed. */
export interface Connections {
  /** A living connection; a broken one is replaced. Rejects with a TransportError, or with the reason of the signal. */
  to(host: PlanHost, signal: AbortSignal): Promise<Connection>;
  /** The connection to this host that is open now; opens nothing. */
  living(host: HostName): Connection | undefined;
  /** Whether the host can be connected to at all: its SSH port answers within three seconds. This machine always can. */
  reachable(host: PlanHost): Promise<boolean>;
  /** Puts a question to every open connection, for this machine has slept; one that does not answer in time is not used again. */
  verify(): void;
  /** Resolves once no connection is being verified. */
  verified(): Promise<void>;
  closeAll(): Promise<void>;
}

/**
 * Makes the connections of a run over the hosts of its plan, where jump hosts are looked up. Opens nothing yet. `shown` are the
 * fingerprints that hosts have shown earlier in the run: another key of one of them is refused.
 */
export function createConnections(
  options: EngineOptions & Pick<LocalOptions, 'withheldVariables'>,
  hosts: Plan['hosts'],
  shown: Readonly<Record<HostName, string>> = {},
): Connections {
  const ssh = new SshTransport(options, hosts, shown);
  const opened = new Map<string, Promise<Connection>>();
  const living = new Map<string, Connection>();
  const broken = new WeakSet<Connection>();
  let verifying = Promise.resolve();

  const usable = (known: Connection | undefined): boolean => known?.alive === true && !broken.has(known);
  const lookAt = async (known: Connection): Promise<void> => {
    if (!usable(known) || (await answers(known))) return;
    broken.add(known);
    // It cannot even say goodbye; nobody waits for that.
    void known.close();
  };
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
    const connection = earlier === undefined ? open(host) : earlier.then((known) => (usable(known) ? known : open(host)));
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
    to: (host, signal) =>
      unlessAborted(
        verifying.then(() => current(host)),
        signal,
      ),
    living: (name) => {
      const known = living.get(name);
      return usable(known) ? known : undefined;
    },
    verify: () => {
      verifying = Promise.all([verifying, ...[...living.values()].map(lookAt)]).then(() => undefined);
    },
    verified: () => verifying,
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

/** Whether a connection brings an answer in time. */
async function answers(known: Connection): Promise<boolean> {
  const late = new AbortController();
  try {
    const asked = known.bootId().then(
      () => true,
      () => false,
    );
    return await Promise.race([asked, sleep(VERIFY_MS, false, { signal: late.signal })]);
  } finally {
    late.abort();
  }
}
