import assert from 'node:assert/strict';
import { faultCase } from '../../runner/faultCase.js';
import { Masker } from '../../../../src/engine/secrets/masker.js';
import { canaries, CanarySearch, FORMS, lineWith } from './forms.js';

describe('canaries', () => {
  const secrets = canaries(faultCase(1, 'forms', 0).random);
  const search = new CanarySearch(secrets);

  for (const [index, form] of FORMS.entries()) {
    it(`are found as ${form.name}, whole and by halves, and not where they are masked`, () => {
      const secret = secrets[index] ?? '';
      const line = lineWith(form, index, secret);
      const encoded = form.encode(secret);
      assert.ok(line.includes(encoded));
      for (const text of [line, encoded.slice(0, Math.ceil(encoded.length / 2)), encoded.slice(Math.floor(encoded.length / 2))])
        assert.ok(search.in(text).includes(`canary ${String(index)} as ${form.name}`), text);
      const masker = new Masker();
      for (const each of secrets) masker.register(each);
      assert.deepEqual(search.in(masker.maskText(line)), []);
    });
  }

  it('are not found in other text', () => {
    assert.deepEqual(search.in(canaries(faultCase(2, 'forms', 0).random).join('\n')), []);
  });
});
