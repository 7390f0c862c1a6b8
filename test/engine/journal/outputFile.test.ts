import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { finishLeftovers, lastLines, OutputFile } from '../../../src/engine/journal/outputFile.js';
import { markMasked } from '../../../src/engine/secrets/masked.js';
import { temporaryDirectory } from './support.js';

const LIMITS = { head: 10, tail: 20 };

describe('output file', () => {
  const directory = temporaryDirectory();
  let number = 0;
  const fresh = (): string => join(directory(), `out-${String(number++)}.log`);

  it('takes no bytes that have not been through the mask', () => {
    const file = new OutputFile(fresh());
    // @ts-expect-error: they may hold a secret.
    const write: (bytes: Uint8Array) => void = (bytes) => file.write(bytes);
    write(Buffer.alloc(0));
    assert.equal(file.close(), undefined);
  });

  it('makes no file for no output', () => {
    const path = fresh();
    assert.equal(new OutputFile(path).close(), undefined);
    assert.ok(!existsSync(path));
  });

  it('keeps the beginning and the end of any output, however it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 45 }), { minLength: 1, maxLength: 12 }), (chunks) => {
        const path = fresh();
        const file = new OutputFile(path, LIMITS);
        for (const chunk of chunks) file.write(markMasked(chunk));
        const all = Buffer.concat(chunks);
        const dropped = Math.max(0, all.length - 30);
        const kept =
          dropped === 0
            ? all
            : Buffer.concat([all.subarray(0, 10), Buffer.from(`\n[${String(dropped)} bytes are left out here]\n`), all.subarray(-20)]);
        const ref = file.close();
        assert.equal(ref?.bytes, all.length);
        assert.equal(ref.dropped, dropped);
        assert.deepEqual(readFileSync(path), kept);
        assert.ok(!existsSync(`${path}.tail`));
      }),
      { numRuns: 300 },
    );
  });

  it('names its file relative to the run, for the owner alone', () => {
    mkdirSync(join(directory(), 'output'));
    const path = join(directory(), 'output', 'a.log');
    const file = new OutputFile(path);
    file.write(markMasked(Buffer.from('hello')));
    assert.deepEqual(file.close(), { file: join('output', 'a.log'), bytes: 5, dropped: 0 });
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('puts the output of a killed process in order', () => {
    const path = fresh();
    const file = new OutputFile(path, LIMITS);
    for (const letter of 'abcdefgh') file.write(markMasked(Buffer.from(letter.repeat(7))));
    finishLeftovers(directory(), LIMITS);
    assert.equal(readFileSync(path, 'utf8'), 'aaaaaaabbb\n[26 bytes are left out here]\nffffffggggggghhhhhhh');
  });

  it('leaves an output it cannot mend, and mends the others', () => {
    writeFileSync(join(directory(), 'lonely.log.tail'), 'x');
    const path = fresh();
    new OutputFile(path, LIMITS).write(markMasked(Buffer.from('x'.repeat(12))));
    finishLeftovers(directory(), LIMITS);
    assert.equal(readFileSync(path, 'utf8'), 'x'.repeat(12));
  });

  it('counts as dropped what the disk does not take, and never throws', () => {
    const file = new OutputFile(join(directory(), 'no', 'such', 'place.log'));
    file.write(markMasked(Buffer.from('lost')));
    assert.deepEqual(file.close(), { file: join('such', 'place.log'), bytes: 4, dropped: 4 });
  });

  it('takes much output in bounded memory', () => {
    const path = fresh();
    const file = new OutputFile(path);
    const chunk = Buffer.alloc(1024 * 1024, 'line of output\n');
    const before = process.memoryUsage().rss;
    for (let written = 0; written < 100; written++) file.write(markMasked(chunk));
    const ref = file.close();
    assert.equal(ref?.dropped, 90 * 1024 * 1024);
    assert.ok(statSync(path).size < 11 * 1024 * 1024);
    assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
  });

  it('reads the last lines', () => {
    const path = fresh();
    writeFileSync(path, Array.from({ length: 20_000 }, (_, line) => `line ${String(line)}`).join('\n') + '\n');
    assert.equal(lastLines(path, 2), 'line 19998\nline 19999');
    assert.equal(lastLines(path, 9000).split('\n').length, 9000);
    assert.equal(lastLines(path, 5, 14), '98\nline 19999');
    assert.equal(lastLines(join(directory(), 'nothing.log'), 3), '');
  });
});
