import assert from 'node:assert/strict';
import { differenceText } from '../../../src/extension/compare/differenceText.js';
import type { Change, PlanComparison } from '../../../src/review/index.js';
import { serviceOver } from '../../support/language/service.js';

const FILE = '/books/a.runbook.yaml';
const TEXT = `runbook: v1
id: a
title: A
steps:
  - { id: one, title: One, from: local, run: id }
`;

async function textOf(
  changes: readonly Change[],
  limits: readonly string[] = [],
  plans: readonly PlanComparison[] = [],
): Promise<ReturnType<typeof differenceText>> {
  const now = await serviceOver({ [FILE]: TEXT }).loadProject(FILE);
  assert.ok(now !== undefined);
  return differenceText({ difference: { changes, limits }, plans }, { past: 'main', now });
}

function change(danger: Change['danger'], what: string, at?: number): Change {
  const where = at === undefined ? {} : { new: { file: FILE, range: { start: at, end: at } } };
  return { kind: 'gate-removed', danger, what, where, about: '' };
}

describe('the text about a difference', () => {
  it('says the dangerous first, with its places', async () => {
    const { text, places } = await textOf([
      change('harmless', 'a comment'),
      change('dangerous', 'the gate is gone', TEXT.indexOf('one')),
      change('dangerous', 'a whole file is gone'),
    ]);
    assert.equal(
      text,
      `a.runbook.yaml compared with main

Dangerous: a protection is gone, or more is touched (2)
  - the gate is gone
    a.runbook.yaml:5
  - a whole file is gone

Harmless (1)
  - a comment
`,
    );
    assert.deepEqual(places, [{ row: 4, file: FILE, line: 5 }]);
    assert.equal(text.split('\n')[4], '    a.runbook.yaml:5');
  });

  it('says so when nothing means anything else, and what was not looked at', async () => {
    assert.match((await textOf([])).text, /^Nothing: both mean the same\.$/m);
    assert.match((await textOf([], ['too many plans'])).text, /^What could not be looked at\n {2}- too many plans$/m);
  });

  it('says what becomes of plans', async () => {
    const deltas = [{ variants: ['app 1 · linux'], lines: [{ sign: '-' as const, path: 'a', what: 'gate "Approve" on server' }] }];
    const plans = [{ compared: 3, deltas, onlyOld: [], onlyNow: ['app 2 · linux'], limits: [] }];
    assert.match(
      (await textOf([], [], plans)).text,
      /^In plans, in 1 of 3 variants \(app 1 · linux\)\n {2}- gate "Approve" on server\n\nPlans: 1 variant only now, such as app 2 · linux$/m,
    );
  });

  it('fits an editor beside another one', async () => {
    const { text } = await textOf([change('notable', 'word '.repeat(60).trim())]);
    assert.ok(text.split('\n').every((line) => line.length <= 56));
    assert.equal(text.split('word').length - 1, 60);
  });
});
