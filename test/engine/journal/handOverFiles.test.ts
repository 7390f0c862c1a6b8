import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerRequest, answerTo, askForRun, clearHandOver, requestFor, withdrawRequest } from '../../../src/engine/journal/handOver.js';
import { wayFree } from '../../../src/engine/journal/takeOver.js';
import { RunLock } from '../../../src/engine/journal/lock.js';
import { temporaryDirectory } from './support.js';
import { eventually } from '../../support/eventually.js';

describe('the files of a hand-over', () => {
  const directory = temporaryDirectory();
  const file = (): string => join(directory(), 'hand-over.request');

  it('carry a request there and its answer back, as one line that steers no terminal', () => {
    const asked = askForRun(directory(), 'eve\u001b[2J', 'desk\n', `why\u202e${'x'.repeat(900)}`);
    const seen = requestFor(directory());
    assert.equal(seen?.id, asked.id);
    assert.deepEqual([seen.by, seen.machine], ['eve', 'desk']);
    assert.match(seen.why, /^why<U\+202E>x+$/);
    assert.equal(seen.why.length, 500);
    assert.equal(answerTo(directory(), asked.id), undefined);
    answerRequest(directory(), asked.id, 'seen');
    assert.equal(answerTo(directory(), asked.id), 'seen');
    assert.equal(answerTo(directory(), '0'.repeat(16)), undefined);
    withdrawRequest(directory(), '0'.repeat(16));
    assert.ok(existsSync(file()));
    withdrawRequest(directory(), asked.id);
    assert.ok(!existsSync(file()));
    clearHandOver(directory());
    assert.equal(answerTo(directory(), asked.id), undefined);
  });

  it('are taken for none where they are not what we write', () => {
    const whole = { id: '0123456789abcdef', by: 'a', machine: 'b', why: 'c' };
    writeFileSync(file(), JSON.stringify(whole));
    assert.deepEqual(requestFor(directory()), whole);
    for (const key of Object.keys(whole)) {
      writeFileSync(file(), JSON.stringify({ ...whole, [key]: 1 }));
      assert.equal(requestFor(directory()), undefined, key);
    }
    for (const text of [
      '',
      '1',
      'null',
      JSON.stringify({ ...whole, id: '../../x' }),
      JSON.stringify({ ...whole, why: 'x'.repeat(9000) }),
    ]) {
      writeFileSync(file(), text);
      assert.equal(requestFor(directory()), undefined, text.slice(0, 50));
    }
    writeFileSync(join(directory(), 'elsewhere'), JSON.stringify(whole));
    clearHandOver(directory());
    symlinkSync(join(directory(), 'elsewhere'), file());
    assert.equal(requestFor(directory()), undefined);
    clearHandOver(directory());
    mkdirSync(file());
    assert.equal(requestFor(directory()), undefined);
  });

  it('are not needed where nobody holds the run', async () => {
    const wish = { why: 'w', signal: new AbortController().signal, told: () => assert.fail('nobody was asked') };
    assert.deepEqual(await wayFree(directory(), 'eve', wish), { how: 'free' });
    const lock = RunLock.acquire(directory());
    const waiting = wayFree(directory(), 'eve', wish);
    lock.release();
    assert.deepEqual(await waiting, { how: 'free' }, 'it ended by itself');
  });

  it('are placed again where a new holder has cleared them away', async () => {
    const lock = RunLock.acquire(directory());
    const waiting = wayFree(directory(), 'eve', { why: 'w', signal: new AbortController().signal, told: () => undefined });
    const first = requestFor(directory());
    clearHandOver(directory());
    await eventually(() => requestFor(directory()) !== undefined, 'the request is placed again', 20);
    const second = requestFor(directory());
    assert.notEqual(second?.id, first?.id);
    answerRequest(directory(), second?.id ?? '', 'letting_go');
    lock.release();
    assert.deepEqual(await waiting, { how: 'let_go' });
  });
});
