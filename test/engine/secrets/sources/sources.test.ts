import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HumanError } from '../../../../src/events/index.js';
import { commandSource, descriptorSource, environmentSource, inOrder, promptSource } from '../../../../src/engine/secrets/sources/index.js';
import type { SecretCommand, SecretSource } from '../../../../src/engine/secrets/sources/index.js';

const PLACE = { runbook: 'cluster', environment: 'staging' };
const DECLARED = { title: 'Password of the database' };
const windows = process.platform === 'win32';

function fixed(value: string | undefined, from: string, atHand = true): SecretSource {
  return { atHand, find: () => Promise.resolve(value === undefined ? undefined : { value, from }) };
}

describe('sources of secrets', () => {
  it('are asked in their order; an empty value is none', async () => {
    const give = inOrder([fixed(undefined, 'a'), fixed('', 'b'), fixed('one', 'c'), fixed('two', 'd')]);
    assert.deepEqual(await give('db', DECLARED, 'ask', PLACE), { value: 'one', from: 'c' });
    assert.equal(await inOrder([])('db', DECLARED, 'ask', PLACE), undefined);
  });

  it('are asked beforehand only where that disturbs nobody', async () => {
    const give = inOrder([fixed('one', 'a person', false), fixed('two', 'a variable')]);
    assert.deepEqual(await give('db', DECLARED, 'at_hand', PLACE), { value: 'two', from: 'a variable' });
    assert.deepEqual(await give('db', DECLARED, 'ask', PLACE), { value: 'one', from: 'a person' });
  });

  it('take what is declared from the environment, or what has the name of the secret', async () => {
    const source = environmentSource({ PGPASSWORD: 'one', RUNBOOK_SECRET_DB: 'two' });
    assert.deepEqual(await source.find('db', { ...DECLARED, env: 'PGPASSWORD' }, PLACE), {
      value: 'one',
      from: 'the environment variable PGPASSWORD',
    });
    assert.deepEqual(await source.find('db', DECLARED, PLACE), { value: 'two', from: 'the environment variable RUNBOOK_SECRET_DB' });
    assert.equal(await source.find('other', DECLARED, PLACE), undefined);
  });

  it('take what a person types', async () => {
    const source = promptSource((name, { title }, place) => Promise.resolve(name === 'db' ? `${title} ${place.runbook}` : undefined));
    assert.deepEqual(await source.find('db', DECLARED, PLACE), { value: 'Password of the database cluster', from: 'what was typed' });
    assert.equal(await source.find('other', DECLARED, PLACE), undefined);
    assert.equal(source.atHand, false);
  });

  describe('by file descriptor', () => {
    const directory = mkdtempSync(join(tmpdir(), 'descriptors-'));
    after(() => {
      rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
    });
    const holding = (text: string | Buffer): number => {
      const file = join(directory, 'secret');
      writeFileSync(file, text);
      return openSync(file, 'r');
    };
    const refused = (descriptor: number, why: RegExp): void => {
      assert.throws(
        () => descriptorSource(new Map([['db', descriptor]])),
        (error) => error instanceof HumanError && why.test(error.message),
      );
    };

    it('read one to its end, without one line end, and close it', async function () {
      if (windows) this.skip();
      const descriptor = holding('two lines\nof it\n\n');
      const source = descriptorSource(new Map([['db', descriptor]]));
      assert.throws(() => fstatSync(descriptor), /EBADF/);
      assert.deepEqual(await source.find('db', DECLARED, PLACE), {
        value: 'two lines\nof it\n',
        from: `the file descriptor ${String(descriptor)}`,
      });
      assert.equal(await source.find('other', DECLARED, PLACE), undefined);
    });

    it('read what comes through a pipe bit by bit', function () {
      if (windows) this.skip();
      const program = `import { descriptorSource } from ${JSON.stringify(join(import.meta.dirname, '../../../../src/engine/secrets/sources/descriptor.ts'))};
        const found = await descriptorSource(new Map([['db', 3]])).find('db');
        process.stdout.write(JSON.stringify(found));`;
      const file = join(directory, 'reader.mts');
      writeFileSync(file, program);
      const { stdout, stderr } = spawnSync(
        'bash',
        ['-c', `exec "$0" --import tsx "$1" 3< <(printf one; sleep 0.2; printf 'two\\r\\n')`, process.execPath, file],
        { encoding: 'utf8' },
      );
      assert.equal(stdout, '{"value":"onetwo","from":"the file descriptor 3"}', stderr);
    });

    it('refuse one that is no secret', function () {
      if (windows) this.skip();
      refused(holding(''), /"db" cannot be read from the file descriptor \d+: it is empty/);
      refused(holding(Buffer.alloc(70_000, 'x')), /more than 65536 bytes/);
      refused(1, /a number from 3 on/);
      const closed = holding('x');
      closeSync(closed);
      refused(closed, /EBADF/);
    });

    it('are refused on Windows', () => {
      assert.throws(() => descriptorSource(new Map([['db', 3]]), 'win32'), /On Windows no secret/);
      assert.doesNotThrow(() => descriptorSource(new Map(), 'win32'));
    });
  });

  describe('by a command', () => {
    const found = (script: string, more: Partial<SecretCommand> = {}): ReturnType<SecretSource['find']> =>
      commandSource({
        argv: [process.execPath, '-e', script, '{environment}/{name}', '{runbook}'],
        assertMayAct: () => undefined,
        ...more,
      }).find('db', DECLARED, PLACE);
    const refused = (script: string, why: RegExp, more: Partial<SecretCommand> = {}): Promise<void> =>
      assert.rejects(found(script, more), (error) => error instanceof HumanError && why.test(error.message));

    it('take what it prints, without one line end', async () => {
      const from = `the command ${process.execPath}`;
      assert.deepEqual(await found('console.log(process.argv.slice(1).join(" "))'), { value: 'staging/db cluster', from });
      const variables =
        'process.stdout.write([process.env.RUNBOOK_SECRET_NAME, process.env.RUNBOOK_ID, process.env.RUNBOOK_ENVIRONMENT].join())';
      assert.deepEqual(await found(variables), { value: 'db,cluster,staging', from });
      assert.equal((await found('console.log("one\\n")'))?.value, 'one\n');
    });

    it('know nothing where it prints nothing', async () => {
      assert.equal(await found(''), undefined);
    });

    it('give it no shell and no other secret', async () => {
      process.env['RUNBOOK_SECRET_OTHER'] = 'another-secret';
      const script = 'process.stdout.write(process.argv[1] + Object.keys(process.env).filter((name) => /SECRET_OTHER/.test(name)).join())';
      const argv = [process.execPath, '-e', script, '$(id); "{name}"'];
      const given = await commandSource({ argv, assertMayAct: () => undefined }).find('db', DECLARED, PLACE);
      delete process.env['RUNBOOK_SECRET_OTHER'];
      assert.equal(given?.value, '$(id); "db"');
    });

    it('tell what it says, without the secret', async () => {
      const told: string[] = [];
      await found('console.error("unlocked \\u001b[2Jwith hunter2-hunter2"); console.log("hunter2-hunter2")', {
        tell: (text) => void told.push(text),
      });
      assert.deepEqual(told, ['unlocked with ***']);
    });

    it('are closed where it fails', async () => {
      await refused('console.error("locked"); process.exit(3)', /did not give "db": it ended with exit code 3\. It said: locked\.$/);
      await refused('process.kill(process.pid, "SIGTERM")', /it was ended by SIGTERM/);
      await refused('setInterval(() => 0, 1000)', /did not end within 1 s/, { timeoutMs: 800 });
      await refused('process.stdout.write("x".repeat(70000))', /more than 65536 bytes/);
      await refused('', /ENOENT/, { argv: ['/nowhere/at-all'] });
      await refused(`console.error("x".repeat(9000)); process.exit(1)`, /x{500}…\.$/);
    });

    it('start nothing where nothing may be started', async () => {
      const assertMayAct = (): void => {
        throw new Error('not trusted');
      };
      await assert.rejects(found('console.log("x")', { assertMayAct }), /not trusted/);
    });
  });
});
