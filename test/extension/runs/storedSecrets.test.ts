import assert from 'node:assert/strict';
import { HumanError } from '../../../src/engine/index.js';
import { StoredSecrets } from '../../../src/extension/runs/storedSecrets.js';

const PLACE = { runbook: 'cluster', environment: 'staging' };
const DECLARED = { title: 'Password' };

/** Store and memory of an editor. */
class Editor {
  readonly secrets = new Map<string, string>();
  readonly remembered = new Map<string, unknown>();
  locked = false;
  readonly store = {
    get: (key: string): Promise<string | undefined> =>
      this.locked ? Promise.reject(new Error('the keyring is locked')) : Promise.resolve(this.secrets.get(key)),
    store: (key: string, value: string): Promise<void> => {
      if (this.locked) return Promise.reject(new Error('the keyring is locked'));
      this.secrets.set(key, value);
      return Promise.resolve();
    },
    delete: (key: string): Promise<void> => {
      this.secrets.delete(key);
      return Promise.resolve();
    },
  };
  readonly memory = {
    get: <T>(key: string): T | undefined => this.remembered.get(key) as T | undefined,
    update: (key: string, value: unknown): Promise<void> => {
      if (value === undefined) this.remembered.delete(key);
      else this.remembered.set(key, value);
      return Promise.resolve();
    },
  };
  readonly stored = new StoredSecrets(this.store, this.memory);
}

describe('secrets in the store of the editor', () => {
  it('are found again for the same folder, runbook and environment alone', async () => {
    const { stored } = new Editor();
    await stored.keep('/work', PLACE, 'db', 'hunter2-hunter2');
    const found = (folder: string, place = PLACE, name = 'db'): Promise<unknown> => stored.source(folder).find(name, DECLARED, place);
    assert.deepEqual(await found('/work'), { value: 'hunter2-hunter2', from: 'the secret store of the editor' });
    assert.equal(await found('/cloned'), undefined);
    assert.equal(await found('/work', { ...PLACE, environment: 'production' }), undefined);
    assert.equal(await found('/work', { ...PLACE, runbook: 'other' }), undefined);
    assert.equal(await found('/work', PLACE, 'api'), undefined);
    assert.equal(stored.source('/work').atHand, true);
  });

  it('leave no value in the memory of the editor, and are forgotten as a whole', async () => {
    const editor = new Editor();
    for (const name of ['db', 'api', 'db']) await editor.stored.keep('/work', PLACE, name, 'hunter2-hunter2');
    assert.doesNotMatch(JSON.stringify([...editor.remembered]), /hunter2/);
    assert.equal(await editor.stored.forget(), 2);
    assert.equal(editor.secrets.size, 0);
    assert.equal(editor.remembered.size, 0);
    assert.equal(await editor.stored.forget(), 0);
  });

  it('are not to be had from a store that is locked', async () => {
    const editor = new Editor();
    editor.locked = true;
    await assert.rejects(editor.stored.source('/work').find('db', DECLARED, PLACE), (error) => {
      return error instanceof HumanError && error.message.includes('the keyring is locked') && error.next === 'Unlock it, then try again.';
    });
    await assert.rejects(editor.stored.keep('/work', PLACE, 'db', 'hunter2-hunter2'));
    editor.locked = false;
    assert.equal(await editor.stored.forget(), 1);
  });
});
