import assert from 'node:assert/strict';
import { parseInstant } from '../../../src/language/index.js';

describe('instants', () => {
  for (const text of ['2026-11-28T22:00+01:00', '2026-11-28 21:00Z', '2026-11-28T21:00:00Z'])
    it(`reads ${text}`, () => assert.equal(parseInstant(text), Date.UTC(2026, 10, 28, 21)));
  it('knows leap days', () => assert.equal(parseInstant('2028-02-29T00:00Z'), Date.UTC(2028, 1, 29)));
  for (const text of [
    '2026-02-30T00:00Z',
    '2026-02-29T00:00Z',
    '2026-13-01T00:00Z',
    '2026-11-28T22:00',
    '2026-11-28T24:00Z',
    '2026-11-28T22:00+15:00',
    '22:00',
    '',
  ])
    it(`takes "${text}" for none`, () => assert.equal(parseInstant(text), undefined));
});
