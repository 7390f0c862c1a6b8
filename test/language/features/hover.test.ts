import assert from 'node:assert/strict';
import { withCursor } from '../../support/language/cursor.js';
import { serviceOver } from '../../support/language/service.js';

const head = `runbook: v1
id: sample
title: Sample
inputs: { target: { type: version, title: The version to reach } }
contacts: { support: { title: Support Team } }
roles: { web: { hosts: 1, title: Web servers, vars: { url: url } } }
`;

function hover(marked: string): { word: string; markdown: string } | undefined {
  const { text, offset } = withCursor(head + marked);
  const found = serviceOver({}).hover('/a.runbook.yaml', text, offset);
  return found && { word: text.slice(found.range.start, found.range.end), markdown: found.markdown };
}

describe('hover', () => {
  const cases: readonly (readonly [marked: string, word: string, markdown: RegExp])[] = [
    ['steps:\n  - i|d: a', 'id', /^\*\*id\*\*: name\n\nName of the step/],
    ['steps:\n  - o|nce: true', 'once', /Default: `false`/],
    ['steps:\n  - service: { sta|te: started }', 'state', /`started`, `stopped`, `restarted`/],
    ['steps:\n  - timeout: 5|m', '5m', /duration/],
    ['steps:\n  - on: we|b', 'web', /\*\*web\*\*: role\n\nWeb servers/],
    ['steps:\n  - on_failure: { escalate: sup|port }', 'support', /contact\n\nSupport Team/],
    ['steps:\n  - when: inputs.tar|get == version("1")', 'inputs.target', /input, version\n\nThe version to reach/],
    ['steps:\n  - args: ["x ${{ host.ur|l }}"]', 'host.url', /of the host, url/],
    ['steps:\n  - check: { comm|and: { run: x } }', 'command', /read-only command/],
    ['steps:\n  - i|d: [', 'id', /Name of the step/],
  ];
  for (const [marked, word, markdown] of cases) {
    it(marked.replaceAll('\n', '⏎'), () => {
      const found = hover(marked);
      assert.equal(found?.word, word);
      assert.match(found.markdown, markdown);
    });
  }

  it('says nothing about unknown keys and empty places', () => {
    assert.equal(hover('steps:\n  - nons|ense: 1'), undefined);
    assert.equal(hover('\n\n|\n'), undefined);
  });
});
