import assert from 'node:assert/strict';
import { applied } from '../../../support/language/applied.js';
import { withCursor } from '../../../support/language/cursor.js';
import { serviceOver } from '../../../support/language/service.js';

const FILE = '/a.runbook.yaml';
const TITLES = [
  'Write this text as a block',
  'Write this text in quotes',
  'Write this list line by line',
  'Write this mapping line by line',
];

/** What another notation makes of the value at the cursor; undefined where none is offered. */
async function rewritten(marked: string): Promise<string | undefined> {
  const { text, offset } = withCursor(marked);
  const actions = await serviceOver({ [FILE]: text }).codeActions(FILE, text, { start: offset, end: offset });
  const found = actions.filter(({ title }) => TITLES.includes(title));
  assert.ok(found.length < 2, 'one at a time');
  assert.ok(found.every(({ kind }) => kind === 'refactor.rewrite'));
  return found[0] === undefined ? undefined : applied(text, found[0].edits.get(FILE) ?? []);
}

describe('the notation of a value', () => {
  const cases: readonly (readonly [what: string, marked: string, wanted: string | undefined])[] = [
    ['quotes become a block', 'steps:\n  - run: "a| \\"b\\""\n    id: x\n', 'steps:\n  - run: |-\n      a "b"\n    id: x\n'],
    ['quotes with line breaks, too', 'steps:\n  - run: "a|\\n\\n b\\n"\n', 'steps:\n  - run: |\n      a\n\n       b\n'],
    [
      'a comment behind quotes stays on the line',
      "steps:\n  - run: 'it''s| so' # why\n    id: x\n",
      "steps:\n  - run: |- # why\n      it's so\n    id: x\n",
    ],
    ['quotes of several lines are read first', 'steps:\n  - run: "a|\n      b"\n', 'steps:\n  - run: |-\n      a b\n'],
    ['line breaks of Windows stay', 'steps:\r\n  - run: "a|\\nb"\r\n', 'steps:\r\n  - run: |-\r\n      a\r\n      b\r\n'],
    ['a text in a list', 'args:\n  - "a| b"\n', 'args:\n  - |-\n    a b\n'],
    ['a text that begins with a blank keeps its quotes', 'title: " a|"\n', undefined],
    ['a text within braces keeps its quotes', 'env: { a: "b|" }\n', 'env:\n  a: "b"\n'],
    ['a block becomes quotes', "steps:\n  - run: |-\n      it's| so\n    id: x\n", 'steps:\n  - run: "it\'s so"\n    id: x\n'],
    ['a block with line breaks, too', 'steps:\n  - run: ||\n      a\n      b\n\n    id: x\n', 'steps:\n  - run: "a\\nb\\n"\n\n    id: x\n'],
    ['a block that folds, with its comment', 'run: > # why|\n  a\n  b\n', 'run: "a b\\n" # why\n'],
    ['a long block stays', `run: ||\n  ${'a'.repeat(130)}\n`, undefined],
    [
      'a mapping goes below its key',
      'roles: { web|: { hosts: 1 }, db: { hosts: 2 } }\n',
      'roles:\n  web: { hosts: 1 }\n  db: { hosts: 2 }\n',
    ],
    ['a comment stays with the key', 'roles: { web|: x } # all\n', 'roles: # all\n  web: x\n'],
    ['a list goes below its key', 'steps:\n  - on: [web|, db]\n    id: x\n', 'steps:\n  - on:\n      - web\n      - db\n    id: x\n'],
    [
      'a step goes behind its dash',
      'steps:\n  - { id|: x, on: [web] } # first\n  - y\n',
      'steps:\n  - id: x # first\n    on: [web]\n  - y\n',
    ],
    ['brackets of several lines', 'on: [\n  web|,\n  db,\n]\n', 'on:\n  - web\n  - db\n'],
    ['keys without a value stay', 'with: { a|, b: }\n', undefined],
    ['keys in quotes', 'with: {"a|":1}\n', 'with:\n  "a": 1\n'],
    ['aliases and anchors', 'x: &x 1\nwith: { a|: &b 2, c: *x , d: *b }\n', 'x: &x 1\nwith:\n  a: &b 2\n  c: *x\n  d: *b\n'],
    ['brackets with a comment in them stay', 'on: [\n  web|, # the first\n  db,\n]\n', undefined],
    ['brackets without anything in them stay', 'on: [|]\n', undefined],
    ['a plain text stays', 'title: a| b\n', undefined],
  ];
  for (const [what, marked, wanted] of cases) it(what, async () => assert.equal(await rewritten(marked), wanted));
});
