import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FORMS, lineWith } from './forms.js';

/** A web server that answers every request with all canaries in their forms, and more than is ever shown of an answer. */
export interface Echo {
  readonly url: string;
  close(): Promise<void>;
}

export async function startEcho(secrets: readonly string[], padding: number): Promise<Echo> {
  const body = `${'.'.repeat(padding)}${FORMS.map((form, index) => lineWith(form, index, secrets[index] ?? '')).join('')}`;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('location', `/next?token=${encodeURIComponent(secrets[4] ?? '')}`);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
