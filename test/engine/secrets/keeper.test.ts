import assert from 'node:assert/strict';
import { HumanError } from '../../../src/events/index.js';
import { SecretKeeper } from '../../../src/engine/secrets/keeper.js';
import { Masker } from '../../../src/engine/secrets/masker.js';
import type { SecretGiver } from '../../../src/engine/secrets/sources/index.js';

const DECLARED = { title: 'Password' };

function keeping(give: SecretGiver): { keeper: SecretKeeper; masker: Masker; told: string[] } {
  const told: string[] = [];
  const masker = new Masker();
  const place = { runbook: 'a', environment: 'b' };
  return {
    keeper: new SecretKeeper(
      give,
      () => place,
      masker,
      (severity, text) => void told.push(`${severity}: ${text}`),
    ),
    masker,
    told,
  };
}

describe('keeper of secrets', () => {
  it('makes the mask know a secret before anybody else does, and says where it came from', async () => {
    const { keeper, masker, told } = keeping(() => Promise.resolve({ value: 'hunter2-hunter2', from: 'the test' }));
    assert.equal(keeper.known('db'), undefined);
    assert.equal(await keeper.get('db', DECLARED), 'hunter2-hunter2');
    assert.equal(masker.maskText('hunter2-hunter2'), '***');
    assert.equal(keeper.known('db'), 'hunter2-hunter2');
    assert.equal(keeper.isWeak('db'), false);
    assert.equal(await keeper.get('db', DECLARED), 'hunter2-hunter2');
    assert.deepEqual(told, ['info: The secret "db" comes from the test.']);
  });

  it('asks once at a time, and again after it got nothing', async () => {
    let asked = 0;
    const { keeper, told } = keeping(() => Promise.resolve(++asked === 1 ? undefined : { value: 'hunter2-hunter2', from: 'the test' }));
    assert.deepEqual(await Promise.all([keeper.get('db', DECLARED), keeper.get('db', DECLARED)]), [undefined, undefined]);
    assert.equal(asked, 1);
    assert.match(told[0] ?? '', /^warning: Nobody gave the secret "db" \(Password\)\. Provide it, .* RUNBOOK_SECRET_DB, and try again\.$/);
    assert.equal(await keeper.get('db', DECLARED), 'hunter2-hunter2');
  });

  it('uses none that cannot be hidden', async () => {
    const { keeper, told } = keeping(() => Promise.resolve({ value: 'true', from: 'the test' }));
    assert.equal(await keeper.get('db', DECLARED), undefined);
    assert.match(told.join(), /^warning: The secret "db" is too short or too plain/);
    assert.equal(keeper.known('db'), undefined);
  });

  it('names one that is short', async () => {
    const { keeper, told } = keeping(() => Promise.resolve({ value: 'pa55', from: 'the test' }));
    assert.equal(await keeper.get('db', DECLARED), 'pa55');
    assert.equal(keeper.isWeak('db'), true);
    assert.match(told[1] ?? '', /^warning: The secret "db" is shorter than 8 characters/);
  });

  it('is closed where a source fails, and says why; a fault of ours is none of that', async () => {
    const { keeper, told } = keeping(() => Promise.reject(new HumanError('The store is locked.', 'Unlock it.')));
    assert.equal(await keeper.get('db', DECLARED), undefined);
    assert.deepEqual(told, ['warning: The store is locked. Unlock it.']);
    await keeper.takeAtHand({ db: DECLARED });
    const faulty = keeping(() => Promise.reject(new Error('ours')));
    await assert.rejects(faulty.keeper.get('db', DECLARED), /ours/);
    await assert.rejects(faulty.keeper.takeAtHand({ db: DECLARED }), /ours/);
  });

  it('takes what is at hand, quietly until it is used', async () => {
    const asked: string[] = [];
    const { keeper, masker, told } = keeping((name, _declared, asking) => {
      asked.push(`${name} ${asking}`);
      return Promise.resolve(name === 'db' ? { value: 'hunter2-hunter2', from: 'the test' } : undefined);
    });
    await keeper.takeAtHand({ db: DECLARED, other: DECLARED });
    await keeper.takeAtHand({ db: DECLARED });
    assert.deepEqual([keeper.has('db'), keeper.has('other')], [true, false]);
    assert.deepEqual(asked, ['db at_hand', 'other at_hand']);
    assert.equal(masker.maskText('hunter2-hunter2'), '***');
    assert.deepEqual(told, []);
    assert.equal(await keeper.get('db', DECLARED), 'hunter2-hunter2');
    assert.equal(told.length, 1);
  });
});
