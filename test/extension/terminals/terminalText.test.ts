import assert from 'node:assert/strict';
import { ending, forTerminal, heading } from '../../../src/extension/terminals/terminalText.js';

describe('text for a terminal', () => {
  it('goes back to the first column at each line', () => {
    assert.equal(forTerminal('a\nb\r\nc\rd'), 'a\r\nb\r\nc\rd');
  });

  it('heads an attempt with its step', () => {
    assert.match(heading('Upload', 1), /▶ Upload/);
    assert.doesNotMatch(heading('Upload', 1), /attempt/);
    assert.match(heading('Upload', 2), /attempt 2/);
    assert.match(heading('Upload', 2, 'judged'), /nothing is run/);
  });

  it('says how an attempt ended, and why', () => {
    const ended = { seq: 1, at: '', mono: 0, type: 'attempt_ended', step: 'a', target: '-', attempt: 1, durationMs: 1200 } as const;
    assert.match(ending({ ...ended, outcome: 'succeeded' }), /done.*1\.2 s/);
    assert.match(
      ending({ ...ended, outcome: 'failed', failure: { reason: 'timeout', message: 'It took too long.' } }),
      /failed.*: It took too long\./,
    );
    assert.match(ending({ ...ended, outcome: 'unknown' }), /nobody knows/);
    assert.match(
      ending({ ...ended, outcome: 'succeeded', why: 'seen on the host', by: 'pat' }),
      /counts as done.*, says pat: seen on the host/,
    );
  });
});
