import assert from 'node:assert/strict';
import { CERTIFICATE_FILE, KEY_FILE } from '../../../lab/certificates/shop.js';
import type { Lab } from '../../../lab/index.js';
import { ssh } from '../core/sshClient.js';
import type { Ran } from '../core/sshClient.js';

/** What a server says it serves. */
export interface Served {
  readonly serial: string;
  readonly name: string;
  readonly days_left: number;
}

/** What the authority answers to a signing request. */
export interface Issued {
  readonly serial: string;
  readonly certificate: string;
}

/** Does by hand what the runbook does, on one lab. */
export class Operator {
  constructor(
    readonly lab: Lab,
    readonly subnet: string,
  ) {}

  ssh(server: number, command: string): Promise<Ran> {
    return ssh(`${this.subnet}.4.1${String(server)}`, this.lab.identity, command);
  }

  /** Runs a command that has to succeed; resolves with what it printed. */
  async on(server: number, command: string): Promise<string> {
    const ran = await this.ssh(server, command);
    assert.equal(ran.code, 0, `${command}: ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  }

  async served(server: number): Promise<Served> {
    return (await (await fetch(`http://${this.subnet}.4.1${String(server)}:8080/status.json`)).json()) as Served;
  }

  authority(path: string, options: { method?: string; body?: Record<string, unknown>; token?: string } = {}): Promise<Response> {
    const authorization = `Bearer ${options.token ?? 'lab-authority-token'}`;
    return fetch(`http://${this.subnet}.4.5:8080${path}`, {
      method: options.method ?? 'GET',
      ...(options.body === undefined
        ? { headers: { authorization } }
        : { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(options.body) }),
    });
  }

  async backUp(server: number): Promise<void> {
    await this.on(server, `cp -p ${CERTIFICATE_FILE} ${CERTIFICATE_FILE}.previous && cp -p ${KEY_FILE} ${KEY_FILE}.previous`);
  }

  /** Makes a key beside the present one; resolves with the signing request. */
  request(server: number): Promise<string> {
    return this.on(server, `openssl req -new -newkey rsa:3072 -nodes -keyout ${KEY_FILE}.next -subj /CN=${this.nameOf(server)}`);
  }

  async issue(csr: string): Promise<Issued> {
    const answer = await this.authority('/certificates', { method: 'POST', body: { csr, days: 90 } });
    assert.equal(answer.status, 201);
    return (await answer.json()) as Issued;
  }

  /** Puts an issued certificate, and the key that was made for it, in place. */
  async install(server: number, { certificate }: Issued): Promise<void> {
    await this.on(server, `printf '%s' '${certificate}' | dd of=${CERTIFICATE_FILE} status=none && mv ${KEY_FILE}.next ${KEY_FILE}`);
  }

  async reload(server: number): Promise<void> {
    await this.on(server, 'systemctl reload shop');
  }

  async putBack(server: number): Promise<void> {
    await this.on(server, `cp -p ${CERTIFICATE_FILE}.previous ${CERTIFICATE_FILE} && cp -p ${KEY_FILE}.previous ${KEY_FILE}`);
  }

  /** Everything up to the reload. */
  async prepare(server: number, options: { readonly backup?: boolean } = {}): Promise<Issued> {
    if (options.backup !== false) await this.backUp(server);
    const issued = await this.issue(await this.request(server));
    await this.install(server, issued);
    return issued;
  }

  nameOf(server: number): string {
    return `shop-${String(server)}.example.com`;
  }

  /** Violations without their times. */
  violations(): string[] {
    return this.lab.violations().map((sentence) => sentence.slice(sentence.indexOf(' ') + 1));
  }
}
