import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { main } from '../../src/cli/main.js';
import { draft } from '../support/drafting.js';
import { LOCAL_INVENTORY, TestEngine } from '../support/running.js';

const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\n';

describe('finding out who has a role', function () {
  this.timeout(20_000);

  it('goes on asking the hosts while one answer shows that another is needed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'discovering-'));
    try {
      const fact = (word: string): string =>
        `{ on: app, type: boolean, read: { command: { run: 'case " $2 " in *" $1 "*) ;; *) exit 1;; esac', args: ["\${{ host.name }}", "${word}"] } } }`;
      await writeFile(
        join(directory, 'a.runbook.yaml'),
        `${HEAD}roles: { app: { hosts: 1.. }, lead: { of: app, where: host.up && host.first } }
facts: { up: ${fact('one two')}, first: ${fact('two')} }
steps: [ { id: a, on: lead, run: "true" } ]
`,
      );
      await writeFile(join(directory, 'x.inventory.yaml'), LOCAL_INVENTORY);
      const said: string[] = [];
      const say = (text: string): void => {
        said.push(text);
      };
      const words = [
        'run',
        'a.runbook.yaml',
        '--inventory',
        'x.inventory.yaml',
        '--yes',
        '--headless',
        '--state-dir',
        join(directory, 's'),
      ];
      const io = { out: say, err: say, interactive: false, columns: () => undefined, color: false, cwd: directory, env: {} };
      assert.equal(await main(words, io), ExitCode.ok, said.join(''));
      assert.match(said.join(''), /\(two\)/);
    } finally {
      await rm(directory, { recursive: true, force: true, maxRetries: 10 });
    }
  });

  it('takes no answer for a no that is neither yes nor no', async () => {
    const engine = await TestEngine.open();
    try {
      const runbook = `${HEAD}roles: { app: { hosts: 1.. }, lead: { of: app, where: host.leads } }\nfacts: { leads: { on: app, type: boolean, ask: Does it lead? } }\nsteps: [ { id: a, on: lead, run: "true" } ]`;
      const { plan, openRoles, openFacts } = await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory: LOCAL_INVENTORY });
      assert.ok(plan);
      await assert.rejects(
        engine.engine.discover({ plan, openRoles, openFacts }, [], () => 'yes'),
        /"yes" is no answer/,
      );
      const facts = await engine.engine.discover({ plan, openRoles, openFacts }, [], ({ host }) => String(host === 'two'));
      assert.deepEqual(
        facts.map(({ host, value }) => [host, value]),
        [
          ['one', false],
          ['two', true],
        ],
      );
    } finally {
      await engine.close();
    }
  });
});
