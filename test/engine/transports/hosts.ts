import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnections } from '../../../src/engine/transports/connections.js';
import type { Connections } from '../../../src/engine/transports/connections.js';
import type { EngineOptions, SshOptions } from '../../../src/engine/engine.js';
import type { Command, CommandEnd, Connection } from '../../../src/engine/transports/transport.js';
import type { PlanHost } from '../../../src/planner/index.js';
import type { Sshd } from '../../support/sshd.js';

/** A directory for one suite, and what is made in it. */
export class Bench {
  readonly directory = mkdtempSync(join(tmpdir(), 'runbook-transports-'));
  readonly knownHosts = join(this.directory, 'known_hosts');
  readonly #open: Connections[] = [];

  /** Connections over the given hosts; `known_hosts` holds `known`. */
  connections(
    hosts: readonly PlanHost[],
    known: string,
    ssh: Partial<SshOptions> = {},
    more: Partial<EngineOptions> = {},
    shown: Readonly<Record<string, string>> = {},
  ): Connections {
    writeFileSync(this.knownHosts, known);
    const made = createConnections(
      {
        stateDirectory: join(this.directory, 'state'),
        version: '0.0.0',
        operator: 'tester',
        secret: () => Promise.resolve(undefined),
        assertMayAct: () => undefined,
        baseDirectory: this.directory,
        ssh: {
          knownHosts: [this.knownHosts],
          identities: [],
          trustUnknownKey: () => Promise.resolve(false),
          askSecret: () => Promise.resolve(undefined),
          useConfig: false,
          ...ssh,
        },
        ...more,
      },
      Object.fromEntries(hosts.map((host) => [host.name, host])),
      shown,
    );
    this.#open.push(made);
    return made;
  }

  async close(): Promise<void> {
    for (const connections of this.#open) await connections.closeAll();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A host of a plan, over SSH. */
export function sshHost(name: string, at: { address: string; port: number }, more: Partial<PlanHost> = {}): PlanHost {
  return { name, address: at.address, port: at.port, user: userInfo().username, connection: 'ssh', platform: 'linux', vars: {}, ...more };
}

/** The machine the tests run on. */
export const HERE: PlanHost = { name: 'local', address: 'localhost', connection: 'local', platform: 'linux', vars: {} };

/** A signal that is never aborted. */
export const NEVER = new AbortController().signal;

/** Connections to one server, let in by its key. */
export function toServer(bench: Bench, server: Sshd, more: Partial<PlanHost> = {}): Promise<Connection> {
  return bench.connections([], server.knownHost, { identities: [server.identity] }).to(sshHost('web_1', server, more), NEVER);
}

/** A command of a shell script. */
export function script(text: string, more: Partial<Command> = {}): Command {
  return { script: text, shell: 'sh', args: [], env: {}, ...more };
}

/** Runs a command to its end. */
export async function run(connection: Connection, command: Command): Promise<{ end: CommandEnd; stdout: string; stderr: string }> {
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const running = await connection.start(command, {
    stdout: (bytes) => void stdout.push(bytes),
    stderr: (bytes) => void stderr.push(bytes),
  });
  const end = await running.ended;
  running.release?.();
  return { end, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') };
}

let attempts = 0;

/** A name no attempt had before. */
export function newAttempt(): { run: string; attempt: string } {
  return { run: 'run-1', attempt: `attempt-${String(process.pid)}-${String(++attempts)}` };
}
