import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Calls, ProgramHandler } from './calls.js';
import { OpensshDoor } from './frontDoors/opensshDoor.js';
import { Ssh2Door } from './frontDoors/ssh2Door.js';
import type { Behind, FrontDoor, FrontDoorKind } from './frontDoors/frontDoor.js';
import { callLauncher } from './programs/launchers.js';
import { installPrograms } from './programs/install.js';
import type { Judge } from './judge.js';
import type { Pace } from './pace.js';
import type { Site } from './web/site.js';
import { WebServer } from './web/webServer.js';

/** SSH port of every host of the lab. */
export const SSH_PORT = 2222;

/** How long a host is away while it boots, in milliseconds at pace 1. */
const BOOT_MS = 2500;

export interface HostOptions {
  /** False for a host without SSH, a load balancer say. Default: true. */
  readonly ssh?: boolean;
  /** Its web site and the port of it. */
  readonly web?: { readonly port: number; readonly site: Site };
  /**
   * Runs while the host boots, after its boot id has changed and before SSH and web are opened. It may open the web early
   * ({@link Host.openWeb}), and says what is opened in the end. Default: both.
   */
  readonly booting?: (host: Host) => Promise<{ readonly ssh: boolean; readonly web: boolean }>;
  /** Called when the host goes down, before its connections break: a reboot, or power off. */
  readonly goingDown?: (host: Host, how: 'reboot' | 'off') => void;
}

/** What a service does when it is started, stopped or told to reload; resolves with an exit code. */
export interface ServiceActs {
  start(): Promise<number> | number;
  stop(): Promise<number> | number;
  /** Without it the service cannot reload. */
  reload?(): Promise<number> | number;
}

/** Everything a host is built with; made by the lab. */
export interface HostParts {
  readonly name: string;
  readonly address: string;
  readonly directory: string;
  readonly frontDoor: FrontDoorKind;
  readonly hostKeyFile: string;
  readonly clientKey: string;
  readonly callClient: string;
  readonly callAddress: string;
  readonly calls: Calls;
  readonly judge: Judge;
  readonly pace: Pace;
}

export type PowerState = 'on' | 'booting' | 'off';

/** A simulated machine: a directory that is its root, programs, a boot id, front doors that go away while it is down. */
export class Host {
  readonly name: string;
  readonly address: string;
  /** The host's `/` on the operator's machine. */
  readonly root: string;
  readonly #parts: HostParts;
  readonly #options: HostOptions;
  readonly #door: FrontDoor | undefined;
  readonly #web: WebServer | undefined;
  readonly #services = new Map<string, ServiceActs>();
  readonly #id: string;
  #nextPid = 5_000_000;
  #power: PowerState = 'off';
  /** Counts power changes, so that a boot that was overtaken ends without opening anything. */
  #era = 0;

  constructor(parts: HostParts, options: HostOptions) {
    this.#parts = parts;
    this.#options = options;
    this.name = parts.name;
    this.address = parts.address;
    this.root = path.join(parts.directory, 'root');
    this.#id = `${parts.directory}:${parts.name}`;
    const behind: Behind = {
      name: parts.name,
      address: parts.address,
      port: SSH_PORT,
      root: this.root,
      home: path.join(this.root, 'home'),
      backstage: path.join(parts.directory, 'backstage'),
      hostKeyFile: parts.hostKeyFile,
      clientKey: parts.clientKey,
      environment: () => this.environment(),
    };
    if (options.ssh !== false) this.#door = parts.frontDoor === 'ssh2' ? new Ssh2Door(behind) : new OpensshDoor(behind);
    if (options.web !== undefined) this.#web = new WebServer(parts.address, options.web.port, options.web.site);
  }

  get power(): PowerState {
    return this.#power;
  }

  get hasWeb(): boolean {
    return this.#web !== undefined;
  }

