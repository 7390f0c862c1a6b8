import type { Judge } from '../core/judge.js';
import { html, page } from '../core/web/html.js';
import type { Site, SiteAnswer, SiteRequest } from '../core/web/site.js';
import { certificateText, daysLeft, inDays, newKey, publicKeyOf, requestIn } from './documents.js';
import type { Certificate } from './documents.js';
import type { CertificateSwitches } from './misbehaviours.js';
import { AUTHORITY_TOKEN, GOOD_FOR_DAYS } from './shop.js';

/** Longest validity the authority grants, in days. */
const MOST_DAYS = 398;

/** A host the authority issues certificates for. */
export interface Subject {
  readonly name: string;
  readonly served: Certificate | undefined;
}

/** The certificate authority: `/certificates`, `/hosts/NAME` for the newest of a host, and `/account` to try an access token on. */
export class Authority {
  readonly #issued = new Map<string, { readonly certificate: Certificate; revoked: boolean }>();
  #subjects: readonly Subject[] = [];

  constructor(
    readonly name: string,
    readonly judge: Judge,
    readonly switches: CertificateSwitches,
  ) {}

  /** From now on certificates are issued for these. */
  serve(subjects: readonly Subject[]): void {
    this.#subjects = subjects;
  }

  /** Signs a certificate without being asked by anybody. Used for the starting state. */
  sign(name: string, publicKey: string, days: number): Certificate {
    const serial = `4A${String(this.#issued.size + 1).padStart(6, '0')}`;
    const certificate = { serial, name, notAfter: inDays(days), publicKey };
    this.#issued.set(serial, { certificate, revoked: false });
    return certificate;
  }

  revoked(serial: string): boolean {
    return this.#issued.get(serial)?.revoked === true;
  }

  /** Every certificate and its status, as JSON. */
  list(): readonly object[] {
    return [...this.#issued.keys()].flatMap((serial) => this.#picture(serial) ?? []);
  }

  readonly site: Site = (request) => {
    if (this.switches.on('cert.authority_closed')) return { kind: 'text', text: 'The authority is closed.\n', status: 503 };
    if (request.method === 'GET' && request.path === '/') return { kind: 'page', page: this.#page() };
    if (request.headers['authorization'] !== `Bearer ${AUTHORITY_TOKEN}`) return refusal(401, 'an access token is needed');
    if (request.method === 'GET' && request.path === '/account') return { kind: 'json', json: { may: ['issue', 'revoke'] } };
    if (request.method === 'POST' && request.path === '/certificates') return this.#issue(request);
    const name = /^\/hosts\/([\w.-]+)$/.exec(request.path)?.[1];
    if (name !== undefined && request.method === 'GET') return this.#newest(name);
    const serial = /^\/certificates\/(\w+)$/.exec(request.path)?.[1];
    return serial === undefined ? undefined : this.#certificate(serial, request.method);
  };

  #issue({ fields }: SiteRequest): SiteAnswer {
    const asked = requestIn(fields['csr'] ?? '');
    const days = Number(fields['days']);
    const subject = this.#subjects.find(({ name }) => name === asked?.name);
    if (asked === undefined || subject === undefined) return refusal(422, 'csr must be a signing request for a known host name');
    if (!(days >= 1 && days <= MOST_DAYS)) return refusal(422, `days must be a number from 1 to ${String(MOST_DAYS)}`);
    this.judge.count(this.name, `issue_${asked.name}`);
    if (subject.served !== undefined && daysLeft(subject.served) > GOOD_FOR_DAYS)
      this.judge.violation(
        `a certificate was issued for ${asked.name}, whose present one is good for ${String(daysLeft(subject.served))} days`,
      );
    const other = this.#subjects.find(({ name }) => name !== asked.name)?.name ?? asked.name;
    const certificate = this.sign(
      this.switches.on('cert.wrong_name') ? other : asked.name,
      this.switches.on('cert.wrong_key') ? publicKeyOf(newKey()) : asked.publicKey,
      days,
    );
    const json = { serial: certificate.serial, not_after: certificate.notAfter, certificate: certificateText(certificate) };
    return { kind: 'json', json, status: 201 };
  }

  #certificate(serial: string, method: string): SiteAnswer | undefined {
    const found = this.#issued.get(serial);
    if (found === undefined) return refusal(404, `no certificate has the serial number ${serial}`);
    if (method === 'DELETE') {
      this.judge.count(this.name, 'revoke');
      found.revoked = true;
    } else if (method !== 'GET') return undefined;
    return { kind: 'json', json: this.#picture(serial) };
  }

  #newest(name: string): SiteAnswer {
    const newest = [...this.#issued.values()].findLast(({ certificate }) => certificate.name === name);
    if (newest === undefined) return refusal(404, `${name} has no certificate`);
    return { kind: 'json', json: this.#picture(newest.certificate.serial) };
  }

  #picture(serial: string): object | undefined {
    const found = this.#issued.get(serial);
    if (found === undefined) return undefined;
    const { name, notAfter } = found.certificate;
    return { serial, name, not_after: notAfter, status: found.revoked ? 'revoked' : 'good' };
  }

  #page(): ReturnType<typeof page> {
    const rows = [...this.#issued.values()].map(
      ({ certificate, revoked }) =>
        html`<tr>
          <td>${certificate.serial}</td>
          <td>${certificate.name}</td>
          <td>${certificate.notAfter}</td>
          <td>${revoked ? 'revoked' : 'good'}</td>
        </tr>`,
    );
    return page(
      'Certificate authority',
      [{ label: 'Certificates', href: '/' }],
      html`<table>
        <tr>
          <th>Serial number</th>
          <th>Host name</th>
          <th>Valid until</th>
          <th>Status</th>
        </tr>
        ${rows}
      </table>`,
    );
  }
}

function refusal(status: number, error: string): SiteAnswer {
  return { kind: 'json', json: { error }, status };
}
