import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputText } from '../../../src/engine/index.js';

describe('the end of an output', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'runbook-output-'));
    mkdirSync(join(directory, 'output'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const put = (text: string): { file: string; bytes: number; dropped: number } => {
    writeFileSync(join(directory, 'output/1'), text);
    return { file: 'output/1', bytes: Buffer.byteLength(text), dropped: 0 };
  };

  it('is all of it where it is short', () => {
    const ref = put('one\ntwo\n');
    assert.deepEqual(outputText(directory, ref, 10, 1000), { text: 'one\ntwo', file: join(directory, 'output/1'), cut: false });
  });

  it('is its last lines, and says that there are more', () => {
    const ref = put('one\ntwo\nthree\n');
    const { text, cut } = outputText(directory, ref, 2, 1000);
    assert.deepEqual([text, cut], ['two\nthree', true]);
    assert.equal(outputText(directory, put('x'.repeat(5000)), 2, 100).cut, true);
  });

  it('steers no terminal', () => {
    assert.equal(outputText(directory, put('\u001b[31mred\u001b[0m\u0007\n'), 2, 1000).text, 'red␇');
  });

  it('is empty where the file is gone', () => {
    assert.equal(outputText(directory, { file: 'output/2', bytes: 3, dropped: 0 }, 2, 1000).text, '');
  });
});
