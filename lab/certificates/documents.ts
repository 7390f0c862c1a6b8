import { createHash, randomBytes } from 'node:crypto';

const DAY_MS = 86_400_000;

/** What stands in a certificate of the lab. */
export interface Certificate {
  readonly serial: string;
  /** The host name it is for. */
  readonly name: string;
  /** End of its validity, as an ISO date and time in UTC. */
  readonly notAfter: string;
  readonly publicKey: string;
}

export interface PrivateKey {
  readonly secret: string;
}

export interface SigningRequest {
  readonly name: string;
  readonly publicKey: string;
}

type Kind = 'CERTIFICATE' | 'PRIVATE KEY' | 'CERTIFICATE REQUEST';

/** Looks like the file of the real thing. The content is JSON, and no cryptography protects it. */
function encode(kind: Kind, content: Certificate | PrivateKey | SigningRequest): string {
  const lines =
    Buffer.from(JSON.stringify(content))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
}

function decode(kind: Kind, text: string): unknown {
  const [begin, end] = [`-----BEGIN ${kind}-----`, `-----END ${kind}-----`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(Buffer.from(text.slice(from + begin.length, to), 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

export function certificateText(certificate: Certificate): string {
  return encode('CERTIFICATE', certificate);
}

/** The certificate in a text; undefined when there is none. */
export function certificateIn(text: string): Certificate | undefined {
  return decode('CERTIFICATE', text) as Certificate | undefined;
}

export function keyText(key: PrivateKey): string {
  return encode('PRIVATE KEY', key);
}

/** The private key in a text; undefined when there is none. */
export function keyIn(text: string): PrivateKey | undefined {
  return decode('PRIVATE KEY', text) as PrivateKey | undefined;
}

export function requestText(request: SigningRequest): string {
  return encode('CERTIFICATE REQUEST', request);
}

/** The signing request in a text; undefined when there is none. */
export function requestIn(text: string): SigningRequest | undefined {
  return decode('CERTIFICATE REQUEST', text) as SigningRequest | undefined;
}

export function newKey(): PrivateKey {
  return { secret: randomBytes(24).toString('hex') };
}

/** The public half of a private key. */
export function publicKeyOf(key: PrivateKey): string {
  return createHash('sha256').update(key.secret).digest('hex');
}

/** The moment that lies this many days ahead, as it stands in a certificate. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

/** Days until a certificate ends, rounded; negative when it has ended. */
export function daysLeft({ notAfter }: Certificate): number {
  return Math.round((Date.parse(notAfter) - Date.now()) / DAY_MS);
}
