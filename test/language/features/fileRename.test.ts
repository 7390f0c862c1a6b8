import assert from 'node:assert/strict';
import type { FileMove } from '../../../src/language/index.js';
import { workspaceOf } from '../../support/language/navigating.js';

const SHOP = `documents: { vendor: { title: x, link: ../vendor.md } }
related: [ { title: x, link: "https://example.com/tools/check.runbook.yaml" } ]
steps:
  - use: tools/check.runbook.yaml#a..b
  - { use: "./tools/check.runbook.yaml", figure: figures/page.svg }
  - upload: { file: files/shop.tar.gz, to: /tmp }
  - upload: { file: "\${{ inputs.package }}", to: /tmp }
next: [ { use: 'tools/check.runbook.yaml' } ]
`;
const CHECK = 'steps: [ { use: "../shop.runbook.yaml#x", figure: "../figures/page.svg" } ]\n';
const FILES = new Map([
  ['/books/shop.runbook.yaml', SHOP],
  ['/books/tools/check.runbook.yaml', CHECK],
  ['/books/x.inventory.yaml', 'inventory: v1\n'],
]);

/** The new lines of each file. */
async function after(...moves: readonly FileMove[]): Promise<readonly string[]> {
  const { edits } = await workspaceOf(FILES).moveFiles(moves);
  return [...edits].flatMap(([file, ofFile]) => {
    const old = FILES.get(file) ?? '';
    const text = ofFile.reduceRight((before, edit) => before.slice(0, edit.range.start) + edit.text + before.slice(edit.range.end), old);
    return text.split('\n').filter((line) => !old.split('\n').includes(line));
  });
}

describe('files that move', () => {
  it('are followed by what uses them, links to them and shows them', async () => {
    assert.deepEqual(await after({ from: '/books/tools/check.runbook.yaml', to: '/books/checks/all.runbook.yaml' }), [
      '  - use: checks/all.runbook.yaml#a..b',
      '  - { use: "./checks/all.runbook.yaml", figure: figures/page.svg }',
      "next: [ { use: 'checks/all.runbook.yaml' } ]",
    ]);
    assert.deepEqual(await after({ from: '/books/figures/page.svg', to: '/books/figures/start.svg' }), [
      '  - { use: "./tools/check.runbook.yaml", figure: figures/start.svg }',
      'steps: [ { use: "../shop.runbook.yaml#x", figure: "../figures/start.svg" } ]',
    ]);
    assert.deepEqual(await after({ from: '/books/files/shop.tar.gz', to: '/shop.tar.gz' }), [
      '  - upload: { file: ../shop.tar.gz, to: /tmp }',
    ]);
    assert.deepEqual(await after({ from: '/vendor.md', to: '/books/vendor.md' }), ['documents: { vendor: { title: x, link: vendor.md } }']);
  });

  it('take their own paths along', async () => {
    assert.deepEqual(await after({ from: '/books/tools/check.runbook.yaml', to: '/books/check.runbook.yaml' }), [
      '  - use: check.runbook.yaml#a..b',
      '  - { use: "./check.runbook.yaml", figure: figures/page.svg }',
      "next: [ { use: 'check.runbook.yaml' } ]",
      'steps: [ { use: "shop.runbook.yaml#x", figure: "figures/page.svg" } ]',
    ]);
  });

  it('may be whole folders, in which nothing changes among themselves', async () => {
    assert.deepEqual(await after({ from: '/books', to: '/upgrades' }), []);
    assert.deepEqual(await after({ from: '/books', to: '/deep/upgrades' }), ['documents: { vendor: { title: x, link: ../../vendor.md } }']);
    assert.deepEqual(await after({ from: '/books/tools', to: '/books/ours' }), [
      '  - use: ours/check.runbook.yaml#a..b',
      '  - { use: "./ours/check.runbook.yaml", figure: figures/page.svg }',
      "next: [ { use: 'ours/check.runbook.yaml' } ]",
    ]);
  });

  it('are put in quotes where the new name needs them', async () => {
    assert.deepEqual(await after({ from: '/books/tools/check.runbook.yaml', to: '/books/a, #b.runbook.yaml' }), [
      "  - use: 'a, #b.runbook.yaml#a..b'",
      '  - { use: "./a, #b.runbook.yaml", figure: figures/page.svg }',
      "next: [ { use: 'a, #b.runbook.yaml' } ]",
      'steps: [ { use: "shop.runbook.yaml#x", figure: "figures/page.svg" } ]',
    ]);
  });
});
