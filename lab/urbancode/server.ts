import type { Host } from '../core/host.js';
import type { Cluster } from './cluster.js';
import type { Misbehaviour } from './misbehaviours.js';
import { INSTALL_DIRECTORY, SERVER_PORT } from './releases.js';

/** How long a server takes to start or to stop, in milliseconds at pace 1. */
const START_MS = 2000;
const STOP_MS = 800;

const PID_FILE = `${INSTALL_DIRECTORY}/var/server.pid`;

/** One UrbanCode server on its host. */
export class Server {
  running = false;
  version: string;
  fips = false;
  /** True from the end of an installation until the server is online. */
  awaited = false;
  #pid: number | undefined;

  constructor(
    readonly cluster: Cluster,
    readonly host: Host,
    version: string,
  ) {
    this.version = version;
  }

  get name(): string {
    return this.host.name;
  }

  /** Puts what is installed and running at the start onto the host. */
  async setUp(): Promise<void> {
    await this.installed(this.version);
    await this.host.write('/var/tmp/README', 'Room for files that survive a reboot.\n');
    await this.host.service('ucd', 'inactive', { start: () => this.start(), stop: () => this.stop(false) });
    await this.host.program('ucd-server-script', ({ args, complain }) => {
      this.cluster.judge.count(this.name, `server_script_${args.join('_').replaceAll('-', '')}`);
      if (args[0] === 'stop') return this.stop(args[1] === '-force');
      if (args[0] === 'start') return this.start();
      complain('usage: server start | stop [-force]');
      return 2;
    });
    await this.host.write(`${INSTALL_DIRECTORY}/bin/server`, '#!/bin/sh\nexec ucd-server-script "$@"\n', 0o755);
    await this.#runs();
  }

  /** Records the release of the files on the host. */
  async installed(version: string): Promise<void> {
    this.version = version;
    await this.host.write(`${INSTALL_DIRECTORY}/conf/installed.version`, `version=${version}\nfips=${String(this.fips)}\n`);
  }

  async start(): Promise<number> {
    const { cluster, host } = this;
    if (this.running) return 0;
    const wrong = cluster.whyNotStart(this);
    if (wrong !== undefined) {
      await host.write('/var/log/ucd.log', `${host.read('/var/log/ucd.log')}${wrong}\n`);
      return 1;
    }
    await cluster.pace.pause(START_MS);
    await this.#runs();
    if (this.awaited && cluster.switches.on('ucd.first_not_back')) {
      // The process is there, but its pages do not open until the misbehaviour is turned off.
      void cluster.pace.until(() => !cluster.switches.on('ucd.first_not_back')).then(() => this.#online());
      return 0;
    }
    await this.#online();
    return 0;
  }

  /** Stops the server. Without `force` it may fail to end when the lab misbehaves; the service then says it has stopped all the same. */
  async stop(force: boolean): Promise<number> {
    const { cluster, host } = this;
    if (!this.running) return 0;
    cluster.judgeStop(this);
    await cluster.pace.pause(STOP_MS);
    await host.serviceState('ucd', 'inactive');
    if (!force && this.#misbehaves('ucd.server_still_runs')) {
      void cluster.pace.until(() => !cluster.switches.on('ucd.server_still_runs')).then(() => this.#end());
      return 0;
    }
    await this.#end();
    return 0;
  }

  /** The host went down; its files stay, but for the pid file, which a fresh boot clears. */
  lost(): void {
    this.running = false;
    void this.host.remove(PID_FILE);
    void this.host.serviceState('ucd', 'inactive');
  }

  async #end(): Promise<void> {
    const { cluster, host } = this;
    if (!this.running) return;
    this.running = false;
    await Promise.all([host.closeWeb(), host.remove(PID_FILE), this.#pid === undefined ? undefined : host.endProcess(this.#pid)]);
    if (this.#misbehaves('ucd.port_held')) {
      void cluster.pace
        .until(() => !cluster.switches.on('ucd.port_held'))
        .then(() => (this.running ? undefined : host.closePort(SERVER_PORT)));
    } else await host.closePort(SERVER_PORT);
  }

  /** Only the last server misbehaves when it is stopped. */
  #misbehaves(how: Misbehaviour): boolean {
    return this.cluster.isLast(this) && this.cluster.switches.on(how);
  }

  async #runs(): Promise<void> {
    this.running = true;
    this.#pid = await this.host.startProcess('ucd', 'ucd-server', `${INSTALL_DIRECTORY}/bin/ucd-server run --port ${String(SERVER_PORT)}`);
    await this.host.write(PID_FILE, `${String(this.#pid)}\n`);
    await this.host.openPort(SERVER_PORT);
    await this.host.serviceState('ucd', 'active');
  }

  async #online(): Promise<void> {
    if (!this.running) return;
    await this.host.openWeb();
    this.awaited = false;
  }
}
