import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { guardedLookup, mayAsk } from '../../../src/engine/http/address.js';
import { BODY_LIMIT, HttpTrouble, request } from '../../../src/engine/http/request.js';
import type { HttpRequest } from '../../../src/engine/http/request.js';
import { webServer } from '../probes/support/webServer.js';
import type { WebServer } from '../probes/support/webServer.js';

const ask = (options: Partial<HttpRequest> & { url: string }): ReturnType<typeof request> =>
  request({ method: 'GET', signal: new AbortController().signal, assertMayAct: () => undefined, ...options });

async function trouble(options: Partial<HttpRequest> & { url: string }): Promise<HttpTrouble> {
  try {
    await ask(options);
  } catch (error) {
    assert.ok(error instanceof HttpTrouble, String(error));
    return error;
  }
  throw new Error('there was an answer');
}

describe('web requests', () => {
  let server: WebServer;
  before(async () => {
    server = await webServer((incoming, response) => {
      if (incoming.url === '/large') response.end(Buffer.alloc(BODY_LIMIT + 5, 'x'));
      else if (incoming.url === '/never') response.write('begun');
      else response.writeHead(201, { 'x-a': 'b', 'set-cookie': ['c=1', 'd=2'] }).end('grüß dich');
    });
  });
  after(() => server.stop());

  it('sends method, headers, login and body, and returns the answer as text', async () => {
    const answer = await ask({
      url: `${server.url}/form?x=1`,
      method: 'PUT',
      headers: { 'X-Test': 'yes' },
      basic: { user: 'ü', password: 'p:w' },
      body: { form: { a: '1 2', b: '&=' } },
    });
    const asked = server.asked.at(-1);
    assert.deepEqual(
      [asked?.method, asked?.path, asked?.body, asked?.headers['x-test'], asked?.headers['content-type']],
      ['PUT', '/form?x=1', 'a=1+2&b=%26%3D', 'yes', 'application/x-www-form-urlencoded'],
    );
    assert.equal(Buffer.from(asked?.headers.authorization?.slice(6) ?? '', 'base64').toString(), 'ü:p:w');
    assert.deepEqual([answer.status, answer.body, answer.headers['set-cookie'], answer.truncated], [201, 'grüß dich', 'c=1, d=2', false]);
  });

  it('sends flat JSON', async () => {
    await ask({ url: server.url, method: 'POST', body: { json: { name: 'é', count: 2, on: false } } });
    assert.equal(server.asked.at(-1)?.body, '{"name":"é","count":2,"on":false}');
    assert.equal(server.asked.at(-1)?.headers['content-type'], 'application/json');
  });

  it('keeps the first mebibyte of a body', async () => {
    const answer = await ask({ url: `${server.url}/large` });
    assert.equal(answer.body.length, BODY_LIMIT);
    assert.equal(answer.truncated, true);
  });

  it('ends at the time limit and with the signal, and says that the request was sent', async () => {
    const late = await trouble({ url: `${server.url}/never`, timeoutMs: 150 });
    assert.deepEqual([late.reason, late.sent], ['timeout', true]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const cut = await trouble({ url: `${server.url}/never`, signal: controller.signal });
    assert.deepEqual([cut.reason, cut.sent], ['aborted', true]);
  });

  it('is certain that nothing was sent where nothing listens', async () => {
    const nobody = await trouble({ url: 'http://127.0.0.1:1/x', method: 'POST' });
    assert.deepEqual([nobody.reason, nobody.sent], ['nothing_listens', false]);
  });

  it('says that a name is not known, and is certain that nothing was sent', async () => {
    const nobody = await trouble({ url: 'http://nobody.invalid/x', method: 'POST' });
    assert.deepEqual([nobody.reason, nobody.sent, nobody.message], ['name', false, 'the name of http://nobody.invalid/x is not known']);
  });

  it('says that nothing listens at any address of a name', async () => {
    assert.equal((await trouble({ url: 'http://localhost:1/' })).message, 'nothing listens at http://localhost:1/');
  });

  it('does not take plain text for TLS', async () => {
    const port = new URL(server.url).port;
    const wrong = await trouble({ url: `https://127.0.0.1:${port}/` });
    assert.deepEqual([wrong.reason, wrong.sent], ['connection', false]);
  });

  it('survives a server that answers nonsense', async () => {
    const nonsense = createServer((socket) => socket.resume().end('SSH-2.0-nonsense\r\n'));
    await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve));
    assert.equal((await trouble({ url: `http://127.0.0.1:${String((nonsense.address() as AddressInfo).port)}/` })).reason, 'connection');
    await new Promise((resolve) => nonsense.close(resolve));
  });

  it('refuses what is no plain web address', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://example.com/', '/relative', 'http://user:pw@example.com/', '']) {
      assert.equal((await trouble({ url })).reason, 'invalid', url);
    }
    assert.ok(!(await trouble({ url: 'http://user:pw@example.com/' })).message.includes('pw'));
    assert.equal((await trouble({ url: server.url, headers: { 'X-A': 'b\r\nInjected: c' } })).reason, 'invalid');
  });

  it('refuses link-local and metadata addresses in every spelling', async () => {
    const spellings = [
      '169.254.169.254',
      '0xA9FEA9FE',
      '2852039166',
      '0251.0376.0251.0376',
      '169.254.1',
      '[fe80::1]',
      '[::ffff:169.254.169.254]',
      '[::ffff:a9fe:1]',
      '[64:ff9b::a9fe:a9fe]',
      '[2002:a9fe:a9fe::1]',
      '[::169.254.169.254]',
      '[fd00:ec2::254]',
      '100.100.100.200',
      '168.63.129.16',
      '192.0.0.192',
      '[fd00:ec2::23]',
    ];
    for (const host of spellings) assert.equal((await trouble({ url: `http://${host}/latest/` })).reason, 'refused_address', host);
  });

  it('refuses a name that leads to such an address', async () => {
    const found = (name: string, all: boolean): Promise<unknown> =>
      new Promise((resolve) => {
        guardedLookup(name, { all }, (error, address) => resolve(error ?? address));
      });
    assert.match(String(await found('169.254.169.254', true)), /metadata address/);
    assert.match(String(await found('169.254.169.254', false)), /metadata address/);
    assert.equal(await found('127.0.0.1', false), '127.0.0.1');
    assert.deepEqual(await found('127.0.0.1', true), [{ address: '127.0.0.1', family: 4 }]);
  });

  it('allows the addresses hosts really have', () => {
    for (const address of ['127.0.0.1', '10.0.0.1', '192.168.1.1', '169.253.0.1', '::1', 'fd00::1', '2001:db8::1', '::ffff:10.0.0.1'])
      assert.equal(mayAsk(address), true, address);
    for (const address of ['fe80::1%eth0', 'febf::1', 'nonsense', '']) assert.equal(mayAsk(address), false, address);
  });

  it('opens no socket where nothing may be opened', async () => {
    const before = server.asked.length;
    const refuse = (): never => {
      throw new RangeError('not trusted');
    };
    await assert.rejects(ask({ url: server.url, assertMayAct: refuse }), RangeError);
    assert.equal(server.asked.length, before);
  });
});
