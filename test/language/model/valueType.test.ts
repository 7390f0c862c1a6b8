import assert from 'node:assert/strict';
import { checkValue } from '../../../src/language/index.js';
import type { DeclaredValue } from '../../../src/language/index.js';

const cases: readonly (readonly [
  declared: DeclaredValue,
  good: readonly (string | number | boolean)[],
  bad: readonly (string | number | boolean)[],
])[] = [
  [{ type: 'string' }, ['', 'x'], [1, true]],
  [{ type: 'boolean' }, [true, false], ['true', 0]],
  [{ type: 'integer' }, [0, -3], [1.5, '3', Infinity]],
  [{ type: 'port' }, [1, 65_535], [0, 65_536, '22', 1.5]],
  [
    { type: 'url' },
    ['https://app.example.com', 'http://127.42.1.1:8080/x?y=1', 'http://[::1]:80/'],
    ['app.example.com', 'ftp://x', 'https://a b', 'https://'],
  ],
  [{ type: 'address' }, ['app.example.com', '127.42.1.1', '::1', 'web_1'], ['https://app.example.com', 'a/b', 'a b', '-x', '']],
  [{ type: 'path' }, ['/opt/app', 'C:\\app'], ['a\0b', 3]],
  [{ type: 'version' }, ['11.6', '11.6.0 LTS', 'v1.2-rc1'], [11.6, 'latest', '']],
  [{ type: 'version', schemePattern: '\\d+\\.\\d+' }, ['11.6'], ['11', '11.6.1']],
  [{ type: 'duration' }, ['5m'], ['5', 5]],
  [{ type: 'choice', options: ['a', 'b'] }, ['a'], ['c', '']],
  [{ type: 'string', pattern: '[a-z]+' }, ['abc'], ['abc1', '']],
];

describe('values against their declarations', () => {
  for (const [declared, good, bad] of cases) {
    it(JSON.stringify(declared), () => {
      for (const value of good) assert.equal(checkValue(declared, value), undefined, String(value));
      for (const value of bad) assert.match(checkValue(declared, value) ?? '', /[;] /, `${String(value)} should not fit`);
    });
  }

  it('leave templates alone until their value is known', () => assert.equal(checkValue({ type: 'port' }, '${{ inputs.port }}'), undefined));
});
