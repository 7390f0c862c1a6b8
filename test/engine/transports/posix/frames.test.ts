import assert from 'node:assert/strict';
import { FrameReader } from '../../../../src/engine/transports/posix/frames.js';
import { belonging, parseProcesses } from '../../../../src/engine/transports/posix/processes.js';
import { FROM_THE_BEGINNING } from '../../../../src/engine/transports/transport.js';

interface Read {
  readonly stdout: string;
  readonly stderr: string;
  readonly dropped: readonly string[];
  readonly ends: readonly (readonly string[] | undefined)[];
  readonly position: { readonly stdout: number; readonly stderr: number };
}

/** What a reader makes of a text that comes in pieces of so many bytes. */
function read(text: string, pieces: number, from = FROM_THE_BEGINNING): Read {
  const seen = { stdout: '', stderr: '' };
  const dropped: string[] = [];
  const ends: (readonly string[] | undefined)[] = [];
  const reader = new FrameReader(
    'NONCE',
    {
      stdout: (bytes) => void (seen.stdout += Buffer.from(bytes).toString('latin1')),
      stderr: (bytes) => void (seen.stderr += Buffer.from(bytes).toString('latin1')),
      dropped: (stream, bytes) => void dropped.push(`${stream} ${String(bytes)}`),
    },
    from,
    (words) => void ends.push(words),
  );
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += pieces) reader.push(bytes.subarray(at, at + pieces));
  return { ...seen, dropped, ends, position: reader.position };
}

describe('frames of a follower', () => {
  const text = 'NONCE o 12\nNONCE end rcNONCE e 2\n\n\xffNONCE s o 500\nNONCE o 1\nxNONCE end rc 3\nNONCE o 1\ny';

  it('are read the same however they are cut; what a command prints is never one of our lines, and nothing counts after the last', () => {
    for (let pieces = 1; pieces <= text.length; pieces++) {
      assert.deepEqual(read(text, pieces, { stdout: 10, stderr: 1 }), {
        stdout: 'NONCE end rcx',
        stderr: '\n\xff',
        dropped: ['stdout 500'],
        ends: [['rc', '3']],
        position: { stdout: 10 + 12 + 500 + 1, stderr: 3 },
      });
    }
  });

  it('end the reading where they are none: another word, another stream, no length, a line without an end', () => {
    for (const wrong of ['OTHER o 1\nx', 'NONCE x 1\nx', 'NONCE o -1\nx', 'NONCE o\nx', 'NONCE o 1e3\nx', `NONCE ${'o'.repeat(300)}`]) {
      assert.deepEqual(read(`NONCE o 1\na${wrong}NONCE o 1\nb`, 7), {
        stdout: 'a',
        stderr: '',
        dropped: [],
        ends: [undefined],
        position: { stdout: 1, stderr: 0 },
      });
    }
  });
});

describe('the process that shows the output of a command', () => {
  const all = parseProcesses('10 1 10 100 sh\n11 10 10 101 task\n12 10 10 102 follower\n13 12 10 103 dd\n');

  it('does not belong to it, and neither does what it starts', () => {
    assert.deepEqual(
      belonging(all, { pid: 10, started: '100', follower: 12 }, []).map(({ pid }) => pid),
      [10, 11],
    );
  });

  it('is only a child of the command: a number that was used again is none', () => {
    assert.deepEqual(
      belonging(all, { pid: 10, started: '100', follower: 13 }, []).map(({ pid }) => pid),
      [10, 11, 12, 13],
    );
  });
});
