import type { Duplex } from 'node:stream';
import type { Plan, PlanHost } from '../../../planner/index.js';
import type { EngineOptions } from '../../engine.js';
import { TransportError } from '../transport.js';
import { logIn } from './client.js';
import { awaitIdent } from './serverIdent.js';
import { Slots } from './slots.js';
import { openSocket } from './socket.js';
import { SshConnection } from './sshConnection.js';
import { hostSettings, parseJump } from './sshConfig.js';
import type { HostSettings } from './sshConfig.js';
import { untilAnswered } from './unanswered.js';

const MOST_JUMPS = 8;
const REACHABLE_MS = 3000;
/** Logins under way at one time; sshd begins to refuse at ten (MaxStartups). */
const MOST_LOGINS = 8;

/**
 * Opens SSH connections, through jump hosts where the inventory or the user's configuration names some. Each hop is logged in to and
 * its key judged under its own name. Jump hosts are kept open and shared.
 */
export class SshTransport {
  readonly #jumps = new Map<string, Promise<SshConnection>>();
  readonly #seen: Map<string, string>;
  readonly #logins = new Slots(MOST_LOGINS);

  constructor(
    private readonly options: EngineOptions,
    private readonly hosts: Plan['hosts'],
    /** Fingerprints that hosts have shown earlier in the run. */
    shown: Readonly<Record<string, string>> = {},
  ) {
    this.#seen = new Map(Object.entries(shown));
  }

  /** Rejects with a TransportError. */
  async connect(host: PlanHost): Promise<SshConnection> {
    return this.#connect({ host }, []);
  }

  /** Whether the SSH port of a host answers within three seconds, from here or from its jump host. */
  async reachable(host: PlanHost): Promise<boolean> {
    try {
      const settings = await this.#settings(host);
      const stream = await this.#stream(host, settings, await this.#way({ host }, settings, []), REACHABLE_MS);
      stream.destroy();
      return true;
    } catch (error) {
      if (error instanceof TransportError) return false;
      throw error;
    }
  }

  async closeAll(): Promise<void> {
    const open = [...this.#jumps.values()];
    this.#jumps.clear();
    for (const connection of await Promise.allSettled(open)) if (connection.status === 'fulfilled') await connection.value.close();
  }

  async #connect(hop: Hop, way: readonly string[]): Promise<SshConnection> {
    const { host } = hop;
    this.options.assertMayAct();
    const settings = await this.#settings(host);
    return untilAnswered(async () => {
      // The jump host is logged in to before a slot is taken, since that takes one too.
      const jump = await this.#way(hop, settings, way);
      const free = await this.#logins.take();
      try {
        const stream = await this.#stream(host, settings, jump);
        await awaitIdent(host.name, stream);
        const seen = this.#seen.get(host.name);
        const open = await logIn(
          { host: host.name, settings, stream, another: () => this.#stream(host, settings, jump), required: host.hostKey, seen },
          this.options.ssh,
        );
        this.#seen.set(host.name, open.fingerprint);
        return new SshConnection(host, settings.user, open, this.options.assertMayAct);
      } finally {
        free();
      }
    });
  }

  #settings(host: PlanHost): Promise<HostSettings> {
    const request = {
      address: host.address,
      ...(host.user === undefined ? {} : { user: host.user }),
      ...(host.port === undefined ? {} : { port: host.port }),
    };
    return hostSettings(request, this.options.ssh.useConfig ?? true, this.options.assertMayAct);
  }

  #stream(host: PlanHost, settings: HostSettings, jump: SshConnection | undefined, milliseconds?: number): Promise<Duplex> {
    this.options.assertMayAct();
    return jump === undefined
      ? openSocket(host.name, settings.address, settings.port, milliseconds)
      : jump.forward(settings.address, settings.port);
  }

  /** The open connection to the last hop before a host; undefined where it is reached directly. */
  async #way(hop: Hop, settings: HostSettings, way: readonly string[]): Promise<SshConnection | undefined> {
    const { host } = hop;
    const jump = this.#jumpOf(hop, settings);
    if (jump === undefined) {
      if (!settings.proxyCommand) return undefined;
      throw new TransportError(
        'connection_refused',
        `your SSH configuration reaches ${host.name} through a ProxyCommand, which is not supported`,
        'Use ProxyJump there, or `jump` in the inventory.',
      );
    }
    if (way.includes(jump.host.name) || way.length >= MOST_JUMPS) {
      throw new TransportError(
        'connection_refused',
        `the jump hosts of ${host.name} lead in a circle or are too many: ${[...way, jump.host.name].join(', ')}`,
        'Correct `jump` in the inventory, or ProxyJump in your SSH configuration.',
      );
    }
    return this.#jump(jump, [...way, jump.host.name]);
  }

  /** The last hop before a host; what comes before that is found when it is connected to. */
  #jumpOf({ host, via }: Hop, settings: HostSettings): Hop | undefined {
    if (host.jump !== undefined) {
      const named = this.hosts[host.jump];
      if (named === undefined)
        throw new TransportError('not_started', `the jump host ${host.jump} of ${host.name} is not in the inventory`, 'Add it there.');
      return { host: named };
    }
    const jumps = via ?? settings.jumps;
    const last = jumps.at(-1);
    if (last === undefined) return undefined;
    const { address, user, port } = parseJump(last);
    const jump: PlanHost = {
      name: last,
      address,
      connection: 'ssh',
      platform: 'linux',
      vars: {},
      ...(user === undefined ? {} : { user }),
      ...(port === undefined ? {} : { port }),
    };
    return jumps.length > 1 ? { host: jump, via: jumps.slice(0, -1) } : { host: jump };
  }

  #jump(hop: Hop, way: readonly string[]): Promise<SshConnection> {
    const key = [...(hop.via ?? []), hop.host.name].join(',');
    const earlier = this.#jumps.get(key);
    const open =
      earlier === undefined
        ? this.#connect(hop, way)
        : earlier.then((connection) => (connection.alive ? connection : this.#connect(hop, way)));
    this.#jumps.set(key, open);
    open.catch(() => {
      if (this.#jumps.get(key) === open) this.#jumps.delete(key);
    });
    return open;
  }
}

/** A host on the way; `via` are the hops before it where the configuration of another host lists them. */
interface Hop {
  readonly host: PlanHost;
  readonly via?: readonly string[];
}
