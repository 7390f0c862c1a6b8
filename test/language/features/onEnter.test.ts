import assert from 'node:assert/strict';
import { applied } from '../../support/language/applied.js';
import { withCursor } from '../../support/language/cursor.js';
import { serviceOver } from '../../support/language/service.js';

/** The text after a line break was typed at the cursor and the editor, with its patterns, has indented it like the line above. */
function afterEnter(marked: string, file = '/work/a.runbook.yaml'): string {
  const { text: before, offset } = withCursor(marked);
  const line = before.slice(before.lastIndexOf('\n', offset - 1) + 1, offset);
  const indented = `\n${/^ */.exec(line)?.[0] ?? ''}`;
  const text = before.slice(0, offset) + indented + before.slice(offset);
  const edits = serviceOver({}).onEnter(file, text, offset + indented.length);
  const made = applied(text, edits);
  return made.slice(offset, made.length - (before.length - offset)).replace('\n', '⏎');
}

describe('a line break', () => {
  const cases: readonly (readonly [what: string, marked: string, wanted: string])[] = [
    ['begins a list where only a list fits', 'steps:|', '⏎  - '],
    ['begins a list within a step', 'steps:\n  - id: a\n    answers:|', '⏎      - '],
    ['begins a list behind a dash', 'steps:\n  - steps:|', '⏎      - '],
    ['begins a list in line with the one that is there', 'steps:|\n- id: a', '⏎- '],
    ['does not choose between a text and a list', 'steps:\n  - on:|', '⏎      '],
    ['goes one level in for a mapping', 'roles:|', '⏎  '],
    ['goes one level in behind a dash', 'steps:\n  - retry:|', '⏎      '],
    ['goes in line with what is below', 'roles:|\n    web: { hosts: 1 }', '⏎    '],
    ['goes on in a step whose first key stands behind its dash', 'steps:\n  - id: a|', '⏎    '],
    ['goes on in a step', 'steps:\n  - id: a\n    title: A|', '⏎    '],
    ['goes on with a list of words', 'steps:\n  - effects:\n      - stop|', '⏎      - '],
    ['goes into the item that was begun', 'steps:\n  -|', '⏎    '],
    ['goes into a block', 'steps:\n  - run: ||', '⏎      '],
    ['goes into a block that is chomped', 'steps:\n  - run: >-|', '⏎      '],
    ['stays within a block', 'steps:\n  - run: |\n      echo a|', '⏎      '],
    ['stays within a block that looks like a runbook', 'steps:\n  - run: |\n      steps:|', '⏎      '],
    ['stays within quotes', 'steps:\n  - title: "one|', '⏎  '],
    ['stays within brackets', 'steps:\n  - service: {|', '⏎  '],
    ['stays within brackets of several lines', 'steps:\n  - service: {\n      name: x,|\n    }', '⏎      '],
    ['goes on behind brackets that are closed', 'steps:\n  - service: { name: x }|', '⏎    '],
    ['passes over a comment behind a key', 'steps: # all of them|', '⏎  - '],
    ['passes over an anchor', 'procedures:\n  a: &a|', '⏎    - '],
    ['goes in behind a key nobody knows', 'stepz:|', '⏎  '],
    ['leaves a comment alone', 'steps:\n  # note|', '⏎  '],
  ];
  for (const [what, marked, wanted] of cases) it(what, () => assert.equal(afterEnter(marked), wanted));

  it('knows inventories', () => {
    assert.equal(afterEnter('hosts:|', '/work/a.inventory.yaml'), '⏎  ');
  });

  it('leaves a line alone on which something stands', () => {
    const text = 'steps:\n  - id: a\n';
    assert.deepEqual(serviceOver({}).onEnter('/work/a.runbook.yaml', text, 'steps:\n'.length), []);
  });

  it('keeps the line breaks of the text', () => {
    const text = 'steps:\r\n\r\nfinally:\r\n';
    assert.deepEqual(serviceOver({}).onEnter('/work/a.runbook.yaml', text, 8), [{ range: { start: 8, end: 8 }, text: '  - ' }]);
  });
});
