import type { Host } from '../core/host.js';
import { FIRMWARE_DIRECTORY, readFirmware, STARTING_VERSION } from './firmware.js';
import type { Firmware } from './firmware.js';

export type NodeRole = 'primary' | 'secondary' | 'minion';

/** One appliance: what it runs, what it will boot next, what its configuration and its disk say. */
export class SpsNode {
  /** Version of the running firmware; undefined after an upgrade that failed and could not be taken back. */
  version: string | undefined = STARTING_VERSION;
  /** Firmware that was set to be used after the next reboot. */
  next: Firmware | undefined;
  /** What it is doing: only a running node shows its login page. */
  phase: 'running' | 'upgrading' | 'failed' = 'running';
  /** Files of the firmwares whose upgrade test has passed. */
  readonly tested = new Set<string>();
  configurationExported = false;
  /** SSH was opened on every interface because a revert failed. */
  emergencySsh = false;
  /** A Search Minion that wrote an index of the old kind can no longer deliver its documents. */
  legacyIndex = false;
  /** What the console and the web page show of the present or last upgrade. */
  progress: string[] = [];
  #host: Host | undefined;

  constructor(
    readonly name: string,
    readonly role: NodeRole,
  ) {}

  get host(): Host {
    if (this.#host === undefined) throw new Error(`${this.name} has no host yet`);
    return this.#host;
  }

  /** Gives it its machine, with the files a fresh appliance has. */
  async settle(host: Host): Promise<void> {
    this.#host = host;
    await host.write('/var/log/system.log', `boot: firmware version ${STARTING_VERSION}\n`);
    await host.write('/var/core/core.proxy.4711', 'core dump of the lab\n');
    await host.write(`${FIRMWARE_DIRECTORY}/.keep`, '');
  }

  /** The firmware images on its disk, by file name. */
  firmwares(): Firmware[] {
    return this.host.list(FIRMWARE_DIRECTORY).flatMap((file) => readFirmware(file, this.host.read(`${FIRMWARE_DIRECTORY}/${file}`)) ?? []);
  }

  /** A firmware on its disk, by version, file name or path. */
  firmware(wanted: string): Firmware | undefined {
    return this.firmwares().find(({ file, version }) => [version, file, `${FIRMWARE_DIRECTORY}/${file}`].includes(wanted));
  }

  async log(line: string): Promise<void> {
    await this.host.write('/var/log/system.log', `${this.host.read('/var/log/system.log')}${line}\n`);
  }

  /** Shows a line of upgrade progress, on the web page and the console alike, and keeps it in the upgrade log. */
  async tell(line: string): Promise<void> {
    this.progress.push(line);
    await this.host.write('/var/log/upgrade.log', `${this.progress.join('\n')}\n`);
  }

  state(): object {
    const { name, role, version, phase, emergencySsh, legacyIndex } = this;
    return {
      name,
      role,
      power: this.host.power,
      version: version ?? null,
      next: this.next?.version ?? null,
      phase,
      emergencySsh,
      legacyIndex,
    };
  }
}
