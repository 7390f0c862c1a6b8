import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { guardedLookup, mayAsk, RefusedAddress } from './address.js';

/** One web request. Values are sent as they are; nothing is followed, kept or tried again. */
export interface HttpRequest {
  /** Absolute, http or https, without user and password in it. */
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?:
    { readonly form: Readonly<Record<string, string>> } | { readonly json: Readonly<Record<string, string | number | boolean>> };
  readonly basic?: { readonly user: string; readonly password: string };
  /** From the first try to connect to the last byte of the answer. Default {@link DEFAULT_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
  /** Called right before a socket is opened; throws where none may be. */
  readonly assertMayAct: () => void;
}

/** An answer, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text, at most {@link BODY_LIMIT} bytes of it. */
  readonly body: string;
  readonly truncated: boolean;
}

export type HttpTroubleReason =
  'invalid' | 'refused_address' | 'name' | 'nothing_listens' | 'connection' | 'certificate' | 'timeout' | 'aborted';

/** A request got no answer. */
export class HttpTrouble extends Error {
  override readonly name = 'HttpTrouble';
  constructor(
    readonly reason: HttpTroubleReason,
    message: string,
    /** True when the request may have reached the server: nobody can know what it did there. */
    readonly sent: boolean,
  ) {
    super(message);
  }
}

/** Bytes of a body that are kept. */
export const BODY_LIMIT = 1024 * 1024;

export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Sends one request from this machine. Rejects with {@link HttpTrouble} when there is no whole answer, and with what `assertMayAct` throws.
 * Link-local and cloud metadata addresses are refused, after the name has been looked up and on the very address that is connected to.
 */
export async function request(options: HttpRequest): Promise<HttpResponse> {
  const url = checkedUrl(options.url);
  const body = encodeBody(options.body);
  const headers = { ...lowerCased(options.headers ?? {}) };
  if (body !== undefined) {
    headers['content-type'] ??= body.type;
    headers['content-length'] = String(Buffer.byteLength(body.text));
  }
  if (options.basic !== undefined) {
    headers['authorization'] = `Basic ${Buffer.from(`${options.basic.user}:${options.basic.password}`, 'utf8').toString('base64')}`;
  }
  options.assertMayAct();
  return send(options, url, headers, body?.text);
}

function send(options: HttpRequest, url: URL, headers: Record<string, string>, body: string | undefined): Promise<HttpResponse> {
  const place = `${url.origin}${url.pathname}`;
  return new Promise((resolve, reject) => {
    let sent = false;
    const limit = new AbortController();
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timer = setTimeout(() => limit.abort(), timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      if (options.signal.aborted) reject(new HttpTrouble('aborted', `the request to ${place} was cut short`, sent));
      else if (limit.signal.aborted)
        reject(new HttpTrouble('timeout', `${place} gave no answer within ${String(timeoutMs / 1000)} s`, sent));
      else reject(translate(error, place, sent));
    };
    try {
      const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
        method: options.method,
        headers,
        agent: false,
        lookup: guardedLookup,
        // Said here, so that no variable of the environment says otherwise.
        rejectUnauthorized: true,
        signal: AbortSignal.any([options.signal, limit.signal]),
      });
      outgoing.on('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (sent = true)));
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        readBody(incoming).then(({ text, truncated }) => {
          clearTimeout(timer);
          resolve({ status: Number(incoming.statusCode), headers: flat(incoming.headers), body: text, truncated });
        }, fail);
      });
      outgoing.end(body);
    } catch (error) {
      clearTimeout(timer);
      reject(new HttpTrouble('invalid', `the request to ${place} cannot be sent: ${(error as Error).message}`, false));
    }
  });
}

function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new HttpTrouble('invalid', `"${text}" is not an absolute web address`, false);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new HttpTrouble('invalid', `"${text}" is not a web address; only http and https are asked`, false);
  if (url.username !== '' || url.password !== '') {
    throw new HttpTrouble('invalid', `the address of ${url.host} contains a login; give it as \`user\` and \`password\``, false);
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !mayAsk(literal)) throw new HttpTrouble('refused_address', new RefusedAddress(literal).message, false);
  return url;
}

function translate(error: Error, place: string, sent: boolean): HttpTrouble {
  if (error instanceof RefusedAddress) return new HttpTrouble('refused_address', error.message, false);
  const code = String((error as NodeJS.ErrnoException).code);
  // A name with several addresses fails with one error for each, and no message of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const cause = first instanceof Error && error.message === '' ? first.message : error.message;
  if (code === 'ECONNREFUSED') return new HttpTrouble('nothing_listens', `nothing listens at ${place}`, false);
  if (/^(ENOTFOUND|EAI_)/.test(code)) return new HttpTrouble('name', `the name of ${place} is not known`, false);
  if (/CERT|SIGNATURE|SELF_SIGNED|ISSUER|ALTNAME/.test(code)) {
    return new HttpTrouble(
      'certificate',
      `the certificate of ${place} is not trusted (${cause}); add its authority through NODE_EXTRA_CA_CERTS`,
      false,
    );
  }
  return new HttpTrouble('connection', `no answer from ${place}: ${cause}`, sent);
}

async function readBody(incoming: http.IncomingMessage): Promise<{ text: string; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, Math.max(0, BODY_LIMIT - size)));
    size += chunk.length;
    if (size > BODY_LIMIT) break;
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), truncated: size > BODY_LIMIT };
}

function encodeBody(body: HttpRequest['body']): { type: string; text: string } | undefined {
  if (body === undefined) return undefined;
  if ('form' in body) return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams({ ...body.form }).toString() };
  return { type: 'application/json', text: JSON.stringify(body.json) };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}
