import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { planDigest } from '../../../src/planner/index.js';
import { planOf } from '../../support/drafting.js';
import { LOCAL_HEAD, LOCAL_INVENTORY, TestEngine } from '../../support/running.js';

/** What a host may print to be taken for something else later: templates of several languages, what our own programs say, controls. */
const PRINTED = [
  '${{ inputs.password }}',
  '${{ 1 + 1 }}',
  '{{ 7 * 7 }}',
  '!unsafe $(touch mark)',
  '`touch mark`',
  '::set-output name=x::y',
  '##vso[task.setvariable variable=x]y',
  'started 1 1',
  'rc 0',
  '{"type":"attempt_ended","outcome":"succeeded"}',
  '\u001b]633;E;touch mark\u0007\u001b[2J',
  'safe\u202egnp.exe',
] as const;

describe('what a host prints', () => {
  let test: TestEngine;
  beforeEach(async () => (test = await TestEngine.open()));
  afterEach(() => test.close());

  it('is data for ever: no template, no command, no event, no control of anything', async () => {
    for (const printed of PRINTED) {
      const gates: string[] = [];
      const run = await test.start(
        `
  - { id: says, from: local, env: { TEXT: "${Buffer.from(printed).toString('base64')}" }, run: 'printf "%s" "$TEXT" | base64 -d; echo', outputs: { said: { match: '^(.*)' } } }
  - { id: again, from: local, env: { SAID: "\${{ steps.says.said }}", LOG: "${test.log}" }, args: ["\${{ steps.says.said }}"], run: 'printf "%s\\n%s\\n" "$SAID" "$1" >> "$LOG"', when: "steps.says.said != ''" }
  - { id: person, manual: "They said \${{ steps.says.said }}.", from: local }
`,
        {
          more: 'inputs: { password: { type: string, title: P, default: canary } }\n',
          answer: (gate) => {
            gates.push(JSON.stringify(gate));
            return { kind: 'done', evidence: [] };
          },
        },
      );
      const state = await run.finished();
      assert.equal(state.status, 'succeeded', `${JSON.stringify(printed)}: ${state.closing ?? ''}`);
      assert.equal(state.steps['says']?.['-']?.values['said'], printed);
      assert.deepEqual((await test.logged()).slice(-2), [printed, printed]);
      assert.ok(gates.length === 1 && !gates[0]?.includes('canary'));
      for (const event of run.events) {
        if ('values' in event) continue;
        assert.doesNotMatch(JSON.stringify(event), /\\u00(?:[01]|7f|[89])|[\u007f-\u009f\u202a-\u202e]/, event.type);
      }
    }
    assert.deepEqual(
      readdirSync(test.directory).filter((name) => name === 'mark'),
      [],
    );
  }).timeout(120_000);

  it('gives no variable to any program but those that are written down', async () => {
    const values = ['plain', '', ' two  words ', 'line\nline', 'A=B', "it's", '$(touch mark)', 'a\tb', 'é漢😀', '-n'];
    const env = Object.fromEntries(values.map((value, index) => [`NAME_${String(index)}`, value]));
    const run = await test.start(
      `  - { id: shows, from: local, env: ${JSON.stringify(env)}, run: "tr '\\\\0' '\\\\1' < /proc/self/environ" }\n`,
    );
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    const output = state.steps['shows']?.['-']?.attempts.at(-1)?.ended?.output;
    assert.ok(output !== undefined);
    const { readFile } = await import('node:fs/promises');
    const shown = await readFile(join(test.directory, 'state/runs', run.handle.run, output.file), 'utf8');
    const given = Object.fromEntries(
      shown.split('\u0001').flatMap((entry) => [...entry.matchAll(/^([^=]+)=([^]*)$/g)].map(([, name = '', value = '']) => [name, value])),
    );
    for (const [name, value] of Object.entries(env)) assert.equal(given[name], value, name);
    const more = Object.keys(given).filter((name) => !(name in env) && process.env[name] === undefined);
    assert.deepEqual(
      more.filter((name) => !/^(?:RUNBOOK_STUDIO_\w+|OLDPWD|PWD|SHLVL|_)$/.test(name)),
      [],
    );
  });

  it('is kept where nobody else reads it, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const run = await test.start('  - { id: says, from: local, run: echo x }\n  - { id: acts, on: app, run: echo y }\n');
      assert.equal((await run.finished()).status, 'succeeded');
    } finally {
      process.umask(before);
    }
    const all = readdirSync(join(test.directory, 'state'), { recursive: true, encoding: 'utf8' });
    assert.ok(all.length > 4);
    for (const name of ['', ...all]) {
      const found = statSync(join(test.directory, 'state', name));
      // What lies in the directory of an attempt is as private as that is.
      if (name.startsWith('attempts/') && !found.isDirectory()) continue;
      const { mode } = found;
      assert.equal(mode & 0o077, 0, `${name} has mode ${(mode & 0o777).toString(8)}`);
    }
  });

  it('cannot be run as another plan than the one that was approved', async () => {
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': `${LOCAL_HEAD}steps:\n  - { id: a, from: local, run: echo a }\n` },
      inventory: LOCAL_INVENTORY,
    });
    const other = await planOf({
      runbooks: { 'a.runbook.yaml': `${LOCAL_HEAD}steps:\n  - { id: a, from: local, run: echo b }\n` },
      inventory: LOCAL_INVENTORY,
    });
    assert.throws(() => void test.engine.start({ plan: other, digest: planDigest(plan), facts: [], approval: 'flag' }), /digest/);
  });
});
