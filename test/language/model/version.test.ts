import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareVersions, versionFields } from '../../../src/language/index.js';

describe('versions', () => {
  const equal = [
    ['11.6.0 LTS', '11.6'],
    ['9.1.000001', '9.1.1'],
    ['v2.0', '2'],
    ['6.1.1.5', '6.1.1.5'],
  ];
  const rising = [
    ['10.9', '10.10'],
    ['9.1.1', '9.1.000002'],
    ['1.2rc1', '1.3'],
    ['11.6', '11.6.0.1'],
    ['9007199254740992.1', '9007199254740993.0'],
    ['7.1.000015', '10.0.000000'],
  ];
  for (const [a = '', b = ''] of equal) it(`${a} equals ${b}`, () => assert.equal(compareVersions(a, b), 0));
  for (const [a = '', b = ''] of rising) {
    it(`${a} comes before ${b}`, () => {
      assert.equal(compareVersions(a, b), -1);
      assert.equal(compareVersions(b, a), 1);
    });
  }

  it('are ordered by their numbers, part by part', () => {
    const parts = fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const wanted = Array.from({ length: 5 }, (_, i) => (a[i] ?? 0) - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
        return compareVersions(a.join('.'), b.join('.')) === Math.sign(wanted);
      }),
    );
  });

  it('have the fields that their scheme names', () => {
    const scheme = String.raw`(?<release>\d+\.\d+)(\.\d+){0,2}( LTS)?`;
    assert.deepEqual(versionFields(scheme, '11.6.3 LTS'), { release: '11.6' });
    assert.equal(versionFields(scheme, 'x11.6'), undefined);
    assert.equal(versionFields('(', '1'), undefined);
  });
});
