import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EndMark } from '../../../../src/engine/transports/local/endMark.js';
import { LocalExec } from '../../../../src/engine/transports/local/localExec.js';

const NONCE = '0123456789abcdef0123456789abcdef';

describe('the end of a command on a terminal', () => {
  it('is found however the output is cut, and is no part of it', () => {
    const text = `an almost ${NONCE} mark, ${NONCE.slice(0, 20)} and ${NONCE} 7;`;
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      const mark = new EndMark(NONCE);
      const out: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) out.push(mark.push(bytes.subarray(at, at + size)));
      assert.equal(Buffer.concat(out).toString(), text.slice(0, -`${NONCE} 7;`.length), `in pieces of ${String(size)}`);
      assert.equal(mark.code, 7);
    }
  });

  it('is the end: nothing that comes after it is output', () => {
    const mark = new EndMark(NONCE);
    assert.equal(mark.push(Buffer.from(`all ${NONCE} 0;`)).toString(), 'all ');
    assert.equal(mark.push(Buffer.from('and more')).length, 0);
  });

  it('gives back what was held when no mark comes', () => {
    const mark = new EndMark(NONCE);
    const out = Buffer.concat([mark.push(Buffer.from(`cut ${NONCE.slice(0, 9)}`)), mark.rest()]);
    assert.equal(out.toString(), `cut ${NONCE.slice(0, 9)}`);
    assert.equal(mark.code, undefined);
  });

  it('does not lose the last bytes of much output, nor its exit code', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'runbook-end-'));
    const exec = new LocalExec(directory, undefined, () => undefined);
    try {
      for (const code of [0, 7, 255]) {
        let bytes = 0;
        const commandLine = `head -c 3000000 /dev/zero | tr '\\0' x; exit ${String(code)}`;
        const io = { stdout: (chunk: Uint8Array) => void (bytes += chunk.length), stderr: () => undefined };
        const channel = await exec.exec({ commandLine, terminal: { columns: 80, rows: 24 } }, io);
        assert.deepEqual(await channel.ended, { kind: 'exited', code });
        assert.equal(bytes, 3_000_000);
      }
    } finally {
      rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
    }
  }).timeout(60_000);
});
