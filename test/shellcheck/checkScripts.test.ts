import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shellScriptsOf } from '../../src/language/index.js';
import type { ShellScript } from '../../src/language/index.js';
import { ask } from '../../src/shellcheck/ask.js';
import { checkScripts, recallScripts, ScriptMemory } from '../../src/shellcheck/index.js';
import { withMarkers } from '../support/language/markers.js';
import { check, fake, FILE, parse, realShellCheck, runbookWith } from './support.js';

const MARKED = join(import.meta.dirname, '../fixtures/shellcheck/styles.runbook.yaml');

describe('findings of ShellCheck', () => {
  let real: string;

  before(async () => {
    real = await realShellCheck();
  });

  it('stand at their place in the file, in every style of YAML', async () => {
    const marked = readFileSync(MARKED, 'utf8');
    const text = withMarkers(marked, [], String);
    assert.deepEqual(parse(text).diagnostics, []);
    const found = await check(text, real);
    assert.equal(
      withMarkers(text, found, (message) => message.slice(0, 40)),
      marked,
    );
  });

  it('stand at the same places where lines end with CR LF', async () => {
    const text = withMarkers(readFileSync(MARKED, 'utf8'), [], String);
    const places = async (of: string): Promise<readonly string[]> =>
      (await check(of, real)).map(({ code, range }) => `${code} ${of.slice(range.start, range.end).replaceAll('\r', '')}`);
    assert.deepEqual(await places(text.replaceAll('\n', '\r\n')), await places(text));
  });

  it('are warnings at most', async () => {
    const severities = async (run: string): Promise<readonly string[]> =>
      (await check(runbookWith(run), real)).map((found) => found.severity);
    assert.deepEqual(new Set(await severities("'if true; then'")), new Set(['warning', 'information']));
    assert.deepEqual(await severities('echo $1'), ['information']);
    assert.deepEqual(await severities('true "`date`"'), ['information']);
  });

  it('know that a script ends at its first failure', async () => {
    assert.deepEqual(await check(runbookWith('"cd /srv\\nls"'), real), []);
  });

  it('know the variables that the runbook gives', async () => {
    const codes = async (more: string): Promise<readonly string[]> =>
      (await check(runbookWith('echo "$wanted ${wanted:-x} $other"', more), real)).map(
        ({ code, range }) => `${code}@${String(range.start)}`,
      );
    const without = await codes('');
    const given = await codes('env: { wanted: 1 }');
    assert.equal(without.length, 2);
    assert.equal(given.length, 1);
  });

  it('say nothing of files that are on the host, nor of a first line that chooses no shell', async () => {
    assert.deepEqual(await check(runbookWith('|\n      #!/bin/bash\n      . ./setenv\n      . "$1"'), real), []);
  });

  it('follow what the script itself says', async () => {
    assert.deepEqual(await check(runbookWith('|\n      # shellcheck disable=SC2086\n      echo $1\n      echo $2'), real), []);
  });

  it('give every document an entry', async () => {
    const found = await checkScripts([parse('runbook: v1\n')], { executable: real });
    assert.deepEqual([...found], [[FILE, []]]);
  });
});

