import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Masker } from '../../../src/engine/secrets/masker.js';

const ROOT = join(import.meta.dirname, '../../..');
/** Such as people choose and programs make: short ones, words, tokens, keys. */
const SECRETS = [
  'pa55word',
  'Summer-2026!',
  'postgres_admin',
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'c2VjcmV0IHZhbHVl',
  '4f9d-11ee-be56',
];

/** Lines in which no secret stands: what people write and what programs print. */
function cleanLines(): readonly string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  const files = [...docs.map((file) => join(ROOT, 'docs', file)), join(ROOT, 'package-lock.json'), join(ROOT, 'README.md')];
  return files.flatMap((file) => readFileSync(file, 'utf8').split('\n')).filter((line) => !SECRETS.some((secret) => line.includes(secret)));
}

describe('masker on ordinary text', () => {
  it('masks fewer than one line in a thousand by mistake', () => {
    const masker = new Masker();
    for (const secret of SECRETS) assert.notEqual(masker.register(secret), 'unusable');
    const lines = cleanLines();
    assert.ok(lines.length > 10_000, String(lines.length));
    const masked = lines.filter((line) => masker.maskText(line) !== line);
    assert.ok(masked.length < lines.length / 1000, `${String(masked.length)} of ${String(lines.length)}: ${masked.slice(0, 5).join('\n')}`);
  });

  it('masks only what begins a secret where a stream pauses or breaks off', () => {
    const masker = new Masker();
    for (const secret of SECRETS) masker.register(secret);
    const lines = cleanLines().slice(0, 5_000);
    const changed = lines.filter((line) => {
      const stream = masker.stream();
      return Buffer.concat([stream.push(Buffer.from(line)), stream.settle()]).toString() !== line;
    });
    // One pause at the end of every line is far more than any program makes.
    assert.ok(
      changed.length < lines.length / 100,
      `${String(changed.length)} of ${String(lines.length)}: ${changed.slice(0, 5).join('\n')}`,
    );
  });

  it('takes a large key without a large table', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${Array.from({ length: 50 }, (_, line) => Buffer.alloc(48, `${String(line)}k`).toString('base64')).join('\n')}\n-----END PRIVATE KEY-----\n`;
    const before = process.memoryUsage().arrayBuffers;
    const masker = new Masker();
    assert.equal(masker.register(key), 'safe');
    assert.equal(masker.maskText(`a ${key} b`), 'a *** b');
    assert.ok(process.memoryUsage().arrayBuffers - before < 64e6);
  });
});
