import assert from 'node:assert/strict';
import { withSecretsKept } from '../../../src/engine/secrets/connectionOptions.js';
import { Masker } from '../../../src/engine/secrets/masker.js';
import { LocalExec } from '../../../src/engine/transports/local/localExec.js';
import type { EngineOptions } from '../../../src/engine/index.js';

const OPTIONS: EngineOptions = {
  stateDirectory: '/nowhere',
  version: 'test',
  operator: 'pat',
  baseDirectory: '/nowhere',
  assertMayAct: () => undefined,
  secret: () => Promise.resolve(undefined),
  ssh: {
    knownHosts: [],
    identities: [],
    trustUnknownKey: () => Promise.resolve(false),
    askSecret: (prompt) => Promise.resolve(prompt === 'Password' ? 'hunter2-hunter2' : undefined),
  },
};

describe('options of connections', () => {
  it('tell the mask what is typed to log in', async () => {
    const masker = new Masker();
    const { ssh } = withSecretsKept(OPTIONS, { secrets: {} }, masker);
    assert.equal(await ssh.askSecret('Password'), 'hunter2-hunter2');
    assert.equal(masker.maskText('hunter2-hunter2'), '***');
    assert.equal(await ssh.askSecret('Passphrase'), undefined);
  });

  it('keep the variables of secrets from every command', async function () {
    if (process.platform === 'win32') this.skip();
    const { withheldVariables } = withSecretsKept(
      OPTIONS,
      { secrets: { db: { title: 'A', env: 'SHOP_DB' }, api: { title: 'B' } } },
      new Masker(),
    );
    assert.deepEqual(withheldVariables, ['SHOP_DB', 'RUNBOOK_SECRET_API']);
    process.env['SHOP_DB'] = 'hunter2-hunter2';
    process.env['RUNBOOK_SECRET_FOR_ANOTHER'] = 'hunter3-hunter3';
    const printed: string[] = [];
    const print = (bytes: Uint8Array): void => void printed.push(Buffer.from(bytes).toString());
    const exec = new LocalExec('/', undefined, () => undefined, withheldVariables);
    const channel = await exec.exec({ commandLine: 'env' }, { stdout: print, stderr: print });
    await channel.ended;
    delete process.env['SHOP_DB'];
    delete process.env['RUNBOOK_SECRET_FOR_ANOTHER'];
    assert.match(printed.join(''), /^PATH=/m);
    assert.doesNotMatch(printed.join(''), /hunter/);
  });
});
