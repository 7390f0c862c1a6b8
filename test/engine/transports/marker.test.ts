import assert from 'node:assert/strict';
import { MarkerReader, newNonce } from '../../../src/engine/transports/marker.js';

describe('the first word of a program', () => {
  const nonce = newNonce();
  const word = Buffer.from(`runbook-studio ${nonce} started 7\nthe output`);

  const read = (...chunks: readonly Uint8Array[]): { words: string[]; rest: string; noise: string } => {
    const found = { words: [] as string[], rest: '' };
    const reader = new MarkerReader(
      nonce,
      (words) => found.words.push(...words),
      (bytes) => (found.rest += Buffer.from(bytes).toString()),
    );
    for (const chunk of chunks) reader.push(chunk);
    return { ...found, noise: reader.noise };
  };

  it('is found wherever it is cut, behind any greeting', () => {
    const all = Buffer.concat([Buffer.from('welcome\n'), word]);
    for (let cut = 0; cut <= all.length; cut++)
      assert.deepEqual(read(all.subarray(0, cut), all.subarray(cut)), { words: ['started', '7'], rest: 'the output', noise: '' });
  });

  it('is found behind a greeting of any length, of which not much is kept', () => {
    const greeting = Array.from({ length: 40 }, () => Buffer.alloc(64 * 1024, 'x'));
    assert.deepEqual(read(...greeting, word), { words: ['started', '7'], rest: 'the output', noise: '' });
    assert.ok(read(...greeting).noise.length <= 256 * 1024);
  });

  it('of another program is none', () => {
    const other = Buffer.from(`runbook-studio ${newNonce()} started 7\nthe output`);
    assert.deepEqual(read(other), { words: [], rest: '', noise: other.toString() });
  });
});
