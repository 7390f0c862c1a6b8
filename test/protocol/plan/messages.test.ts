import assert from 'node:assert/strict';
import { readFromPlanPage, readToPlanPage } from '../../../src/protocol/index.js';

const PLACE = { file: 'a.runbook.yaml', line: 3 };
const ROW = { kind: 'group', path: 'a', title: 'A', depth: 0, place: PLACE, remarks: [], steps: 1 };
const SHEET = {
  uri: 'file:///a.runbook.yaml',
  runbook: 'a.runbook.yaml',
  title: 'A',
  environment: 'Staging',
  inventory: 'staging.inventory.yaml',
  onlyOne: false,
  asText: true,
  production: false,
  digest: 'd'.repeat(64),
  settled: true,
  summary: [],
  warnings: [],
  notes: [],
  hops: [],
  sections: [{ title: 'Steps', rows: [ROW] }],
  hostLists: [],
  orders: [],
  advisories: [],
  questions: [],
  timeline: [],
  times: [],
  next: [],
};
const NO_PLAN = { type: 'no_plan', uri: SHEET.uri, runbook: 'a.runbook.yaml', why: 'Because.', problems: [], broken: [] };

describe('messages of the page of a plan', () => {
  const sound: readonly object[] = [
    { type: 'ready' },
    { type: 'choose_inventory' },
    { type: 'as_text' },
    { type: 'reveal', ...PLACE },
    { type: 'reveal_problem', index: 0 },
    { type: 'open_link', href: 'https://example.com/' },
  ];
  for (const message of sound) it(`takes ${JSON.stringify(message)}`, () => assert.deepEqual(readFromPlanPage(message), message));

  const broken: readonly unknown[] = [
    undefined,
    'ready',
    [],
    { type: 'constructor' },
    { type: 'ready', more: 1 },
    { type: 'reveal', file: 'a', line: 0 },
    { type: 'reveal', file: 'a', line: 1.5 },
    { type: 'reveal', file: ['a'], line: 1 },
    { type: 'reveal', file: 'x'.repeat(70_000), line: 1 },
    { type: 'reveal_problem', index: -1 },
    { type: 'reveal_problem', index: '0' },
    { type: 'open_link' },
  ];
  for (const message of broken)
    it(`refuses ${(JSON.stringify(message) ?? 'undefined').slice(0, 60)}`, () => assert.equal(readFromPlanPage(message), undefined));
});

describe('messages to the page of a plan', () => {
  const sound: readonly object[] = [
    { type: 'plan', sheet: SHEET },
    NO_PLAN,
    { ...NO_PLAN, inventory: 'x.inventory.yaml', problems: [{ file: 'a', message: 'b' }] },
    { type: 'cursor', paths: ['a/b'] },
  ];
  for (const message of sound)
    it(`takes ${JSON.stringify(message).slice(0, 60)}`, () => assert.deepEqual(readToPlanPage(message), message));

  const broken: readonly unknown[] = [
    null,
    { type: 'plan' },
    { type: 'plan', sheet: { ...SHEET, orders: undefined } },
    { type: 'plan', sheet: { ...SHEET, title: 1 } },
    { type: 'plan', sheet: { ...SHEET, sections: [{ title: 'Steps' }] } },
    { type: 'plan', sheet: { ...SHEET, sections: [{ title: 'Steps', rows: [{ ...ROW, kind: 'other' }] }] } },
    { type: 'plan', sheet: { ...SHEET, sections: [{ title: 'Steps', rows: [{ ...ROW, place: undefined }] }] } },
    { ...NO_PLAN, problems: [{ file: 'a' }] },
    { ...NO_PLAN, uri: undefined },
    { type: 'cursor', paths: [1] },
  ];
  for (const message of broken) it(`refuses ${JSON.stringify(message).slice(-60)}`, () => assert.equal(readToPlanPage(message), undefined));
});
