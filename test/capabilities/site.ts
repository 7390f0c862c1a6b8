import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a site answers: `json` or `text`, or where it redirects to. */
export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly location?: string;
}

/** Answers a request such as `GET /login`; `count` is 1 for the first of its kind. */
export type Pages = (request: string, count: number, headers: IncomingHttpHeaders) => Answer | undefined;

/** A web site that stands in for that of a product while `use` works. */
export async function withSite<Result>(pages: Pages, use: (url: string, requests: readonly string[]) => Promise<Result>): Promise<Result> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const name = `${request.method ?? ''} ${request.url ?? ''}`;
    requests.push(name);
    request.resume();
    const answer = pages(name, requests.filter((other) => other === name).length, request.headers);
    const body = answer?.json === undefined ? (answer?.text ?? '') : JSON.stringify(answer.json);
    response.writeHead(answer?.status ?? (answer === undefined ? 404 : answer.location === undefined ? 200 : 302), {
      'content-type': answer?.json === undefined ? 'text/html' : 'application/json',
      connection: 'close',
      ...(answer?.location === undefined ? {} : { location: answer.location }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, requests);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
