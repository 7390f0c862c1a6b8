import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on a free loopback port, with what it was asked. */
export interface WebServer {
  readonly url: string;
  readonly asked: { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string }[];
  stop(): Promise<void>;
}

export async function webServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<WebServer> {
  const asked: WebServer['asked'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
