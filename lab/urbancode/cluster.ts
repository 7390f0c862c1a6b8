import type { Judge } from '../core/judge.js';
import type { Pace } from '../core/pace.js';
import type { Switches } from '../core/switches.js';
import { versionOrder } from '../core/versionOrder.js';
import type { Balancer } from './balancer.js';
import type { Database } from './database.js';
import type { Misbehaviour } from './misbehaviours.js';
import { NEW_FOLDERS_SINCE, TARGET } from './releases.js';
import { RunningProcesses } from './runningProcesses.js';
import type { Server } from './server.js';
import type { Storage } from './storage.js';

/** Switches of this product only, so that a misspelt name does not compile. */
export interface UrbancodeSwitches {
  on(name: Misbehaviour): boolean;
}

export interface ClusterParts {
  readonly judge: Judge;
  readonly pace: Pace;
  readonly switches: Switches;
  readonly balancer: Balancer;
  readonly database: Database;
  readonly storage: Storage;
}

/** One high-availability installation: equal servers, one database, one network storage, one load balancer. */
export class Cluster {
  readonly judge: Judge;
  readonly pace: Pace;
  readonly switches: UrbancodeSwitches;
  readonly balancer: Balancer;
  readonly database: Database;
  readonly storage: Storage;
  readonly processes: RunningProcesses;
  readonly servers: Server[] = [];

  constructor(parts: ClusterParts) {
    this.judge = parts.judge;
    this.pace = parts.pace;
    this.switches = parts.switches;
    this.balancer = parts.balancer;
    this.database = parts.database;
    this.storage = parts.storage;
    this.processes = new RunningProcesses(parts.pace, this.switches);
  }

  isLast(server: Server): boolean {
    return this.servers.at(-1) === server;
  }

  /** Writes down what is wrong about stopping a server now. */
  judgeStop(server: Server): void {
    const running = this.processes.list().length;
    if (running > 0) this.judge.violation(`${server.name} was stopped while ${String(running)} processes were running`);
  }

  /** Why a server cannot start now; undefined when it can. */
  whyNotStart(server: Server): string | undefined {
    const order = versionOrder(server.version, this.database.schema);
    if (order < 0) {
      this.judge.violation(`${server.name} was started at ${server.version} against a database of ${this.database.schema}`);
      return `the database belongs to ${this.database.schema}, this server to ${server.version}`;
    }
    if (order > 0) return `the database still belongs to ${this.database.schema}`;
    if (versionOrder(server.version, NEW_FOLDERS_SINCE) >= 0 && !this.storage.matched())
      return 'the application data folder is not complete';
    return undefined;
  }

  /** Writes down what is wrong about installing on a server now. */
  judgeInstall(server: Server): void {
    const wrong = (why: string): void => {
      this.judge.violation(`the installer changed ${server.name} ${why}`);
    };
    const reachable = this.servers.filter((other) => !this.balancer.isolates(other.name));
    if (reachable.length > 0) wrong(`while the load balancer still sends requests to ${reachable.map((other) => other.name).join(', ')}`);
    if (!this.storage.matched()) wrong('before the folders of the network storage matched the new release');
    const upgraded = this.servers.filter((other) => other !== server && other.version === TARGET);
    if (upgraded.length === 0) {
      for (const other of this.servers) if (other.running) wrong(`while ${other.name} was still running`);
      if (this.database.backups === 0) wrong('without a backup of the database');
    } else {
      for (const other of upgraded) if (!other.running || other.awaited) wrong(`before ${other.name} was back online`);
    }
  }

  /** What is still wrong with the end state. */
  done(): string[] {
    const wrong = this.servers.flatMap((server) => [
      ...(server.version === TARGET ? [] : [`${server.name} is at ${server.version}, not at ${TARGET}`]),
      ...(server.running && !server.awaited ? [] : [`${server.name} is not online`]),
      ...(this.balancer.isolates(server.name) ? [`${server.name} gets no requests from the load balancer`] : []),
    ]);
    if (this.database.schema !== TARGET) wrong.push(`the database belongs to ${this.database.schema}`);
    if (this.database.migrations > 1) wrong.push(`the database was upgraded ${String(this.database.migrations)} times`);
    if (new Set(this.servers.map((server) => server.fips)).size > 1) wrong.push('some servers are FIPS-compliant and some are not');
    return wrong;
  }

  state(): unknown {
    return {
      servers: this.servers.map(({ name, version, running, awaited, fips }) => ({
        name,
        version,
        running,
        online: running && !awaited,
        fips,
        balancer: this.balancer.stateOf(name),
      })),
      database: { schema: this.database.schema, backups: this.database.backups, migrations: this.database.migrations },
      processes: this.processes.list(),
      folders_match: this.storage.matched(),
    };
  }
}
