import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';
import { TARGET } from '../../../lab/urbancode/releases.js';
import { ssh } from '../core/sshClient.js';
import { installOn } from './installOn.js';

/** The servers of the main installation, in the order of their addresses. */
export type ServerName = 'ucd_1' | 'ucd_2' | 'ucd_3';

/** Does by SSH and web requests what an operator of UrbanCode Deploy does; knows nothing of the inside of the lab. */
export class Operator {
  readonly servers: Readonly<Record<ServerName, string>>;
  readonly database: string;
  readonly balancer: string;
  /** Every act of the procedure by name; a test leaves one out or changes the order. */
  readonly acts = {
    back_up: () => this.on(this.database, 'ucd-db-backup'),
    quiet: () => fetch(`http://${this.servers.ucd_1}:8443/rest/processes/cancel`, { method: 'POST' }),
    fetch: () =>
      this.everywhere(
        `curl -fsSL -o /var/tmp/ucd.tar http://${this.subnet}.2.7:8080/ucd-${TARGET}.tar && mkdir -p ucd-install && tar -xf /var/tmp/ucd.tar -C ucd-install`,
      ),
    stop: () => this.everywhere('systemctl stop ucd'),
    isolate: () => this.balance('disabled'),
    folders: () =>
      this.on(this.servers.ucd_1, 'mkdir -p /mnt/ucd/app_data && mv /mnt/ucd/logs /mnt/ucd/plugins /mnt/ucd/keystores /mnt/ucd/app_data/'),
    first: async () => {
      await this.install('ucd_1');
      await this.on(this.servers.ucd_1, 'service ucd start');
    },
    others: async () => {
      for (const name of ['ucd_2', 'ucd_3'] as const) {
        await this.install(name);
        await this.on(this.servers[name], 'systemctl start ucd');
      }
    },
    rejoin: () => this.balance('enabled'),
  };

  private constructor(
    readonly lab: Lab,
    readonly subnet: string,
    readonly directory: string,
  ) {
    this.servers = { ucd_1: `${subnet}.2.11`, ucd_2: `${subnet}.2.12`, ucd_3: `${subnet}.2.13` };
    this.database = `${subnet}.2.6`;
    this.balancer = `http://${subnet}.2.5:8080`;
  }

  static async start(subnet: string): Promise<Operator> {
    const directory = mkdtempSync(path.join(tmpdir(), 'lab-ucd-'));
    return new Operator(await startLab({ directory, subnet, products: ['urbancode'], pace: 0.02 }), subnet, directory);
  }

  async stop(): Promise<void> {
    await this.lab.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs a command that must succeed; gives what it printed. */
  async on(address: string, command: string): Promise<string> {
    const ran = await ssh(address, this.lab.identity, command);
    assert.equal(ran.code, 0, `${command}: ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  }

  everywhere(command: string): Promise<string[]> {
    return Promise.all(Object.values(this.servers).map((address) => this.on(address, command)));
  }

  /** Runs the installer on a server; it must succeed. */
  async install(name: ServerName): Promise<void> {
    const ran = await installOn(this.servers[name], this.lab.identity);
    assert.equal(ran.code, 0, ran.stdout);
  }

  async balance(state: string): Promise<void> {
    for (const name of Object.keys(this.servers)) {
      const answer = await fetch(`${this.balancer}/servers/${name}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ state }),
      });
      assert.equal(answer.status, 200);
    }
  }

  /** Does acts one after the other; ends at the first that fails. */
  async perform(...names: readonly Act[]): Promise<void> {
    for (const name of names) await this.acts[name]();
  }

  /** Violations without their time. */
  violations(): string[] {
    return this.lab.violations().map((line) => line.replace(/^\S+ /, ''));
  }
}

export type Act = keyof Operator['acts'];

/** The acts in their order. */
export const ALL: readonly Act[] = ['back_up', 'quiet', 'fetch', 'stop', 'isolate', 'folders', 'first', 'others', 'rejoin'];