describe('a ShellCheck that does not do its work', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fake-shellcheck-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const misbehaviours: readonly (readonly [what: string, script: string, said: RegExp])[] = [
    ['fails', 'exit 3', /^ShellCheck ended with 3, so this script is not checked; /],
    ['is ended', 'kill -9 $$', /^ShellCheck was ended by a signal/],
    ['says nothing', 'exit 0', /^ShellCheck gave an answer that cannot be read/],
    ['says something else', 'echo hello', /^ShellCheck gave an answer that cannot be read/],
    ['gives comments without a place', `echo '{"comments":[{"level":"info","code":1,"message":"m"}]}'`, /cannot be read/],
    ['floods', 'while :; do echo 0123456789012345678901234567890123456789; done', /^ShellCheck said too much/],
    ['reads nothing and floods', 'exec 0<&-; exec yes', /^ShellCheck said too much/],
  ];
  for (const [what, script, said] of misbehaviours) {
    it(`and ${what}: the script counts as unchecked`, async () => {
      const text = runbookWith('echo $1');
      const [found, ...others] = await check(text, await fake(join(folder, 'shellcheck'), script));
      assert.deepEqual(others, []);
      assert.equal(found?.code, 'shellcheck');
      assert.equal(found.severity, 'warning');
      assert.equal(text.slice(found.range.start, found.range.end), 'echo $1');
      assert.match(found.message, said);
    });
  }

  it('and is not there: the script counts as unchecked', async () => {
    const [found] = await check(runbookWith('echo $1'), join(folder, 'nothing'));
    assert.match(found?.message ?? '', /^ShellCheck could not be started/);
  });

  it('and hangs, with a program of its own that keeps its output open: it is given up', async () => {
    const [script] = shellScriptsOf(parse(runbookWith('echo $1')));
    assert.ok(script !== undefined);
    const began = Date.now();
    const answer = await ask(await fake(join(folder, 'shellcheck'), 'sleep 15 & wait'), script, undefined, 300);
    assert.deepEqual(answer, { kind: 'no-answer', why: 'gave no answer within 0.3 s' });
    assert.ok(Date.now() - began < 10_000);
  });

  it('and hangs until nobody wants its answer any more: nothing is said', async () => {
    const executable = await fake(join(folder, 'shellcheck'), 'exec sleep 15');
    const controller = new AbortController();
    const found = checkScripts([parse(runbookWith('echo $1'))], { executable, signal: controller.signal });
    controller.abort();
    assert.deepEqual([...(await found)], [[FILE, []]]);
  });

  it('and names places outside the script: they are moved to its ends', async () => {
    const comment = { level: 'info', code: 2086, message: 'far away', line: -5, column: 1, endLine: 1e9, endColumn: 9 };
    const text = runbookWith('echo $1');
    const [found] = await check(text, await fake(join(folder, 'shellcheck'), `echo '${JSON.stringify({ comments: [comment] })}'`));
    assert.equal(text.slice(found?.range.start, found?.range.end), 'echo $1');
  });
});

describe('what ShellCheck has said', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'told-shellcheck-'));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is kept for a script that moves, and asked anew where there was no answer', async () => {
    const calls = join(folder, 'calls');
    const asked = async (): Promise<number> => (existsSync(calls) ? readFileSync(calls, 'utf8').length : 0);
    const executable = await fake(join(folder, 'shellcheck'), `printf x >> ${calls}; exec ${await realShellCheck()} "$@"`);
    const memory = new ScriptMemory();
    const text = runbookWith('echo $1');
    assert.deepEqual(recallScripts(parse(text), memory), { diagnostics: [], complete: false });
    await checkScripts([parse(text)], { executable, memory });
    assert.equal(await asked(), 1);
    const moved = parse(`# moved\n${text}`);
    const { diagnostics, complete } = recallScripts(moved, memory);
    assert.equal(complete, true);
    assert.deepEqual(
      diagnostics.map(({ range }) => moved.text.slice(range.start, range.end)),
      ['$1'],
    );
    await checkScripts([moved, parse(runbookWith('echo $1'))], { executable, memory });
    assert.equal(await asked(), 1);
    await checkScripts([parse(runbookWith('echo $2'))], { executable: await fake(join(folder, 'broken'), 'exit 3'), memory });
    const [found] = (await checkScripts([parse(runbookWith('echo $2'))], { executable, memory })).get(FILE) ?? [];
    assert.equal(found?.code, 'shellcheck/SC2086');
    assert.equal(await asked(), 2);
  });

  it('is forgotten when there is too much of it', () => {
    const memory = new ScriptMemory();
    const script = (text: string): ShellScript => ({ text, shell: 'sh', env: [], range: { start: 0, end: 0 } });
    memory.set(script('first'), { kind: 'answered', output: '' });
    for (let i = 0; i < 1999; i++) memory.set(script(String(i)), { kind: 'answered', output: '' });
    assert.notEqual(memory.get(script('first')), undefined);
    memory.set(script('last'), { kind: 'answered', output: '' });
    assert.notEqual(memory.get(script('first')), undefined);
    assert.equal(memory.get(script('0')), undefined);
  });
});
