import assert from 'node:assert/strict';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../../src/cli/arguments.js';
import type { Io } from '../../src/cli/io.js';
import { assertSecretsDeclared, secretsFor } from '../../src/cli/secrets.js';
import { HumanError } from '../../src/engine/index.js';
import type { SecretGiver } from '../../src/engine/index.js';

const PLACE = { runbook: 'cluster', environment: 'staging' };
const DECLARED = { title: 'Password' };

describe('secrets of the command line', () => {
  const said: string[] = [];
  const io = (env: Io['env'] = {}): Io => ({
    out: () => undefined,
    err: (text) => void said.push(text),
    interactive: true,
    columns: () => 80,
    color: false,
    cwd: '/',
    env,
  });
  const args = (...words: string[]): ReturnType<typeof parseArguments> => parseArguments(['run', 'a.runbook.yaml', ...words]);
  const ask = (question: string, hidden?: boolean): Promise<string> => Promise.resolve(`${question}${String(hidden)}`);
  const asked = (give: SecretGiver, name = 'db'): ReturnType<SecretGiver> => give(name, DECLARED, 'ask', PLACE);
  const program = (text: string): string[] => ['--secret-command', JSON.stringify([process.execPath, '-e', text])];

  it('come from a descriptor, the environment, a program, the person, in this order', async function () {
    if (process.platform === 'win32') this.skip();
    const directory = mkdtempSync(join(tmpdir(), 'cli-secrets-'));
    const file = join(directory, 'secret');
    writeFileSync(file, 'by descriptor\n');
    const env = { RUNBOOK_SECRET_DB: 'by variable', RUNBOOK_SECRET_API: 'by another' };
    const script = 'if (process.env.RUNBOOK_SECRET_NAME !== "typed") console.log("by program"); console.error("unlocked")';
    const give = secretsFor(args('--secret-fd', `db=${String(openSync(file, 'r'))}`, ...program(script)), io(env), ask);
    rmSync(directory, { recursive: true });
    assert.equal((await asked(give))?.value, 'by descriptor');
    assert.equal((await asked(give, 'api'))?.value, 'by another');
    assert.equal((await asked(give, 'token'))?.value, 'by program');
    assert.deepEqual(said, ['unlocked\n']);
    assert.deepEqual(await asked(give, 'typed'), { value: 'Password (typed): true', from: 'what was typed' });
  });

  it('are not to be had where nobody is asked', async () => {
    assert.equal(await asked(secretsFor(args('--headless'), io(), undefined)), undefined);
  });

  it('are not handed out where Node.js would print them', async () => {
    const give = secretsFor(args(), io({ RUNBOOK_SECRET_DB: 'by variable', NODE_DEBUG: 'http' }), undefined);
    await assert.rejects(asked(give), (error) => error instanceof HumanError && error.message.startsWith('NODE_DEBUG is set'));
    assert.equal(await asked(give, 'other'), undefined);
  });

  it('refuse options that are not right', () => {
    const refused = (why: RegExp, ...words: string[]): void => {
      assert.throws(() => secretsFor(args(...words), io(), undefined), { name: 'UsageError', message: why });
    };
    refused(/takes NAME=VALUE/, '--secret-fd', '3');
    refused(/takes NAME=NUMBER, not "db=x"/, '--secret-fd', 'db=x');
    refused(/has a file descriptor of its own/, '--secret-fd', 'db=3', '--secret-fd', 'db=4');
    refused(/has a file descriptor of its own/, '--secret-fd', 'db=3', '--secret-fd', 'api=3');
    refused(/takes a program\.$/, '--secret-command', '');
    for (const words of ['[', '[]', '[1]', '[""]']) refused(/a list of texts as JSON/, '--secret-command', words);
    assert.doesNotThrow(() => secretsFor(args('--secret-command', '/usr/bin/my secrets'), io(), undefined));
  });

  it('refuse a name the runbook does not declare', () => {
    const given = args('--secret-fd', 'bd=3');
    assert.throws(() => assertSecretsDeclared(given, { db: DECLARED }), { message: /declares no such secret; it declares db\.$/ });
    assert.throws(() => assertSecretsDeclared(given, {}), { message: /declares no such secret\.$/ });
    assert.doesNotThrow(() => assertSecretsDeclared(given, { bd: DECLARED }));
  });
});
