import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staysInside, troubleWithName } from '../../../src/engine/steps/downloadName.js';

describe('names of downloads', () => {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-downloads-'));
  after(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  });

  for (const [name, expected] of [
    ['log.txt', undefined],
    ['./web-1/log.txt', undefined],
    ['.hidden', undefined],
    ['%2e%2e', undefined],
    ['..', /leaves/],
    ['../x', /leaves/],
    ['a/../../x', /leaves/],
    ['/etc/passwd', /leaves/],
    ['C:x', /leaves/],
    ['c:\\x', /leaves/],
    ['a\\..\\x', /characters/],
    ['\\\\server\\share', /characters/],
    ['a\0b', /characters/],
    ['a\nb', /characters/],
    ['log:stream', /characters/],
    ['a\u202Etxt', /characters/],
    ['AUX', /device/],
    ['logs/nul.txt', /device/],
    ['com1', /device/],
    ['', /no name/],
    ['a//b', /no name/],
    ['a/', /no name/],
    ['a/./b', /no name/],
    ['log.', /no name/],
    ['log ', /no name/],
  ] as const) {
    it(`${expected === undefined ? 'take' : 'refuse'} ${JSON.stringify(name)}`, () => {
      if (expected === undefined) assert.equal(troubleWithName(name), undefined);
      else assert.match(troubleWithName(name) ?? '', expected);
    });
  }

  it('follow no link out of the folder', async () => {
    const inside = join(directory, 'run');
    mkdirSync(join(inside, 'kept'), { recursive: true });
    mkdirSync(join(directory, 'run2'));
    symlinkSync(directory, join(inside, 'out'));
    symlinkSync(join(directory, 'run2'), join(inside, 'beside'));
    symlinkSync(join(inside, 'kept'), join(inside, 'in'));
    for (const [name, expected] of [
      ['log', true],
      ['new/deep/log', true],
      ['kept/log', true],
      ['in/log', true],
      ['out/log', false],
      ['out/new/log', false],
      ['beside/log', false],
    ] as const)
      assert.equal(await staysInside(inside, join(inside, name)), expected, name);
    assert.equal(await staysInside(join(directory, 'not-yet'), join(directory, 'not-yet/log')), true);
  });
});
