import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { guarded } from '../../../src/engine/http/address.js';
import { BODY_LIMIT, HttpTrouble, request } from '../../../src/engine/http/request.js';
import type { HttpRequest } from '../../../src/engine/http/request.js';
import { webServer } from '../probes/support/webServer.js';
import type { WebServer } from '../probes/support/webServer.js';

const ask = (options: Partial<HttpRequest> & { url: string }): ReturnType<typeof request> =>
  request({ method: 'GET', signal: new AbortController().signal, assertMayAct: () => undefined, ...options });

const reasonOf = (options: Partial<HttpRequest> & { url: string }): Promise<string> =>
  ask(options).then(
    ({ status }) => String(status),
    (error: unknown) => (error instanceof HttpTrouble ? error.reason : String(error)),
  );

/** A server that says exactly this, byte for byte. */
async function saying(talk: (socket: Socket) => void): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    stop: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('web requests to a hostile server', () => {
  let other: WebServer;
  let server: WebServer;
  before(async () => {
    other = await webServer((_, response) => response.end('elsewhere'));
    server = await webServer((incoming, response) => {
      const to = new URL(incoming.url ?? '/', 'http://x').searchParams.get('to');
      if (to !== null) response.writeHead(307, { location: to }).end();
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
    });
  });
  after(async () => {
    await server.stop();
    await other.stop();
  });

  it('follow no redirect, so that no login is carried elsewhere', async () => {
    for (const to of [
      `${other.url}/x`,
      'http://169.254.169.254/latest/',
      'http://[::ffff:a9fe:a9fe]/',
      'file:///etc/passwd',
      '//example.com/',
      '/again',
      'gopher://x',
    ]) {
      const answer = await ask({
        url: `${server.url}/?to=${encodeURIComponent(to)}`,
        basic: { user: 'u', password: 'p' },
        headers: { cookie: 'c' },
      });
      assert.deepEqual([answer.status, answer.headers['location']], [307, to]);
    }
    assert.equal(other.asked.length, 0);
    assert.ok(server.asked.every(({ path }) => path?.startsWith('/?to=') === true));
  });

  it('unpack nothing: a small answer stays small', async () => {
    const answer = await ask({ url: server.url });
    assert.equal(server.asked.at(-1)?.headers['accept-encoding'], undefined);
    assert.ok(answer.body.length < BODY_LIMIT && !answer.truncated);
  });

  it('take no header or line of their own from a value', async () => {
    const before = server.asked.length;
    for (const value of ['a\r\nX-Injected: b', 'a\nb', 'a\rb', 'a\0b', '\u010a', 'a\r\n\r\nGET /second HTTP/1.1\r\n\r\n'])
      assert.equal(await reasonOf({ url: server.url, headers: { 'X-A': value } }), 'invalid', JSON.stringify(value));
    for (const name of ['X A', 'X\r\nY', 'X:Y', '', 'é'])
      assert.equal(await reasonOf({ url: server.url, headers: { [name]: 'b' } }), 'invalid', JSON.stringify(name));
    for (const method of ['GET / HTTP/1.1\r\nX: y', 'G T']) assert.equal(await reasonOf({ url: server.url, method }), 'invalid', method);
    assert.equal(server.asked.length, before);
    for (const path of ['/a b', '/a\r\nX-Injected: b', '/a\tb', '/é', '/%0d%0aX: y', '/..\\..\\x'])
      await ask({ url: `${other.url}${path}` });
    assert.ok(other.asked.every(({ headers }) => !('x-injected' in headers) && !('x' in headers)));
  });

  it('end by themselves when a server trickles, floods or repeats', async () => {
    const trickle = await saying((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('X: y\r\n'), 20);
      socket.once('close', () => clearInterval(timer));
    });
    const headers = await saying((socket) => void socket.write(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(200_000)}\r\n\r\n`));
    const hints = await saying((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5);
      socket.once('close', () => clearInterval(timer));
    });
    const endless = await saying((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const timer = setInterval(() => socket.write('z'.repeat(65_536)), 1);
      socket.once('close', () => clearInterval(timer));
    });
    const split = await saying(
      (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET'),
    );
    try {
      assert.equal(await reasonOf({ url: trickle.url, timeoutMs: 300 }), 'timeout');
      assert.equal(await reasonOf({ url: hints.url, timeoutMs: 300 }), 'timeout');
      assert.equal(await reasonOf({ url: headers.url }), 'connection');
      assert.equal((await ask({ url: endless.url })).truncated, true);
      assert.equal(await reasonOf({ url: split.url }), 'connection');
    } finally {
      for (const { stop } of [trickle, headers, hints, endless, split]) await stop();
    }
  });

  it('go to the very address that was looked at, whatever the name says a moment later', async () => {
    let asked = 0;
    const answers = [['127.0.0.1'], ['169.254.169.254'], ['127.0.0.1', '169.254.169.254'], ['::ffff:169.254.169.254']] as const;
    const rebinding = ((_name: string, _options: object, done: (error: null, found: { address: string; family: number }[]) => void) => {
      const found = answers[asked++ % answers.length] ?? [];
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) as unknown as Parameters<typeof guarded>[0];
    const given = (): Promise<unknown> =>
      new Promise((resolve) => {
        guarded(rebinding)('rebinding.example.com', { all: true }, (error, found) => resolve(error?.name ?? found));
      });
    assert.deepEqual(await given(), [{ address: '127.0.0.1', family: 4 }]);
    assert.equal(await given(), 'RefusedAddress');
    assert.equal(await given(), 'RefusedAddress');
    assert.equal(await given(), 'RefusedAddress');
    assert.equal(asked, 4);
  });

  it('take no proxy and no leave to skip certificates from the environment', async function () {
    const folder = mkdtempSync(join(tmpdir(), 'runbook-tls-'));
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const made = spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=example.com',
      '-keyout',
      key,
      '-out',
      cert,
    ]);
    if (made.status !== 0) this.skip();
    const secure = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end('trusted'));
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const names = {
      http_proxy: server.url,
      HTTP_PROXY: server.url,
      ALL_PROXY: server.url,
      NODE_USE_ENV_PROXY: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    const before = { ...process.env };
    const asked = server.asked.length;
    Object.assign(process.env, names);
    try {
      assert.equal((await ask({ url: other.url })).body, 'elsewhere');
      assert.equal(server.asked.length, asked);
      const { port } = secure.address() as AddressInfo;
      assert.equal(await reasonOf({ url: `https://127.0.0.1:${String(port)}/` }), 'certificate');
    } finally {
      secure.closeAllConnections();
      secure.close();
      rmSync(folder, { recursive: true });
      for (const name of Object.keys(names)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });
});
