import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CALL_CLIENT, Calls } from './calls.js';
import { controlSite } from './controlPage.js';
import type { FrontDoorKind } from './frontDoors/frontDoor.js';
import { Host, SSH_PORT } from './host.js';
import { Judge } from './judge.js';
import { keyPair, knownHostsLine } from './keys.js';
import { installOperatorProgram } from './operatorBin.js';
import { Pace } from './pace.js';
import type { Product, ProductFactory, ProductName, Workshop } from './product.js';
import { HostFiles } from './sftp/hostFiles.js';
import { serveRawSftp } from './sftp/rawSftp.js';
import { Switches } from './switches.js';
import { WebServer } from './web/webServer.js';

/** Port of the control page. */
const CONTROL_PORT = 8040;

export interface LabOptions {
  /** Where hosts, keys and `operator-bin` are put. What a lab left there before is replaced. */
  readonly directory: string;
  /** First two numbers of all addresses. Default `127.42`; tests take others so that several labs can run at once. */
  readonly subnet?: string;
  readonly products: readonly ProductName[];
  /** The SSH server in front of the hosts. Default `ssh2`. */
  readonly frontDoor?: FrontDoorKind;
  /** Scales every delay. 1, the default: a reboot takes about three seconds. */
  readonly pace?: number;
}

/** A running lab. */
export interface Lab {
  readonly directory: string;
  /** File with the host keys of all hosts. */
  readonly knownHosts: string;
  /** File of the private key that may log in everywhere. */
  readonly identity: string;
  /** Directory with the programs for the machine of the operator (`ipmitool`): to be put on the PATH of a run. */
  readonly operatorBin: string;
  /** Address of the control page. */
  readonly url: string;
  /** Names and addresses of all hosts. */
  readonly hosts: readonly { readonly name: string; readonly address: string; readonly url?: string }[];
  /** Turns a misbehaviour on or off. Throws for a name no product has declared. */
  set(switchName: string, on: boolean): void;
  /** What was done that must not be done, oldest first: time and sentence. */
  violations(): string[];
  /** How often each act was done, by `HOST.ACT`. */
  counters(): Record<string, number>;
  /** State of a product, as JSON. */
  state(product: ProductName): unknown;
  /** What is still wrong with the end state of `PRODUCT` or `PRODUCT/SITE`; empty when its upgrade is complete and healthy. */
  done(product: string): string[];
  /** Puts everything back to the start: hosts, switches, violations, counters. Keys and addresses stay. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a lab with the given ways to build its products. */
export async function openLab(options: LabOptions, factories: Readonly<Partial<Record<ProductName, ProductFactory>>>): Promise<Lab> {
  const lab = new RunningLab(options, factories);
  try {
    await lab.start();
  } catch (error) {
    await lab.stop();
    throw error;
  }
  return lab;
}

class RunningLab implements Lab {
  readonly directory: string;
  readonly knownHosts: string;
  readonly identity: string;
  readonly operatorBin: string;
  readonly #options: LabOptions;
  readonly #factories: Readonly<Partial<Record<ProductName, ProductFactory>>>;
  readonly #subnet: string;
  readonly #switches = new Switches();
  readonly #judge = new Judge();
  readonly #calls = new Calls();
  #pace: Pace;
  #callAddress = '';
  #clientKey = '';
  #hosts: Host[] = [];
  #sites: WebServer[] = [];
  #products: Product[] = [];
  #control: WebServer | undefined;

  constructor(options: LabOptions, factories: Readonly<Partial<Record<ProductName, ProductFactory>>>) {
    this.#options = options;
    this.#factories = factories;
    this.#subnet = options.subnet ?? '127.42';
    this.#pace = new Pace(options.pace ?? 1);
    this.directory = path.resolve(options.directory);
    this.knownHosts = path.join(this.directory, 'known_hosts');
    this.identity = path.join(this.directory, 'id_ed25519');
    this.operatorBin = path.join(this.directory, 'operator-bin');
  }

  get url(): string {
    return `http://${this.#subnet}.0.1:${String(CONTROL_PORT)}/`;
  }

  get hosts(): readonly { readonly name: string; readonly address: string; readonly url?: string }[] {
    return this.#hosts.map((host) => ({ name: host.name, address: host.address, ...(host.hasWeb ? { url: host.url } : {}) }));
  }

