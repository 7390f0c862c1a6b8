import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

function links(text: string): readonly string[] {
  const found = serviceOver({}).links('/books/a.runbook.yaml', text);
  return found.map(({ range, target }) => `${text.slice(range.start, range.end)} -> ${target}`);
}

describe('links in a runbook', () => {
  it('lead to documents, pictures and other runbooks, seen from the file', () => {
    const text = `related:
  - { title: Guide, link: https://docs.example.com/guide }
documents:
  vendor: { title: Vendor, link: ../vendor.md }
steps:
  - { use: "b.runbook.yaml#a..b" }
  - { manual: Look., figure: figures/page.svg }
`;
    assert.deepEqual(links(text), [
      'https://docs.example.com/guide -> https://docs.example.com/guide',
      '../vendor.md -> /vendor.md',
      '"b.runbook.yaml#a..b" -> /books/b.runbook.yaml',
      'figures/page.svg -> /books/figures/page.svg',
    ]);
  });

  it('are not made of parts of this file, of templates, or of what is no text', () => {
    assert.deepEqual(links('steps:\n  - { use: "#part" }\n  - { link: "${{ inputs.x }}" }\n  - { link: 3 }\n  - { use: nothing }\n'), []);
    assert.deepEqual(links('['.repeat(500)), []);
  });
});
