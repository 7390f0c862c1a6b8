import assert from 'node:assert/strict';
import { runbookLenses, stepLenses } from '../../../src/extension/languageFeatures/lensModel.js';
import type { Lens, LensSubject } from '../../../src/extension/languageFeatures/lensModel.js';
import { LineIndex } from '../../../src/language/index.js';
import { planOf } from '../../support/drafting.js';
import { serviceOver } from '../../support/language/service.js';
import { Story } from '../../webview/support/runs.js';

const FILE = 'a.runbook.yaml';
const RUNBOOK = `runbook: v1
id: sample
title: Sample
roles: { app: { hosts: 2 } }
procedures:
  again: [ { id: start, title: Start it, on: app, run: start } ]
steps:
  - id: stop
    title: Stop
    on: app
    run: stop
  - id: phase
    title: Phase
    steps:
      - { id: look, title: Look, on: app, check: { host: reachable } }
  - { id: rolling, title: Rolling, on: app, serial: 1, steps: [ { id: inner, title: Inner, run: x } ] }
  - { id: twice, title: Twice, use: '#again' }
`;
const INVENTORY = 'inventory: v1\nenvironment: staging\ntitle: Staging\nhosts: { a: {}, b: {} }\nroles: { app: [a, b] }\n';

async function subject(more: Partial<LensSubject> = {}): Promise<LensSubject> {
  const lines = new LineIndex(RUNBOOK);
  return {
    file: FILE,
    outline: serviceOver({}).outline(FILE, RUNBOOK),
    lineAt: (offset) => lines.position(offset).line,
    plan: await planOf({ runbooks: { [FILE]: RUNBOOK }, inventory: INVENTORY }),
    lastRun: undefined,
    canRun: true,
    when: () => 'today',
    ...more,
  };
}

const shown = (lenses: readonly Lens[]): readonly string[] =>
  lenses.map(({ line, title, args }) => `${String(line)} ${title.replace(/^\$\([a-z-]+\) /, '')} ${String(args[0])}`);

describe('the lines above a runbook', () => {
  it('lead to running what stands in the plan at one place', async () => {
    assert.deepEqual(shown(stepLenses(await subject())), [
      '6 Run twice/start',
      '8 Run stop',
      '12 Run phase',
      '15 Run phase/look',
      '16 Run rolling',
      '17 Run twice',
    ]);
  });

  it('go by the text where there is no plan', async () => {
    const lenses = shown(stepLenses(await subject({ plan: undefined })));
    assert.ok(lenses.includes('15 Run phase/look'));
    assert.ok(!lenses.some((lens) => lens.startsWith('6 ')), 'a procedure by itself is no step of a run');
  });

  it('offer nothing that cannot be done', async () => {
    const nothing = await subject({ canRun: false });
    assert.deepEqual(stepLenses(nothing), []);
    assert.deepEqual(shown(runbookLenses(nothing, 'uri')), ['1 Show plan uri']);
    assert.deepEqual(shown(runbookLenses(await subject(), 'uri')), ['1 Show plan uri', '1 Run uri']);
  });

  it('say how a step and the run ended last, and lead there', async () => {
    const { plan } = await subject();
    assert.ok(plan !== undefined);
    const { state } = new Story(plan).done('stop', 'a', 'b').done('phase/look', 'a').fail('phase/look', 'b');
    const known = await subject({ lastRun: state, canRun: false });
    const lenses = stepLenses(known);
    assert.deepEqual(
      lenses.map(({ line, title }) => `${String(line)} ${title}`),
      ['8 $(pass) succeeded 2/2', '12 $(error) failed 1/2', '15 $(error) failed 1/2'],
    );
    assert.deepEqual(lenses[0]?.args, [{ run: state.run }]);
    assert.equal(lenses[0].command, 'runbook.openRun');
    const [, last] = runbookLenses(known, 'uri');
    assert.equal(last?.title, '$(history) Last run: not at its end, today');
    const [, elsewhere] = runbookLenses({ ...known, plan: undefined }, 'uri');
    assert.match(elsewhere?.title ?? '', /Last run on Staging/);
  });

  it('know a step again that stands on another line by now', async () => {
    const { plan, lineAt } = await subject();
    assert.ok(plan !== undefined);
    const { state } = new Story(plan).done('stop', 'a', 'b');
    const lenses = stepLenses(await subject({ lineAt: (offset) => lineAt(offset) + 3, lastRun: state, canRun: false }));
    assert.deepEqual(
      lenses.map(({ line, title }) => `${String(line)} ${title}`),
      ['11 $(pass) succeeded 2/2'],
    );
  });

  it('say nothing of a step that has another id by now', async () => {
    const { plan } = await subject();
    assert.ok(plan !== undefined);
    const { state } = new Story(plan).done('stop', 'a', 'b');
    const [first, ...rest] = (await subject()).outline;
    const outline = [first, ...rest].flatMap((node) =>
      node?.id === 'stop' ? [{ ...node, id: 'halt', path: 'halt' }] : node === undefined ? [] : [node],
    );
    assert.deepEqual(stepLenses(await subject({ outline, lastRun: state, canRun: false })), []);
  });
});
