import { statSync } from 'node:fs';
import path from 'node:path';
import type { Judge } from '../core/judge.js';
import type { Authority } from './authority.js';
import { certificateIn, daysLeft, keyIn } from './documents.js';
import type { Pair, Server } from './server.js';
import { CERTIFICATE_FILE, GOOD_FOR_DAYS, KEY_FILE, TLS_DIRECTORY } from './shop.js';

/** Watches over the web servers while their certificates are replaced. */
export class Rotation {
  readonly servers: Server[] = [];
  /** Servers with a new certificate that nobody has looked at yet, with its serial number. */
  readonly #unseen = new Map<Server, string>();
  /** Serial numbers every server has served: to go back to one of them is not a rotation. */
  readonly #before = new Map<Server, Set<string>>();

  constructor(
    readonly judge: Judge,
    readonly authority: Authority,
  ) {}

  /** A server takes a pair into use: writes down what is wrong about that now. */
  changes(server: Server, old: Pair | undefined, next: Pair): void {
    if (old === undefined || old.certificate.serial === next.certificate.serial) return;
    const { name } = server.host;
    const before = this.#before.get(server) ?? new Set();
    this.#before.set(server, before.add(old.certificate.serial));
    this.judge.count(name, 'new_certificate');
    for (const other of this.#unseen.keys())
      if (other !== server)
        this.judge.violation(`${name} got another certificate before anybody had looked at what ${other.host.name} serves`);
    if (next.certificate.name !== server.name)
      this.judge.violation(`${name} serves a certificate for ${next.certificate.name}, not for ${server.name}`);
    if (keyIsOpen(server)) this.judge.violation(`the private key of ${name} can be read by everybody`);
    if (!before.has(next.certificate.serial) && !isKept(server, old))
      this.judge.violation(`${name} got another certificate, and the old one was not kept with its key`);
    this.#unseen.set(server, next.certificate.serial);
  }

  /** Somebody looks at what a server serves. */
  look(server: Server): void {
    if (server.served?.serial === this.#unseen.get(server)) this.#unseen.delete(server);
  }

  /** What is still wrong with the end state. */
  done(): string[] {
    return this.servers.flatMap((server) => {
      const { host, served } = server;
      if (served === undefined) return [`${host.name} does not run`];
      const wrong: string[] = [];
      if (daysLeft(served) < GOOD_FOR_DAYS) wrong.push(`${host.name} serves a certificate that ends in ${String(daysLeft(served))} days`);
      if (served.name !== server.name) wrong.push(`${host.name} serves a certificate for ${served.name}`);
      if (this.authority.revoked(served.serial)) wrong.push(`${host.name} serves a certificate that was revoked`);
      if (certificateIn(host.read(CERTIFICATE_FILE))?.serial !== served.serial)
        wrong.push(`${host.name} does not serve the certificate in its files`);
      return wrong;
    });
  }

  state(): unknown {
    return {
      servers: this.servers.map(({ host, name, running, served }) => ({
        name: host.name,
        host_name: name,
        running,
        serial: served?.serial ?? '',
        certificate_for: served?.name ?? '',
        not_after: served?.notAfter ?? '',
      })),
      authority: this.authority.list(),
    };
  }
}

/** True when other files of the directory still hold both halves of a pair. */
function isKept({ host }: Server, { certificate, key }: Pair): boolean {
  const texts = host
    .list(TLS_DIRECTORY)
    .map((file) => `${TLS_DIRECTORY}/${file}`)
    .filter((file) => file !== CERTIFICATE_FILE && file !== KEY_FILE)
    .map((file) => host.read(file));
  return (
    texts.some((text) => certificateIn(text)?.serial === certificate.serial) && texts.some((text) => keyIn(text)?.secret === key.secret)
  );
}

function keyIsOpen({ host }: Server): boolean {
  return (statSync(path.join(host.root, KEY_FILE)).mode & 0o007) !== 0;
}
