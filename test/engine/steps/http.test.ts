import assert from 'node:assert/strict';
import { TestEngine } from '../../support/running.js';
import type { Answers, TestRun } from '../../support/running.js';
import type { AttemptState, Failure } from '../../../src/events/index.js';
import { webServer } from '../probes/support/webServer.js';
import type { WebServer } from '../probes/support/webServer.js';

describe('a step that sends a request', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  let server: WebServer;
  before(async () => {
    server = await webServer(({ url, socket }, response) => {
      if (url === '/cut') socket.destroy();
      else if (url === '/missing') response.writeHead(404).end('no such page');
      else if (url === '/text') response.end('build 17 is ready');
      else if (url !== '/never') response.setHeader('content-type', 'application/json').end('{"id": 42, "state": "done", "list": [1]}');
    });
  });
  after(() => server.stop());
  beforeEach(async () => {
    server.asked.length = 0;
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  const stop: Answers = () => ({ kind: 'stop' });

  function start(http: string, more = '', head = '', answer = stop): Promise<TestRun> {
    return engine.start(`  - { id: a, http: { url: "${server.url}${http} }${more} }`, { more: head, answer });
  }

  async function attemptOf(run: TestRun): Promise<AttemptState> {
    const attempt = (await run.finished()).steps['a']?.['-']?.attempts[0];
    assert.ok(attempt);
    return attempt;
  }

  async function failureOf(run: TestRun): Promise<Failure> {
    const { ended } = await attemptOf(run);
    assert.ok(ended?.failure);
    return ended.failure;
  }

  it('sends a form, JSON, headers and a login, and shows no secret of them', async () => {
    engine.secrets['door'] = 'Zt7-open-sesame';
    const head = 'secrets: { door: { title: The key } }\n';
    await (
      await start('/form", method: POST, form: { a: "1 2", n: 3 }, user: admin, password: "${{ secrets.door }}"', '', head)
    ).finished();
    await (
      await start('/json", method: PUT, json: { a: "${{ secrets.door }}", n: 3, b: true }, headers: { X-Why: test }', '', head)
    ).finished();
    await (await start('/user", user: guest')).finished();
    assert.deepEqual(
      server.asked.map(({ method, body, headers }) => [method, headers['content-type'] ?? '', body]),
      [
        ['POST', 'application/x-www-form-urlencoded', 'a=1+2&n=3'],
        ['PUT', 'application/json', '{"a":"Zt7-open-sesame","n":3,"b":true}'],
        ['GET', '', ''],
      ],
    );
    const logins = server.asked.map(({ headers }) => Buffer.from((headers.authorization ?? '').slice(6), 'base64').toString());
    assert.deepEqual(logins, ['admin:Zt7-open-sesame', '', 'guest:']);
  });

  it('takes values from JSON and from text', async () => {
    const outputs = ', outputs: { id: { value: body.id, type: integer }, state: { match: "state\\":\\"([a-z]+)" } }';
    const state = await (await start('/x", that: body.state == "done"', outputs)).finished();
    assert.deepEqual(state.steps['a']?.['-']?.values, { id: 42, state: 'done' });
    const text = await (await start('/text"', ', outputs: { build: { match: "build [0-9]+" } }')).finished();
    assert.deepEqual(text.steps['a']?.['-']?.values, { build: 'build 17' });
  });

  it('fails where the answer is another one than was asked for, and quotes it', async () => {
    const status = await failureOf(await start('/missing"'));
    assert.equal(status.reason, 'unexpected_answer');
    assert.match(status.message, /\/missing answered with status 404, not 200 to 299\./);
    assert.equal(status.detail, 'no such page');
    assert.match((await failureOf(await start('/x", status: 204'))).message, /status 200, not 204/);
    assert.match((await failureOf(await start('/x", that: body.state == "open"'))).message, /not true of it: body.state == "open"/);
    assert.equal((await (await start('/missing", status: 404')).finished()).status, 'succeeded');
  });

  it('fails where a value is not there, is of another type, or cannot be hidden', async () => {
    const wrong = async (output: string): Promise<Failure> => failureOf(await start('/x"', `, outputs: { v: { ${output} } }`));
    assert.match((await wrong('match: nothing-like-it')).message, /The value "v" was not found/);
    assert.match((await wrong('value: body.list')).message, /The value "v" was not found/);
    assert.match((await wrong('value: body.state, type: integer')).message, /The value "v" is "done" and/);
    assert.doesNotMatch((await wrong('value: body.state, type: integer, secret: true')).message, /done/);
    const short = await wrong('value: body.id, type: integer, secret: true');
    assert.equal(short.reason, 'secret');
    assert.match(short.message, /too short or too plain/);
  });

  it('is unknown where a request that acts may have arrived, and failed where it only asked', async () => {
    assert.equal((await attemptOf(await start('/cut", method: POST'))).ended?.outcome, 'unknown');
    const { ended } = await attemptOf(await start('/cut"'));
    assert.deepEqual([ended?.outcome, ended?.failure?.reason], ['failed', 'connection_lost']);
  });

  it('is cancelled by a stop, and unknown where it acts', async () => {
    for (const [more, outcome] of [
      ['', 'cancelled'],
      [', method: DELETE', 'unknown'],
    ] as const) {
      const before = server.asked.length;
      const run = await start(`/never"${more}`);
      for (const until = Date.now() + 10_000; server.asked.length === before && Date.now() < until;)
        await new Promise((resolve) => setTimeout(resolve, 20));
      await run.handle.stop('enough');
      const { ended } = await attemptOf(run);
      assert.deepEqual([ended?.outcome, ended?.failure?.reason], [outcome, 'cancelled']);
    }
  });

  it('fails at its time limit, which is named, and is unknown where it acts', async () => {
    const { ended: question } = await attemptOf(await start('/never"', ', timeout: 300ms'));
    assert.deepEqual([question?.outcome, question?.failure?.reason], ['failed', 'timeout']);
    assert.match(question?.failure?.message ?? '', /^There was no answer in the time the step has/);
    const { ended: act } = await attemptOf(await start('/never", method: POST', ', timeout: 300ms'));
    assert.deepEqual([act?.outcome, act?.failure?.reason], ['unknown', 'timeout']);
  });
});
