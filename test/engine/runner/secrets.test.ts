import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statuses, TestEngine } from '../../support/running.js';
import type { TestRun } from '../../support/running.js';

const DECLARED = 'secrets: { token: { title: Token } }\n';
const TOKEN = '"${{ secrets.token }}"';

/** Everything a run has left on disk. */
async function onDisk(engine: TestEngine): Promise<string> {
  const state = join(engine.directory, 'state');
  const files = (await readdir(state, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')))).join('\n');
}

describe('secrets of a run', () => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(async () => {
    await engine.close();
  });

  const everything = async (run: TestRun): Promise<string> => `${run.output}${JSON.stringify(run.events)}${await onDisk(engine)}`;

  it('are masked even where a step prints one it was not given', async () => {
    engine.secrets['token'] = 'hunter2-hunter2';
    const file = join(engine.directory, 'settings');
    await writeFile(file, 'it was hunter2-hunter2\n');
    const run = await engine.start(`  - { id: a, args: ["${file}"], run: 'cat "$1"' }`, { more: DECLARED });
    assert.equal((await run.finished()).status, 'succeeded');
    assert.match(run.output, /it was \*\*\*/);
    assert.doesNotMatch(await everything(run), /hunter2/);
  });

  it('are told where they come from, never what they are', async () => {
    engine.secrets['token'] = 'hunter2-hunter2';
    const run = await engine.start(`  - { id: a, env: { T: ${TOKEN} }, run: 'test "$T" = hunter2-\${X:-hunter2}' }`, { more: DECLARED });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded');
    assert.deepEqual(
      state.remarks.map(({ text }) => text),
      ['The secret "token" comes from the test.'],
    );
  });

  it('that are short hide what their steps print', async () => {
    engine.secrets['token'] = 'pa55';
    const run = await engine.start(`  - { id: a, env: { T: ${TOKEN} }, run: 'echo "seen $T"; exit 3' }\n  - { id: b, run: echo seen }`, {
      more: DECLARED,
    });
    const state = await run.finished();
    assert.match(run.output, /neither shown nor kept: one of its secrets is too short/);
    assert.doesNotMatch(run.output, /seen/);
    assert.equal(state.steps['a']?.['-']?.attempts[0]?.ended?.failure?.detail ?? '', '');
    assert.doesNotMatch((await everything(run)).replaceAll(/echo [^,]*seen/g, ''), /seen \*|seen pa55/);
  });

  it('that are short are told once to hide what their steps print, however often they print', async () => {
    engine.secrets['token'] = 'pa55';
    const run = await engine.start(`  - { id: a, env: { T: ${TOKEN} }, run: 'echo seen; sleep 0.5; echo seen' }`, { more: DECLARED });
    await run.finished();
    assert.equal(run.output.match(/neither shown nor kept/g)?.length, 1);
    assert.doesNotMatch(run.output, /seen/);
  });

  it('that are plain words are not used', async () => {
    engine.secrets['token'] = 'true';
    const run = await engine.start(`  - { id: a, env: { T: ${TOKEN} }, run: 'echo "$T"' }`, { more: DECLARED });
    const state = await run.finished();
    assert.deepEqual(statuses(state), ['a: failed']);
    assert.match(state.remarks[0]?.text ?? '', /too short or too plain/);
  });

  it('may be given out by a step, and stay in memory', async () => {
    const run = await engine.start(
      `  - { id: login, run: 'echo session=abcd-1234-efgh', outputs: { session: { match: 'session=(\\S+)', secret: true } } }
  - { id: use, env: { S: "\${{ steps.login.session }}" }, run: 'printf %s "$S" | tr a-z A-Z; echo; echo "is $S"' }`,
    );
    const state = await run.finished();
    assert.deepEqual(statuses(state), ['login: succeeded', 'use: succeeded']);
    assert.match(run.output, /neither shown nor kept: it gives out a secret/);
    assert.match(run.output, /ABCD-1234-EFGH\nis \*\*\*/);
    assert.equal(state.steps['login']?.['-']?.values['session'], '***');
    assert.doesNotMatch((await everything(run)).replaceAll('echo session=abcd-1234-efgh', ''), /abcd-1234/);
  });

  it('that a step gives out are known nowhere else than where secrets may stand', async () => {
    const run = await engine.start(
      `  - { id: login, run: 'echo session=abcd-1234-efgh', outputs: { session: { match: 'session=(\\S+)', secret: true } } }
  - { id: use, args: ["\${{ 'in a plan that no planner made' }}"], run: 'echo "$1"' }`,
      {
        altered: (plan) =>
          JSON.parse(JSON.stringify(plan).replace("'in a plan that no planner made'", 'steps.login.session')) as typeof plan,
      },
    );
    const state = await run.finished();
    assert.equal(state.steps['use']?.['-']?.attempts[0]?.ended?.failure?.reason, 'value');
  });

  it('that a step gives out must be fit to be hidden', async () => {
    const run = await engine.start(
      `  - { id: login, run: 'echo session=yes', outputs: { session: { match: 'session=(\\S+)', secret: true } } }`,
    );
    const state = await run.finished();
    assert.equal(state.steps['login']?.['-']?.attempts[0]?.ended?.failure?.reason, 'secret');
  });

  it('of earlier steps are masked in a run that is resumed', async () => {
    engine.secrets['token'] = 'hunter2-hunter2';
    const steps = `  - { id: keep, env: { T: ${TOKEN}, F: "${join(engine.directory, 'kept')}" }, run: 'echo "$T" > "$F"' }
  - { id: show, env: { F: "${join(engine.directory, 'kept')}", G: "${join(engine.directory, 'go')}" }, run: 'cat "$F"; test -e "$G"' }`;
    const first = await engine.start(steps, { more: DECLARED, answer: () => ({ kind: 'stop' }) });
    assert.equal((await first.finished()).status, 'failed');
    const second = await engine.resume(first.handle.run, { answer: () => ({ kind: 'retry' }) });
    await second.event((event) => event.type === 'attempt_ended');
    await second.handle.stop('Seen.');
    assert.match(second.output, /\*\*\*/);
    assert.doesNotMatch(await everything(second), /hunter2/);
  });
});
