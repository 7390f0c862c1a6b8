import assert from 'node:assert/strict';
import { parseDuration } from '../../../src/language/index.js';

describe('durations', () => {
  const good: Record<string, number> = {
    '500ms': 500,
    '90s': 90_000,
    '5m': 300_000,
    '1h30m': 5_400_000,
    '24h': 86_400_000,
    '2d': 172_800_000,
    '1d2h3m4s5ms': 93_784_005,
    '0s': 0,
  };
  for (const [text, milliseconds] of Object.entries(good))
    it(`${text} is ${String(milliseconds)} ms`, () => assert.equal(parseDuration(text), milliseconds));

  for (const text of ['', '5', '5 m', 'm', '1m1h', '-5m', '1.5h', '5mm', '5M', 'five minutes', '9999999s']) {
    it(`"${text}" is none`, () => assert.equal(parseDuration(text), undefined));
  }
});