  async start(): Promise<void> {
    await mkdir(this.operatorBin, { recursive: true });
    await writeFile(this.#client, CALL_CLIENT);
    this.#clientKey = (await keyPair(this.identity, 'lab')).publicKey;
    const address = `${this.#subnet}.0.1`;
    this.#callAddress = `${address} ${String(await this.#calls.listen(address))}`;
    this.#calls.onSftp = (name, socket) => {
      const host = this.#hosts.find((candidate) => candidate.name === name);
      if (host === undefined) socket.destroy();
      else void serveRawSftp(socket, new HostFiles(host.root, path.join(host.root, 'home')));
    };
    this.#control = new WebServer(
      address,
      CONTROL_PORT,
      controlSite(this, this.#switches, () => this.#products),
    );
    await this.#control.open();
    await this.#build();
  }

  set(switchName: string, on: boolean): void {
    this.#switches.set(switchName, on);
  }

  violations(): string[] {
    return this.#judge.violations();
  }

  counters(): Record<string, number> {
    return this.#judge.counters();
  }

  state(product: ProductName): unknown {
    return this.#product(product).state();
  }

  done(product: string): string[] {
    const [name = '', site] = product.split('/');
    return this.#product(name).done(site);
  }

  async reset(): Promise<void> {
    await this.#takeDown();
    this.#pace = new Pace(this.#options.pace ?? 1);
    this.#switches.allOff();
    this.#judge.clear();
    this.#calls.forgetAll();
    await this.#build();
  }

  async stop(): Promise<void> {
    await this.#takeDown();
    await this.#control?.close();
    await this.#calls.close();
  }

  get #client(): string {
    return path.join(this.directory, 'call.mjs');
  }

  #product(name: string): Product {
    const product = this.#products.find((candidate) => candidate.name === name);
    if (product === undefined) throw new Error(`the lab was started without “${name}”; it has: ${this.#options.products.join(', ')}`);
    return product;
  }

  async #build(): Promise<void> {
    this.#products = await Promise.all(
      this.#options.products.map((name) => {
        const build = this.#factories[name];
        if (build === undefined) throw new Error(`the lab does not know the product “${name}”`);
        return build(this.#workshop());
      }),
    );
    // Products make their hosts side by side; lists show them in the order of their addresses.
    this.#hosts.sort((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }));
    await Promise.all(this.#hosts.map((host) => host.appear()));
    const lines = await Promise.all(
      this.#hosts.map(async (host) => knownHostsLine(host.address, SSH_PORT, await keyPair(this.#hostKeyFile(host.name), host.name))),
    );
    await writeFile(this.knownHosts, `${lines.join('\n')}\n`);
  }

  async #takeDown(): Promise<void> {
    this.#pace.stop();
    const [hosts, sites] = [this.#hosts, this.#sites];
    this.#hosts = [];
    this.#sites = [];
    this.#products = [];
    await Promise.all([...hosts.map((host) => host.vanish()), ...sites.map((site) => site.close())]);
  }

  #hostKeyFile(name: string): string {
    return path.join(this.directory, 'host-keys', name);
  }

  #workshop(): Workshop {
    return {
      subnet: this.#subnet,
      pace: this.#pace,
      switches: this.#switches,
      judge: this.#judge,
      host: async (name, suffix, options = {}) => {
        const hostKeyFile = this.#hostKeyFile(name);
        await keyPair(hostKeyFile, name);
        const parts = {
          name,
          address: `${this.#subnet}.${suffix}`,
          directory: path.join(this.directory, 'hosts', name),
          frontDoor: this.#options.frontDoor ?? 'ssh2',
          hostKeyFile,
          clientKey: this.#clientKey,
          callClient: this.#client,
          callAddress: this.#callAddress,
          calls: this.#calls,
          judge: this.#judge,
          pace: this.#pace,
        };
        const host = new Host(parts, options);
        await host.build();
        this.#hosts.push(host);
        return host;
      },
      site: async (suffix, port, site) => {
        const server = new WebServer(`${this.#subnet}.${suffix}`, port, site);
        this.#sites.push(server);
        await server.open();
        return server.url;
      },
      operatorProgram: (name, handler) =>
        installOperatorProgram(this.operatorBin, name, handler, this.#calls, this.#client, this.#callAddress),
    };
  }
}
