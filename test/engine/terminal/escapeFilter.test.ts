import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EscapeFilter, plainText } from '../../../src/engine/terminal/escapeFilter.js';
import { ALLOWED, FORBIDDEN } from './escapeCorpus.js';

function filtered(...chunks: readonly string[]): string {
  const filter = new EscapeFilter();
  return chunks.map((chunk) => filter.filter(chunk)).join('');
}

/** What may be left of any output, however hostile. */
const HARMLESS = /^(?:[^\u0000-\u001f\u007f-\u009f]|[\b\t\n\r]|\x1b\[[0-9;:]*m|\x1b\[[012]?K|\x1b\[0?J|\x1b\[[0-9]{0,3}[A-DG])*$/;

describe('escape filter', () => {
  it('knows more than 200 hostile sequences', () => {
    assert.ok(new Set(FORBIDDEN).size >= 200, String(new Set(FORBIDDEN).size));
  });

  it('lets none of them through, cut at any place', () => {
    for (const sequence of FORBIDDEN) {
      const line = `KEEP${sequence}KEEP`;
      for (let cut = 0; cut <= line.length; cut++) {
        assert.equal(filtered(line.slice(0, cut), line.slice(cut)), 'KEEPKEEP', `${JSON.stringify(sequence)} cut at ${String(cut)}`);
      }
      assert.equal(filtered(...line), 'KEEPKEEP', JSON.stringify(sequence));
    }
  });

  it('lets colours and moves on the line through, cut at any place', () => {
    for (const sequence of ALLOWED) {
      const line = `a${sequence}b`;
      for (let cut = 0; cut <= line.length; cut++)
        assert.equal(filtered(line.slice(0, cut), line.slice(cut)), line, JSON.stringify(sequence));
    }
  });

  it('lets nothing else through, whatever comes', () => {
    const piece = fc.oneof(
      fc.constantFrom(...FORBIDDEN, ...ALLOWED, '\x1b', '\x1b[', '\x1b]', '\u009b', ';', '1', 'm', '\x1b\\'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const whole = filtered(pieces.join(''));
        assert.match(whole, HARMLESS);
        assert.equal(filtered(...pieces), whole);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes sequences of several intermediates, and moves with more than one number, for none', () => {
    assert.equal(filtered('one\ntwo\n\x1b(#Bthree\x1b[1;2A'), 'one\ntwo\nthree');
  });

  it('lets the cursor climb over its own lines only', () => {
    assert.equal(filtered('one\ntwo\n\x1b[9Anew'), 'one\ntwo\n\x1b[2Anew');
    assert.equal(filtered('\x1b[A'), '');
    assert.equal(filtered('a\nb\n\x1b[A\x1b[A\x1b[A'), 'a\nb\n\x1b[1A\x1b[1A');
    assert.equal(filtered('a\nb\n\x1b[2A\x1b[7B'), 'a\nb\n\x1b[2A\x1b[2B');
  });

  it('ends an unended string at its line', () => {
    assert.equal(filtered('\x1b]0;never ended\nnext line'), '\nnext line');
    assert.equal(filtered('\x1bPnever ended\r\nnext line'), '\nnext line');
  });

  it('leaves colours and the cursor as it found them', () => {
    const filter = new EscapeFilter();
    filter.filter('a\nb\n\x1b[31m\x1b[2A');
    assert.equal(filter.end(), '\x1b[0m\x1b[2B');
    assert.equal(filter.end(), '');
  });

  it('takes parameters of any length in bounded memory', () => {
    const filter = new EscapeFilter();
    filter.filter('\x1b[');
    for (let chunk = 0; chunk < 1000; chunk++) assert.equal(filter.filter('1'.repeat(10_000)), '');
    assert.equal(filter.filter('mtext'), 'text');
  });
});

describe('plain text', () => {
  it('is the same without any sequence', () => {
    for (const sequence of [...FORBIDDEN, ...ALLOWED]) {
      assert.doesNotMatch(plainText(`KEEP${sequence}KEEP`), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/, JSON.stringify(sequence));
    }
    assert.equal(plainText('\x1b[1;31merror\x1b[0m: \x1b]8;;https://example.com\x07link\x1b]8;;\x07'), 'error: link');
  });

  it('shows controls and unseen characters', () => {
    assert.equal(plainText('a\x07b\x00c\x7f'), 'a\u2407b\u2400c\u2421');
    assert.equal(plainText('safe\u202egnp.exe\u200b \u2066x\u2069 \ufeff'), 'safe<U+202E>gnp.exe<U+200B> <U+2066>x<U+2069> <U+FEFF>');
  });

  it('makes lines of carriage returns', () => {
    assert.equal(plainText('10%\r50%\r100%\r\ndone\r\r\n'), '10%\n50%\n100%\ndone\n');
  });
});
