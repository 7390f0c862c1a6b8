import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Site, SiteAnswer, SiteRequest, UploadedFile } from './site.js';

/** The web server of one address and port. Closed, it refuses connections as a host without the service does. */
export class WebServer {
  #server: Server | undefined;

  constructor(
    readonly address: string,
    readonly port: number,
    readonly site: Site,
  ) {}

  get url(): string {
    return `http://${this.address}:${String(this.port)}`;
  }

  async open(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((incoming, response) => {
      void serve(this.site, incoming, response);
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, this.address, resolve);
    });
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  }
}

async function serve(site: Site, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const request = await readRequest(incoming);
    const answer = (await site(request)) ?? { kind: 'text', text: 'There is no such page.\n', status: 404 };
    send(answer, request.method, response);
  } catch (error) {
    send(
      { kind: 'text', text: `The lab has a bug: ${error instanceof Error ? error.message : String(error)}\n`, status: 500 },
      'GET',
      response,
    );
  }
}

function send(answer: SiteAnswer, method: string, response: ServerResponse): void {
  const headers: Record<string, string> = { 'cache-control': 'no-store', connection: 'close' };
  let body = '';
  let status = answer.status ?? 200;
  switch (answer.kind) {
    case 'page':
      headers['content-type'] = 'text/html; charset=utf-8';
      body = answer.page.text;
      break;
    case 'json':
      headers['content-type'] = 'application/json';
      body = JSON.stringify(answer.json);
      break;
    case 'text':
      headers['content-type'] = 'text/plain; charset=utf-8';
      if (answer.fileName !== undefined) headers['content-disposition'] = `attachment; filename="${answer.fileName}"`;
      body = answer.text;
      break;
    case 'redirect':
      status = answer.status ?? 303;
      headers['location'] = answer.to;
      break;
  }
  response.writeHead(status, headers);
  response.end(method === 'HEAD' ? '' : body);
}

async function readRequest(incoming: IncomingMessage): Promise<SiteRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(incoming.url ?? '/', 'http://lab');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
  const basic = /^Basic (.+)$/.exec(headers['authorization'] ?? '')?.[1];
  const [user = '', ...password] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString('utf8').split(':');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    ...readBody(headers['content-type'] ?? '', body),
    ...(basic === undefined ? {} : { login: { user, password: password.join(':') } }),
  };
}

function readBody(type: string, body: Buffer): Pick<SiteRequest, 'fields' | 'files'> {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary !== undefined) return readMultipart(body, boundary);
  if (type.startsWith('application/json')) {
    const json = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    return { fields: Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)])), files: {} };
  }
  return { fields: Object.fromEntries(new URLSearchParams(body.toString('utf8'))), files: {} };
}

function readMultipart(body: Buffer, boundary: string): Pick<SiteRequest, 'fields' | 'files'> {
  const fields: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  const mark = Buffer.from(`--${boundary}`);
  let from = body.indexOf(mark);
  while (from >= 0) {
    const to = body.indexOf(mark, from + mark.length);
    if (to < 0) break;
    const part = body.subarray(from + mark.length + 2, to - 2);
    const split = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, split).toString('utf8');
    const content = part.subarray(split + 4);
    const name = /\bname="([^"]*)"/.exec(head)?.[1] ?? '';
    const fileName = /\bfilename="([^"]*)"/.exec(head)?.[1];
    if (fileName === undefined) fields[name] = content.toString('utf8');
    else files[name] = { name: fileName, bytes: Buffer.from(content) };
    from = to;
  }
  return { fields, files };
}
