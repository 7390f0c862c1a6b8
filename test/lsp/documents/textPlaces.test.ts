import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OpenDocuments } from '../../../src/lsp/documents/openDocuments.js';
import { TextPlaces } from '../../../src/lsp/documents/textPlaces.js';
import type { Encoding } from '../../../src/lsp/documents/textPlaces.js';

const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-16'];
const text = fc.string({ unit: fc.constantFrom('a', 'ö', '€', '🦉', '\n', '\r\n', '\r', ' '), maxLength: 40 });

describe('the places of a text', () => {
  it('are found again, whatever the client counts in', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...ENCODINGS), fc.nat(60), (written, encoding, at) => {
        const places = new TextPlaces(written, encoding);
        const offset = Math.min(at, written.length);
        const isInside = /[\ud800-\udbff]$/.test(written.slice(0, offset)) || (written[offset - 1] === '\r' && written[offset] === '\n');
        if (!isInside) assert.equal(places.offset(places.position(offset)), offset);
      }),
    );
  });

  it('count characters as the protocol does', () => {
    const written = 'a\r\nö🦉x\nend';
    assert.deepEqual(new TextPlaces(written, 'utf-8').position(written.indexOf('x')), { line: 1, character: 6 });
    assert.deepEqual(new TextPlaces(written, 'utf-16').position(written.indexOf('x')), { line: 1, character: 3 });
  });

  it('lie within the text, wherever a client points', () => {
    for (const encoding of ENCODINGS) {
      const places = new TextPlaces('ab\r\nc', encoding);
      const wild = [
        { line: 0, character: 99 },
        { line: 99, character: 0 },
        { line: -1, character: 5 },
        { line: 1, character: -3 },
      ];
      assert.deepEqual(
        wild.map((position) => places.offset(position)),
        [2, 5, 0, 4],
      );
    }
  });

  it('move with each change of a document, one after the other', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...ENCODINGS), fc.array(fc.tuple(fc.nat(50), fc.nat(50), text), { maxLength: 5 }), (...given) => {
        const [first, encoding, changes] = given;
        const documents = new OpenDocuments(encoding);
        const uri = 'file:///books/a.runbook.yaml';
        documents.open({ uri, languageId: 'yaml', version: 1, text: first });
        let expected = first;
        for (const [from, to, by] of changes) {
          const places = new TextPlaces(expected, encoding);
          const range = { start: places.position(Math.min(from, to)), end: places.position(Math.max(from, to)) };
          const [start, end] = [places.offset(range.start), places.offset(range.end)];
          documents.change(uri, 2, [{ range, text: by }]);
          expected = expected.slice(0, start) + by + expected.slice(end);
        }
        assert.equal(documents.at(uri)?.text, expected);
      }),
    );
  });

  it('belong to one document however its address is spelt', () => {
    const documents = new OpenDocuments('utf-16');
    documents.open({ uri: 'file:///books/a%2Brunbook/x.runbook.yaml', languageId: 'yaml', version: 1, text: '' });
    assert.ok(documents.at('file:///books/a+runbook/x.runbook.yaml')?.isOurs);
    assert.equal(documents.uriOf('/books/a+runbook/x.runbook.yaml'), 'file:///books/a%2Brunbook/x.runbook.yaml');
    documents.open({ uri: 'untitled:Untitled-1', languageId: 'runbook', version: 1, text: '' });
    assert.ok(documents.at('untitled:Untitled-1')?.isOurs);
    documents.close('untitled:Untitled-1');
    assert.equal(documents.at('untitled:Untitled-1'), undefined);
  });
});
