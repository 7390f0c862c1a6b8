import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { troubleOfRunbook } from '../docs/checked.js';
import { examplesOf, headerOf, wholeRunbook } from '../docs/example.js';

interface Snippet {
  readonly prefix?: string;
  readonly description: string;
  readonly body: readonly string[];
}

const file = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'snippets', 'runbook.code-snippets');
const snippets = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Snippet>>;

describe('snippets', () => {
  const header = headerOf(examplesOf('language.md'));

  it('have no prefix: what fits a place is offered there by completion, and snippets would stand beside it at every place', () => {
    assert.deepEqual(
      Object.entries(snippets).filter(([, { prefix }]) => prefix !== undefined),
      [],
    );
  });

  for (const [name, snippet] of Object.entries(snippets)) {
    it(`${name} is sound as it is inserted`, async () => {
      const text = inserted(snippet.body.join('\n')) + '\n';
      assert.deepEqual(await troubleOfRunbook(aroundSnippet(header, name, text)), []);
    });
  }
});

function aroundSnippet(header: string, name: string, text: string): string {
  if (name.startsWith('Probe: ')) return wholeRunbook(header, 'probe', text);
  if (name === 'Expression') return wholeRunbook(header, 'step', `- { id: x, title: X, manual: "To ${text.trim()}." }\n`);
  if (text.startsWith('- ')) return wholeRunbook(header, 'step', text);
  if (text.startsWith('on_failure:'))
    return wholeRunbook(header, 'step', `- id: x\n  title: X\n  on: server\n  run: x\n${text.replace(/^(?=.)/gm, '  ')}`);
  return wholeRunbook(header, 'top', text);
}

/** Text of a snippet when every placeholder keeps its default and the first choice is taken. */
function inserted(body: string): string {
  return body
    .replace(/\\\$/g, '\u0000')
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '')
    .replaceAll('\u0000', '$');
}