  /** Address of its web site, without a slash at the end. Throws for a host without one. */
  get url(): string {
    if (this.#web === undefined) throw new Error(`${this.name} has no web site`);
    return this.#web.url;
  }

  environment(): Record<string, string> {
    return {
      PATH: path.join(this.root, 'usr/bin'),
      HOME: path.join(this.root, 'home'),
      USER: 'operator',
      LOGNAME: 'operator',
      LAB_ROOT: this.root,
      LAB_HOST: this.name,
      LAB_HOST_ID: this.#id,
      LAB_CONTROL: this.#parts.callAddress,
    };
  }

  /** Makes the root directory anew, with the programs every host has. */
  async build(): Promise<void> {
    await rm(this.#parts.directory, { recursive: true, force: true });
    const bin = path.join(this.root, 'usr/bin');
    const directories = ['usr/bin', 'home', 'tmp', 'etc', 'var/log', 'run/lab/processes', 'run/lab/services', 'proc/sys/kernel/random'];
    await Promise.all(directories.map((directory) => mkdir(path.join(this.root, directory), { recursive: true })));
    await mkdir(path.join(this.#parts.directory, 'backstage'), { recursive: true });
    await installPrograms(bin);
    await this.program('sftp-subsystem', () => 1);
    await this.program('lab-service', ({ args: [verb, name = ''] }) => this.#actOnService(verb, name));
    for (const name of ['reboot', 'shutdown', 'poweroff']) {
      await this.program(name, (call) => {
        const off = name === 'poweroff' || (name === 'shutdown' && !call.args.includes('-r'));
        this.#parts.judge.count(this.name, off ? 'power_off' : 'reboot');
        // The command must be able to answer before its connection goes.
        this.#parts.pace.after(200, () => void (off ? this.powerOff() : this.reboot()));
        return 0;
      });
    }
    await this.#writePorts([]);
  }

  /** Installs a program that is answered inside the lab. */
  async program(name: string, handler: ProgramHandler): Promise<void> {
    this.#parts.calls.handle(this.name, name, handler);
    await this.script(name, callLauncher(process.execPath, this.#parts.callClient, name));
  }

  /** Installs a program that is a script, in the directory its PATH names. */
  async script(name: string, text: string): Promise<void> {
    await this.write(`/usr/bin/${name}`, text, 0o755);
  }

  /** Writes a file of the host. */
  async write(file: string, text: string | Buffer, mode = 0o644): Promise<void> {
    const real = path.join(this.root, file);
    await mkdir(path.dirname(real), { recursive: true });
    await writeFile(real, text, { mode });
  }

  /** Text of a file of the host; empty when there is none. */
  read(file: string): string {
    try {
      return readFileSync(path.join(this.root, file), 'utf8');
    } catch {
      return '';
    }
  }

  /** Names in a directory of the host, sorted; empty when there is none. */
  list(directory: string): string[] {
    try {
      return readdirSync(path.join(this.root, directory)).sort();
    } catch {
      return [];
    }
  }

  /** Removes files or directories of the host. */
  async remove(file: string): Promise<void> {
    await rm(path.join(this.root, file), { recursive: true, force: true });
  }

  /** Defines a service that `systemctl` and `service` can start and stop. */
  async service(name: string, state: 'active' | 'inactive', acts: ServiceActs): Promise<void> {
    this.#services.set(name, acts);
    await this.serviceState(name, state);
  }

  async serviceState(name: string, state: 'active' | 'inactive'): Promise<void> {
    await this.write(`/run/lab/services/${name}`, `${state}\n`);
  }

  /** Claims a process: `ps` shows it. Resolves with its number. */
  async startProcess(user: string, program: string, commandLine: string): Promise<number> {
    const pid = this.#nextPid++;
    await this.write(`/run/lab/processes/${String(pid)}`, `${String(pid)} ${user} ${program} ${commandLine}\n`);
    return pid;
  }

  async endProcess(pid: number): Promise<void> {
    await this.remove(`/run/lab/processes/${String(pid)}`);
  }

  /** Claims a listening port: `ss` shows it. */
  async openPort(port: number): Promise<void> {
    await this.#writePorts([...this.#ports(), port]);
  }

  async closePort(port: number): Promise<void> {
    await this.#writePorts(this.#ports().filter((open) => open !== port));
  }

  /** Whether the web site answers is up to this; SSH is not touched. */
  async openWeb(): Promise<void> {
    await this.#web?.open();
  }

  async closeWeb(): Promise<void> {
    await this.#web?.close();
  }

  /** Drops all SSH connections without a goodbye; what they ran without a terminal goes on. */
  dropConnections(): void {
    this.#door?.drop();
  }

  /** Powers on and waits until the host has booted. Does nothing when it is on. */
  async powerOn(): Promise<void> {
    if (this.#power === 'off') await this.#boot();
  }

  /** Powers on at once, without the time a boot takes. Used for the starting state. */
  async appear(): Promise<void> {
    await this.#newBootId();
    await Promise.all([this.#door?.open(), this.#web?.open()]);
    this.#power = 'on';
  }

  /** Is taken away with all its processes; nobody is told. Used when the lab ends. */
  async vanish(): Promise<void> {
    await this.#down();
    this.#power = 'off';
  }

  async powerOff(): Promise<void> {
    if (this.#power === 'off') return;
    this.#options.goingDown?.(this, 'off');
    await this.#down();
    this.#power = 'off';
  }

  /** Goes down, dropping every connection, and boots. Resolves when the host is back. */
  async reboot(): Promise<void> {
    if (this.#power !== 'on') return;
    this.#options.goingDown?.(this, 'reboot');
    await this.#down();
    await this.#boot();
  }

  async #boot(): Promise<void> {
    const era = ++this.#era;
    this.#power = 'booting';
    await this.#parts.pace.pause(BOOT_MS);
    if (era !== this.#era) return;
    await this.#newBootId();
    const opened = (await this.#options.booting?.(this)) ?? { ssh: true, web: true };
    if (era !== this.#era) return;
    await Promise.all([opened.ssh ? this.#door?.open() : undefined, opened.web ? this.#web?.open() : this.#web?.close()]);
    this.#power = 'on';
  }

  async #down(): Promise<void> {
    this.#era++;
    this.#power = 'booting';
    this.#parts.calls.cut(this.name);
    await Promise.all([this.#door?.close(), this.#web?.close()]);
    this.#killProcesses();
    for (const process of this.list('/run/lab/processes')) await this.remove(`/run/lab/processes/${process}`);
    await this.#writePorts([]);
  }

  #killProcesses(): void {
    const mark = Buffer.from(`LAB_HOST_ID=${this.#id}\0`);
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        if (readFileSync(`/proc/${entry}/environ`).includes(mark)) process.kill(Number(entry), 'SIGKILL');
      } catch {
        // It ended while we looked, or is not ours to see.
      }
    }
  }

  async #newBootId(): Promise<void> {
    await this.write('/proc/sys/kernel/random/boot_id', `${randomUUID()}\n`);
  }

  async #actOnService(verb: string | undefined, name: string): Promise<number> {
    const acts = this.#services.get(name);
    if (acts === undefined) return 5;
    this.#parts.judge.count(this.name, `service_${verb ?? ''}`);
    if (verb === 'restart') return (await acts.stop()) || (await acts.start());
    // 3 is what init scripts answer for an act they do not know.
    if (verb === 'reload') return acts.reload?.() ?? 3;
    return verb === 'start' ? acts.start() : acts.stop();
  }

  #ports(): number[] {
    return this.read('/run/lab/ports')
      .split('\n')
      .map(Number)
      .filter((port) => port > 0 && port !== SSH_PORT);
  }

  async #writePorts(ports: readonly number[]): Promise<void> {
    const all = this.#door === undefined ? ports : [...ports, SSH_PORT];
    await this.write('/run/lab/ports', [...new Set(all)].map((port) => `${String(port)}\n`).join(''));
  }
}
