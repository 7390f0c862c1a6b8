import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statuses, TestEngine } from '../../support/running.js';

describe('running a plan', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  it('finishes each step on all hosts before the next, and closes as succeeded', async () => {
    const run = await engine.start(
      [engine.say('a', '${{ host.name }} a', ', on: app'), engine.say('b', '${{ host.name }} b', ', on: app')].join('\n'),
    );
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    const lines = await engine.logged();
    assert.deepEqual([...lines.slice(0, 2)].sort(), ['one a', 'two a']);
    assert.deepEqual([...lines.slice(2)].sort(), ['one b', 'two b']);
  });

  it('hands a failed step to the operator, who tries again', async () => {
    const file = join(engine.directory, 'there');
    const run = await engine.start(`  - { id: a, env: { FILE: "${file}" }, run: 'cat "$FILE"' }`, {
      answer: (gate) => {
        if (gate.kind !== 'failure') return { kind: 'stop' };
        assert.equal(gate.failure.reason, 'exit_code');
        assert.match(gate.failure.detail ?? '', /No such file/);
        void writeFile(file, 'x').then(() => run.handle.answer(gate.id, { kind: 'retry' }));
        return undefined;
      },
    });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded');
    assert.deepEqual(
      state.steps['a']?.['-']?.attempts.map((attempt) => attempt.ended?.outcome),
      ['failed', 'succeeded'],
    );
  });

  it('tries again by itself as often as the step says, and no more', async () => {
    const run = await engine.start(
      `  - { id: a, env: { LOG: "${engine.log}" }, run: 'echo x >> "$LOG"; exit 3', retry: { times: 2, every: 10ms } }`,
    );
    const state = await run.finished();
    assert.equal(state.status, 'failed');
    assert.equal((await engine.logged()).length, 3);
  });

  it('offers the remedy whose pattern fits first, carries it out, and tries again', async () => {
    const flag = join(engine.directory, 'flag');
    const steps = `
  - id: a
    env: { FLAG: "${flag}" }
    run: 'cat "$FLAG" >/dev/null 2>&1 || { echo "the flag is missing" >&2; exit 1; }'
    on_failure:
      remedies:
        - { match: nothing like it, title: Wrong remedy }
        - { match: flag is missing, cause: Nobody made it., title: Make it, env: { FLAG: "${flag}" }, run: 'echo x > "$FLAG"' }`;
    const run = await engine.start(steps, {
      answer: (gate) => {
        if (gate.kind !== 'failure') return { kind: 'stop' };
        const fitting = gate.remedies.filter((remedy) => remedy.matches);
        assert.deepEqual(
          fitting.map((remedy) => remedy.title),
          ['Make it'],
        );
        return { kind: 'remedy', index: fitting[0]?.index ?? -1 };
      },
    });
    assert.equal((await run.finished()).status, 'succeeded');
  });

  it('skips with a reason, never without', async () => {
    const run = await engine.start(`  - { id: a, run: exit 1 }\n${engine.say('b', 'b')}`, {
      answer: (gate) => {
        assert.throws(() => run.handle.answer(gate.id, { kind: 'skip', why: ' ' }), /reason/);
        return { kind: 'skip', why: 'done by hand' };
      },
    });
    const state = await run.finished();
    assert.equal(state.status, 'succeeded');
    const { at, ...skipped } = state.steps['a']?.['-']?.skipped ?? {};
    assert.deepEqual(skipped, { reason: 'operator', text: 'done by hand', by: 'pat' });
    assert.equal(at, run.events.find(({ type }) => type === 'skipped')?.at);
  });

  it('leaves a host out from then on', async () => {
    const run = await engine.start(
      `  - { id: a, on: app, args: ["\${{ host.name }}"], run: 'case "$1" in two) exit 1;; esac' }\n${engine.say('b', '${{ host.name }}', ', on: app')}`,
      {
        answer: () => ({ kind: 'exclude', why: 'it is broken' }),
      },
    );
    const state = await run.finished();
    assert.equal(state.status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['one']);
    assert.deepEqual(statuses(state), ['a one: succeeded', 'a two: skipped', 'b one: succeeded', 'b two: skipped']);
  });

  it('takes back what was done, last first, and not past what is irreversible', async () => {
    const step = (id: string, more: string): string => engine.say(id, id, `, effects: [configure], ${more}`);
    const undo = (id: string): string => `undo: { env: { LOG: "${engine.log}" }, args: ["undo ${id}"], run: 'echo "$1" >> "$LOG"' }`;
    const run = await engine.start(
      [
        step('a', undo('a')),
        step('b', 'irreversible: It is so.'),
        step('c', undo('c')),
        step('d', undo('d')),
        '  - { id: e, run: exit 1 }',
      ].join('\n'),
      {
        answer: (gate) => (gate.kind === 'failure' ? { kind: 'undo', why: 'enough' } : { kind: 'stop' }),
      },
    );
    const state = await run.finished();
    assert.equal(state.status, 'stopped');
    assert.deepEqual(await engine.logged(), ['a', 'b', 'c', 'd', 'undo d', 'undo c']);
    assert.deepEqual(
      state.ledger.map((entry) => entry.step),
      ['a', 'b'],
    );
  });

  it('runs the final steps after a failure, and tells them of it', async () => {
    const run = await engine.start('  - { id: a, run: exit 1 }', {
      more: `finally:\n${engine.say('clean', 'clean', ', when: run.failed')}\n`,
    });
    assert.equal((await run.finished()).status, 'failed');
    assert.deepEqual(await engine.logged(), ['clean']);
  });

  it('ends a step that takes too long, and everything it started', async () => {
    const run = await engine.start(`  - { id: a, timeout: 300ms, run: 'sleep 987 & sleep 987' }`);
    const state = await run.finished();
    assert.equal(state.steps['a']?.['-']?.attempts[0]?.ended?.failure?.reason, 'timeout');
    const left = await import('node:child_process').then(
      ({ spawnSync }) => spawnSync('pgrep', ['-f', 'sleep 987'], { encoding: 'utf8' }).stdout,
    );
    assert.equal(left, '');
  });

  it('stops when told to: nothing is left running, and what was under way is cancelled', async () => {
    const run = await engine.start(`  - { id: a, run: sleep 986 }\n${engine.say('b', 'b')}`);
    await run.event((event) => event.type === 'attempt_intended');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await run.handle.stop('enough for tonight');
    const state = await run.finished();
    assert.equal(state.status, 'stopped');
    assert.deepEqual(statuses(state), ['a: cancelled', 'b: pending']);
  });

  it('succeeds only when `verify` holds, and skips what `unless` says is so', async () => {
    const file = join(engine.directory, 'made');
    const steps = `
  - { id: a, env: { F: "${file}" }, run: 'echo x > "$F"', unless: { file: { path: "${file}" } }, verify: { file: { path: "${file}", contains: x } } }
  - { id: b, env: { F: "${file}" }, run: 'echo x > "$F"', unless: { file: { path: "${file}" } } }
  - { id: c, run: "true", timeout: 300ms, every: 50ms, verify: { file: { path: "${file}.never" } } }`;
    const state = await (await engine.start(steps)).finished();
    assert.deepEqual(statuses(state), ['a: succeeded', 'b: skipped', 'c: failed']);
    assert.equal(state.steps['c']?.['-']?.attempts[0]?.ended?.failure?.reason, 'not_verified');
  });

  it('takes values from output and gives them to later steps', async () => {
    const steps = `
  - { id: a, on: app, args: ["\${{ host.name }}"], run: 'echo "port=80$(printf %s "$1" | wc -c)"', outputs: { port: { match: 'port=(\\d+)', type: port } } }
  - { id: b, on: app, when: steps.a.port > 1, env: { LOG: "${engine.log}" }, args: ["\${{ host.name }} \${{ steps.a.port }}"], run: 'echo "$1" >> "$LOG"' }`;
    const state = await (await engine.start(steps)).finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual([...(await engine.logged())].sort(), ['one 803', 'two 803']);
  });

  it('asks a person for what no probe can tell, once', async () => {
    const run = await engine.start(`${engine.say('a', 'a', ', when: facts.windy')}\n${engine.say('b', 'b', ', when: "!facts.windy"')}`, {
      more: 'facts: { windy: { type: boolean, ask: Is it windy? } }\n',
      answer: (gate) => (gate.kind === 'value' ? { kind: 'value', value: 'true' } : { kind: 'stop' }),
    });
    assert.equal((await run.finished()).status, 'succeeded');
    assert.deepEqual(await engine.logged(), ['a']);
    assert.equal(run.gates.length, 1);
  });

  it('reads a fact anew after a step has changed the host', async () => {
    const file = join(engine.directory, 'version');
    await writeFile(file, '1.0');
    const steps = `
  - { id: a, on: app, when: host.installed < version("2.0"), serial: 1, env: { F: "${file}" }, run: 'echo 2.0 > "$F"', effects: [upgrade], irreversible: Forward only., verify: { that: host.installed == version("2.0") } }
  - { id: b, on: app, check: { that: host.installed == version("2.0") } }`;
    const state = await (
      await engine.start(steps, {
        more: `facts: { installed: { on: app, type: version, read: { command: { run: 'cat "$1"', args: ["${file}"] } } } }\n`,
      })
    ).finished();
    assert.deepEqual(statuses(state), ['a one: succeeded', 'a two: skipped', 'b one: succeeded', 'b two: succeeded'], state.closing);
  });

  it('never shows or keeps a secret', async () => {
    engine.secrets['word'] = 'correct-horse-battery';
    const run = await engine.start(
      `  - { id: a, env: { WORD: "\${{ secrets.word }}" }, run: 'echo "it is $WORD"; echo "$WORD" | base64; exit 1' }`,
      { more: 'secrets: { word: { title: The word } }\n' },
    );
    const state = await run.finished();
    const journal = await readFile(join(engine.directory, 'state', 'runs', run.handle.run, 'journal.jsonl'), 'utf8');
    for (const text of [run.output, journal, JSON.stringify(state)]) {
      assert.doesNotMatch(text, /correct-horse-battery|Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5/);
    }
    assert.match(run.output, /it is \*\*\*/);
  });

  it('does nothing where it may not act', async () => {
    engine.mayAct = false;
    await assert.rejects(async () => engine.start(engine.say('a', 'a')), /not allowed to act/);
    assert.deepEqual(await engine.logged(), []);
  });

  it('carries out one step only, and begins where it is told to', async () => {
    const steps = [engine.say('a', 'a'), engine.say('b', 'b'), engine.say('c', 'c')].join('\n');
    await (await engine.start(steps, { only: 'b' })).finished();
    assert.deepEqual(await engine.logged(), ['b']);
    const state = await (await engine.start(steps, { from: 'b' })).finished();
    assert.deepEqual(await engine.logged(), ['b', 'b', 'c']);
    assert.equal(state.steps['a']?.['-']?.skipped?.reason, 'operator');
  });

  it('decides a group once for each host: what its first step changes does not leave out its last', async () => {
    const file = join(engine.directory, 'version');
    await writeFile(file, '1.0');
    const steps = `
  - id: g
    on: app
    serial: 1
    when: host.installed < version("2.0")
    steps:
      - { id: up, env: { F: "${file}" }, run: 'echo 2.0 > "$F"', effects: [upgrade], irreversible: Forward only. }
    ${engine.say('start', '${{ host.name }}').trimStart().replace('- {', '  - {')}`;
    const run = await engine.start(steps, {
      more: `facts: { installed: { on: app, type: version, read: { command: { run: 'cat "$1"', args: ["${file}"] } } } }\n`,
    });
    const state = await run.finished();
    assert.deepEqual(
      statuses(state),
      ['g@one/up one: succeeded', 'g@one/start one: succeeded', 'g@two/up two: skipped', 'g@two/start two: skipped'],
      state.closing,
    );
    assert.deepEqual(await engine.logged(), ['one']);
  });
});
