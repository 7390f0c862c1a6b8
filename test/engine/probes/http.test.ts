import assert from 'node:assert/strict';
import type { Probe } from '../../../src/language/index.js';
import { runProbe } from '../../../src/engine/probes/probes.js';
import type { Verdict } from '../../../src/engine/probes/probe.js';
import { BODY_LIMIT } from '../../../src/engine/http/request.js';
import { contextWith } from './support/context.js';
import type { Known } from './support/context.js';
import { webServer } from './support/webServer.js';
import type { WebServer } from './support/webServer.js';

describe('http probe', () => {
  let server: WebServer;
  before(async () => {
    server = await webServer((request, response) => {
      const path = request.url ?? '';
      if (path === '/status') response.setHeader('content-type', 'application/json').end('{"state": "disabled", "count": 0, "tasks": []}');
      else if (path === '/old') response.writeHead(302, { location: '/home?from=old' }).end();
      else if (path === '/far') response.writeHead(301, { location: 'https://www.example.com/home' }).end();
      else if (path === '/version') response.end('<b>Version 10.9.000032</b>');
      else if (path === '/broken') response.writeHead(503).end('warming up');
      else if (path === '/private')
        response.writeHead(request.headers.authorization === `Basic ${Buffer.from('admin:s3cret!').toString('base64')}` ? 200 : 401).end();
      else if (path === '/cut') response.destroy();
      else if (path === '/lies') response.setHeader('content-type', 'application/json').end('{oops');
      else if (path === '/long') response.end(Buffer.alloc(BODY_LIMIT + 1, 'x'));
      else if (path === '/ill') response.writeHead(request.headers.authorization === undefined ? 401 : 500).end();
      else response.writeHead(404).end();
    });
  });
  after(() => server.stop());

  const ask = (settings: Partial<NonNullable<Probe['http']>>, known: Known = {}): Promise<Verdict> =>
    runProbe({ http: { ...settings, url: `${server.url}${settings.url ?? '/status'}` } }, contextWith(known));

  it('compares the status', async () => {
    assert.equal((await ask({})).verdict, 'holds');
    const down = await ask({ url: '/broken' });
    assert.equal(down.verdict, 'does_not_hold');
    assert.match(down.text, /answered 503, not a status from 200 to 299/);
    assert.match((await ask({ url: '/broken', status: 204 })).text, /answered 503, not 204/);
    assert.equal((await ask({ url: '/broken', status: 503 })).verdict, 'holds');
    assert.equal((await ask({ url: '/old' })).verdict, 'does_not_hold', 'a redirect is not followed');
  });

  it('looks at where a redirect leads', async () => {
    assert.equal((await ask({ url: '/old', redirects_to: '/home' })).verdict, 'holds');
    assert.equal((await ask({ url: '/old', redirects_to: '/setup' })).verdict, 'does_not_hold');
    assert.equal((await ask({ url: '/old', redirects_to: '/home', status: 301 })).verdict, 'does_not_hold');
    assert.equal((await ask({ url: '/far', redirects_to: 'https://www.example.com/home' })).verdict, 'holds');
    assert.equal((await ask({ url: '/far', redirects_to: 'https://other.example.com/home' })).verdict, 'does_not_hold');
    assert.equal((await ask({ url: '/status', redirects_to: '/' })).verdict, 'does_not_hold');
  });

  it('evaluates conditions over body and status', async () => {
    assert.equal((await ask({ that: 'body.state == "disabled" && body.count == 0 && status == 200' })).verdict, 'holds');
    assert.equal((await ask({ that: 'body.count > 0' })).verdict, 'does_not_hold');
    assert.equal((await ask({ that: 'body.nothing.there' })).verdict, 'could_not_tell');
    assert.equal((await ask({ url: '/version', that: 'body.contains("10.9")' })).verdict, 'holds');
    assert.equal((await ask({ url: '/lies', that: 'body == "{oops"' })).verdict, 'holds', 'what is no JSON is text');
  });

  it('yields a value', async () => {
    assert.equal((await ask({ url: '/version', capture: 'Version ([\\d.]+)' })).value, '10.9.000032');
    assert.equal((await ask({ value: 'body.state' })).value, 'disabled');
    assert.equal((await ask({ value: 'body.tasks' })).verdict, 'could_not_tell');
    assert.equal((await ask({ url: '/version', capture: 'Release (\\d+)' })).verdict, 'does_not_hold');
    assert.match((await ask({ url: '/long', capture: 'Release (\\d+)' })).text, /is too long to be searched/);
  });

  it('logs in with a secret, and sends headers', async () => {
    const known = { secrets: { admin: 's3cret!' } };
    assert.equal(
      (await ask({ url: '/private', user: 'admin', password: '${{ secrets.admin }}', headers: { 'X-Ask': 'now' } }, known)).verdict,
      'holds',
    );
    assert.equal(server.asked.at(-1)?.headers['x-ask'], 'now');
    assert.equal(
      (await ask({ url: '/private', user: 'admin', password: '${{ secrets.other }}' }, { secrets: { other: 'x' } })).verdict,
      'does_not_hold',
    );
  });

  it('sends half a login where only half of one is given', async () => {
    const sent = (): string => Buffer.from(server.asked.at(-1)?.headers.authorization?.slice(6) ?? '', 'base64').toString();
    await ask({ user: 'admin' });
    assert.equal(sent(), 'admin:');
    await ask({ password: '${{ secrets.admin }}' }, { secrets: { admin: 's3cret!' } });
    assert.equal(sent(), ':s3cret!');
  });

  it('does not hold where nothing listens; could not tell where the answer breaks off', async () => {
    assert.equal((await runProbe({ http: { url: 'http://127.0.0.1:1/' } }, contextWith())).verdict, 'does_not_hold');
    assert.equal((await ask({ url: '/cut' })).verdict, 'could_not_tell');
  });

  it('asks from the machine of the operator only', async () => {
    const verdict = await runProbe({ http: { url: server.url } }, contextWith({}, { from: 'web1' }));
    assert.equal(verdict.verdict, 'could_not_tell');
    assert.match(verdict.text, /machine of the operator only, not from web1/);
  });

  it('proves a login, and only where one is asked for', async () => {
    const known = { secrets: { admin: 's3cret!', wrong: 'x' } };
    const login = (path: string, secret: string): Promise<Verdict> =>
      runProbe({ login: { http: server.url + path, user: 'admin', secret } }, contextWith(known));
    assert.equal((await login('/private', 'admin')).verdict, 'holds');
    assert.equal((await login('/private', 'wrong')).verdict, 'does_not_hold');
    assert.equal((await login('/status', 'admin')).verdict, 'could_not_tell');
    assert.equal((await login('/private', 'unknown')).verdict, 'could_not_tell');
    const ill = await login('/ill', 'admin');
    assert.deepEqual(
      [ill.verdict, ill.text],
      ['could_not_tell', `${server.url}/ill answered 500, which tells nothing about the login of "admin"`],
    );
    const nobody = await runProbe({ login: { http: `${server.url}/private`, secret: 'admin' } }, contextWith(known));
    assert.match(nobody.text, /has no `user`/);
  });
});
