import type { Host } from '../core/host.js';
import type { Pace } from '../core/pace.js';
import { certificateIn, certificateText, keyIn, keyText, newKey, publicKeyOf } from './documents.js';
import type { Certificate, PrivateKey } from './documents.js';
import type { CertificateSwitches } from './misbehaviours.js';
import type { Rotation } from './rotation.js';
import { CERTIFICATE_FILE, KEY_FILE, SERVICE, TLS_PORT } from './shop.js';

/** How long a web server takes to start and to load a certificate, in milliseconds at pace 1. */
const START_MS = 800;
const LOAD_MS = 600;

const LOG = '/var/log/shop.log';

/** A certificate and its key, as a web server holds them in memory. */
export interface Pair {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
}

/** One web server. It serves what it has loaded; files count when it starts or reloads. */
export class Server {
  running = false;
  #pair: Pair | undefined;
  #pid: number | undefined;

  constructor(
    readonly rotation: Rotation,
    readonly host: Host,
    /** The host name its certificate has to be for. */
    readonly name: string,
    readonly pace: Pace,
    readonly switches: CertificateSwitches,
  ) {}

  /** The certificate that clients get; undefined while the server is down. */
  get served(): Certificate | undefined {
    return this.running ? this.#pair?.certificate : undefined;
  }

  /** Puts the service and a first certificate, signed by `sign`, onto the host. */
  async setUp(sign: (publicKey: string) => Certificate): Promise<void> {
    const key = newKey();
    await this.host.write(KEY_FILE, keyText(key), 0o600);
    await this.host.write(CERTIFICATE_FILE, certificateText(sign(publicKeyOf(key))));
    await this.host.service(SERVICE, 'inactive', { start: () => this.start(), stop: () => this.stop(), reload: () => this.reload() });
    await this.#runs(this.#load());
  }

  async start(): Promise<number> {
    if (this.running) return 0;
    await this.pace.pause(START_MS);
    const pair = this.#load();
    if (pair === undefined) return 1;
    this.rotation.changes(this, this.#pair, pair);
    await this.#runs(pair);
    return 0;
  }

  async stop(): Promise<number> {
    this.running = false;
    await Promise.all([
      this.host.closeWeb(),
      this.host.closePort(TLS_PORT),
      this.#pid === undefined ? undefined : this.host.endProcess(this.#pid),
      this.host.serviceState(SERVICE, 'inactive'),
    ]);
    return 0;
  }

  /** Takes the files anew. With files that do not fit it goes on as before. */
  async reload(): Promise<number> {
    if (!this.running) return 1;
    const pair = this.#load();
    if (pair === undefined) return 1;
    if (this.switches.on('cert.reload_keeps_old')) return 0;
    this.rotation.changes(this, this.#pair, pair);
    await this.pace.pause(LOAD_MS);
    this.#pair = pair;
    this.#log(`serves ${pair.certificate.serial}`);
    return 0;
  }

  /** The host went down; a boot brings the service back. */
  lost(): void {
    this.running = false;
  }

  /** Comes back with the host; false when it cannot. */
  async boots(): Promise<boolean> {
    const pair = this.#load();
    await this.host.serviceState(SERVICE, 'inactive');
    if (pair === undefined) return false;
    this.rotation.changes(this, this.#pair, pair);
    await this.#runs(pair);
    return true;
  }

  /** The pair in the files; undefined, with a line in the log, when it cannot be used. */
  #load(): Pair | undefined {
    const certificate = certificateIn(this.host.read(CERTIFICATE_FILE));
    const key = keyIn(this.host.read(KEY_FILE));
    if (certificate !== undefined && key !== undefined && certificate.publicKey === publicKeyOf(key)) return { certificate, key };
    this.#log(
      certificate === undefined || key === undefined ? 'certificate or key cannot be read' : 'the key does not match the certificate',
    );
    return undefined;
  }

  #log(line: string): void {
    void this.host.write(LOG, `${this.host.read(LOG)}${line}\n`);
  }

  async #runs(pair: Pair | undefined): Promise<void> {
    if (pair === undefined) throw new Error(`${this.host.name} has no certificate to begin with`);
    this.#pair = pair;
    this.running = true;
    this.#log(`started, serves ${pair.certificate.serial}`);
    this.#pid = await this.host.startProcess('shop', 'shop-server', `/usr/sbin/shop-server --port ${String(TLS_PORT)}`);
    await this.host.openPort(TLS_PORT);
    await this.host.serviceState(SERVICE, 'active');
    await this.host.openWeb();
  }
}
