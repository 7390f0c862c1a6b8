import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnections } from '../../../src/engine/transports/connections.js';
import { TransportError } from '../../../src/engine/transports/transport.js';
import type { PlanHost } from '../../../src/planner/index.js';
import { NEVER, sshHost } from '../../engine/transports/hosts.js';
import { makeKey, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';
import { startScriptedServer } from '../../support/sshServer.js';
import type { ScriptedServer } from '../../support/sshServer.js';
import type { Verdict } from '../row.js';
import { oracle } from './hostKeyOracle.js';
import { KNOWN_HOSTS_SHAPES, nameOf } from './knownHostsShapes.js';
import type { KnownHostsShape, Subject } from './knownHostsShapes.js';

/** How a host is come to, and whose key the file is about: `judged` counts the servers on the way from 0, the last being the target. */
interface Way {
  readonly name: string;
  readonly jumps: number;
  readonly judged: number;
  /** Connects again afterwards: to the same server, or to one with another key that is on record as well. */
  readonly again?: 'same key' | 'another key';
}

const WAYS: readonly Way[] = [
  { name: 'direct', jumps: 0, judged: 0 },
  { name: 'through a jump host, its key', jumps: 1, judged: 0 },
  { name: 'through a jump host, the key behind it', jumps: 1, judged: 1 },
  { name: 'through two jump hosts, the first key', jumps: 2, judged: 0 },
  { name: 'through two jump hosts, the second key', jumps: 2, judged: 1 },
  { name: 'through two jump hosts, the key behind them', jumps: 2, judged: 2 },
  { name: 'again', jumps: 0, judged: 0, again: 'same key' },
  { name: 'again, with another key', jumps: 0, judged: 0, again: 'another key' },
];
const TARGETS = ['OpenSSH', 'the library'] as const;

/** All connects there are: every way, to every kind of server, under every shape of the file. */
export const MOST_CONNECTS = WAYS.length * TARGETS.length * KNOWN_HOSTS_SHAPES.length;

type Server = Pick<Sshd, 'address' | 'port' | 'knownHost'>;

/** Connects to real servers, directly and through jump hosts, and holds what happens against OpenSSH's reading of `known_hosts`. */
export class HostKeyConnects {
  readonly #directory = mkdtempSync(join(tmpdir(), 'runbook-connects-'));
  readonly #wrong: string;
  readonly #otherType: string;
  #files = 0;

  private constructor(
    private readonly hops: readonly Sshd[],
    private readonly targets: readonly Sshd[],
    private readonly scripted: readonly ScriptedServer[],
  ) {
    this.#wrong = this.#key('ed25519');
    this.#otherType = this.#key('ecdsa');
  }

  static async open(): Promise<HostKeyConnects> {
    const [hops, targets, scripted] = await Promise.all([
      Promise.all([startSshd(), startSshd()]),
      Promise.all([startSshd(), startSshd()]),
      Promise.all([startScriptedServer(), startScriptedServer()]),
    ]);
    return new HostKeyConnects(hops, targets, scripted);
  }

  /** Tries the connect with this number, below {@link MOST_CONNECTS}. Numbers that follow each other differ in everything. */
  async try(number: number): Promise<Verdict> {
    const way = WAYS[number % WAYS.length] as Way;
    const kind = TARGETS[Math.floor(number / WAYS.length) % TARGETS.length] as (typeof TARGETS)[number];
    const round = Math.floor(number / (WAYS.length * TARGETS.length));
    const shape = KNOWN_HOSTS_SHAPES[
      (round + (number % (WAYS.length * TARGETS.length)) * 7) % KNOWN_HOSTS_SHAPES.length
    ] as KnownHostsShape;
    const [target, changed] = (kind === 'OpenSSH' ? this.targets : this.scripted) as readonly Server[] as readonly [Server, Server];
    const servers: readonly Server[] = [...this.hops.slice(0, way.jumps), target];
    const file = join(this.#directory, `known_hosts-${String(this.#files++)}`);
    const subject = this.#subject(servers[way.judged] as Server);
    const others = servers.filter((_, index) => index !== way.judged).map(({ knownHost }) => knownHost);
    writeFileSync(file, `${others.join('')}${way.again === 'another key' ? changed.knownHost : ''}${shape.text(subject)}`);
    const theirs = await oracle(file, nameOf(subject), subject.right);
    const what = await this.#connect(way, file, servers, changed, theirs.accepted);
    return what === undefined
      ? { kind: 'held', measured: { accepted: theirs.accepted ? 1 : 0 } }
      : broken(`${way.name}, to ${kind}, ${shape.name}: ${what}`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.hops, ...this.targets, ...this.scripted].map((server) => server.stop()));
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
  }

  async #connect(way: Way, file: string, servers: readonly Server[], changed: Server, expected: boolean): Promise<string | undefined> {
    const hosts = servers.map((server, index): PlanHost =>
      sshHost(`host_${String(index)}`, server, index === 0 ? {} : { jump: `host_${String(index - 1)}` }),
    );
    const target = hosts.at(-1) as PlanHost;
    const connections = createConnections(
      {
        stateDirectory: this.#directory,
        version: '0.0.0',
        operator: 'tester',
        secret: () => Promise.resolve(undefined),
        assertMayAct: () => undefined,
        baseDirectory: this.#directory,
        ssh: {
          knownHosts: [file],
          identities: [...this.hops, ...this.targets].map(({ identity }) => identity),
          trustUnknownKey: () => Promise.resolve(false),
          askSecret: () => Promise.resolve(undefined),
          useConfig: false,
        },
      },
      Object.fromEntries(hosts.map((host) => [host.name, host])),
    );
    try {
      const first = await outcome(connections.to(target, NEVER));
      if (first !== expected) return `it ${words(first)}, where OpenSSH ${words(expected)}`;
      if (way.again === undefined || !first) return undefined;
      await (await connections.to(target, NEVER)).close();
      const second = await outcome(connections.to(way.again === 'same key' ? target : { ...target, port: changed.port }, NEVER));
      return second === (way.again === 'same key') ? undefined : `it ${words(second)} the second time`;
    } finally {
      await connections.closeAll();
    }
  }

  #subject({ address, port, knownHost }: Server): Subject {
    const right = knownHost.trim().split(' ').slice(1, 3).join(' ');
    return { host: address, port, right, wrong: this.#wrong, otherType: this.#otherType };
  }

  #key(type: 'ed25519' | 'ecdsa'): string {
    return readFileSync(`${makeKey(join(this.#directory, type), type)}.pub`, 'utf8')
      .trim()
      .split(' ')
      .slice(0, 2)
      .join(' ');
  }
}

/** Whether it connects. Rejects when it fails for any reason but the key. */
async function outcome(connecting: Promise<unknown>): Promise<boolean> {
  try {
    await connecting;
    return true;
  } catch (error) {
    if (error instanceof TransportError && error.reason === 'host_key') return false;
    throw error;
  }
}

function words(accepted: boolean): string {
  return accepted ? 'connects' : 'does not connect';
}

function broken(what: string): Verdict {
  return { kind: 'broken', what };
}
