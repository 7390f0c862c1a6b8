import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { main } from '../../src/cli/main.js';

const RUNBOOK = `runbook: v1
id: sample
title: Sample
inputs: { level: { type: integer, default: 1 } }
roles: { node: { hosts: 1.. } }
facts:
  ready: { type: boolean, ask: Ready? }
  size: { on: node, type: integer, ask: How big? }
steps:
  - { id: part, when: facts.ready && inputs.level > 0 && host.size > 0, on: node, use: library.runbook.yaml }
`;
const LIBRARY = `runbook: v1
id: library
title: Library
roles: { node: { hosts: 1.. } }
facts: { shared: { type: boolean, ask: Shared? }, parts: { on: node, type: integer, ask: How many? } }
steps: [ { id: act, on: node, manual: Act., when: facts.shared && host.parts > 1 } ]
`;
const INVENTORY = 'inventory: v1\nenvironment: rehearsal\nhosts: { a.b: {} }\nroles: { node: [a.b] }\n';

describe('what is given on the command line', function () {
  this.timeout(20_000);
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'given-'));
    await writeFile(join(directory, 'a.runbook.yaml'), RUNBOOK);
    await writeFile(join(directory, 'library.runbook.yaml'), LIBRARY);
    await writeFile(join(directory, 'x.inventory.yaml'), INVENTORY);
  });
  after(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));

  async function plan(...more: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const said = { out: '', err: '' };
    const io = {
      out: (text: string) => (said.out += text),
      err: (text: string) => (said.err += text),
      interactive: false,
      columns: () => undefined,
      color: false,
      cwd: directory,
      env: {},
    };
    const code = await main(['plan', 'a.runbook.yaml', '-i', 'x.inventory.yaml', '--json', ...more], io);
    return { code, ...said };
  }

  const questions = (out: string): readonly string[] =>
    (JSON.parse(out) as { questions: readonly { option: string }[] }).questions.map(({ option }) => option);

  it('may be facts of files that are used, by the step that uses them, as the questions spell it', async () => {
    const open = await plan();
    assert.deepEqual(questions(open.out), ['--fact ready=…', '--fact size@a.b=…', '--fact part.shared=…', '--fact part.parts@a.b=…']);
    const given = questions(open.out).flatMap((option, index) => [
      '--fact',
      option.slice('--fact '.length).replace('…', ['true', '1', 'true', '2'][index] ?? ''),
    ]);
    const known = await plan(...given);
    assert.equal(known.code, ExitCode.ok, known.err);
    assert.deepEqual(questions(known.out), []);
  });

  for (const [words, message] of [
    [['--fact', 'ready@a.b@a.b=1'], /no step "ready@a" uses/],
    [['--fact', 'ready@a@b=1'], /--fact takes NAME=VALUE/],
    [['--fact', 'constructor=1'], /has no fact "constructor"/],
    [['--fact', '__proto__=1'], /--fact takes NAME=VALUE/],
    [['--fact', 'part.sharde=true'], /the file that "part" uses has no fact "sharde"; it has shared, parts/],
    [['--fact', 'prat.shared=true'], /no step "prat" uses a file that has facts; these do: part/],
    [['--fact', 'part.shared=perhaps'], /fact "shared" is "perhaps" and is not a boolean/],
    [['--fact', 'ready=true', '--fact', 'ready=false'], /--fact ready is given twice/],
    [['--set', '__proto__=1'], /has no input "__proto__"/],
    [['--set', 'toString=1'], /has no input "toString"/],
    [['--set', 'level=1', '--set', 'level=2'], /--set level is given twice/],
  ] as const) {
    it(`is refused: ${words.join(' ')}`, async () => {
      const { code, out, err } = await plan(...words);
      assert.equal(code, ExitCode.usage);
      assert.match((out + err).replaceAll('\\"', '"'), message);
    });
  }
});
