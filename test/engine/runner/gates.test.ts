import assert from 'node:assert/strict';
import { refusal } from '../../../src/engine/runner/gates.js';
import type { EvidenceRequest, Gate, GateAnswer } from '../../../src/events/index.js';
import type { Plan } from '../../../src/planner/index.js';

const PLAN = { environment: { id: 'production', title: 'Production', production: true, approvers: ['Jo Doe'] } } as unknown as Plan;

const MANUAL: Extract<Gate, { kind: 'manual' }> = {
  id: 'g1',
  kind: 'manual',
  step: 's',
  target: '-',
  text: '',
  evidence: [
    { id: 'attest_1', kind: 'attest', title: 'Backed up' },
    { id: 'address', kind: 'value', title: 'Address', type: 'address', pattern: '[0-9.]+' },
    { id: 'colour', kind: 'choice', title: 'Colour', options: ['red', 'green'] },
    { id: 'dump', kind: 'file', title: 'Dump' },
  ],
  otherPerson: false,
  optional: false,
};

const GOOD = [
  { id: 'attest_1', value: true },
  { id: 'address', value: '192.0.2.7' },
  { id: 'colour', value: 'red' },
  { id: 'dump', value: 'dump.sql', sha256: 'a'.repeat(64) },
];

function refused(gate: Gate, answer: GateAnswer, by = 'pat'): string | undefined {
  return refusal(gate, answer, by, 'pat', PLAN);
}

describe('answers to gates', () => {
  it('takes whole evidence, and nothing less', () => {
    assert.equal(refused(MANUAL, { kind: 'done', evidence: GOOD }), undefined);
    for (const [index, wrong, message] of [
      [0, { id: 'attest_1', value: false }, /"Backed up" is not confirmed/],
      [1, { id: 'address', value: 'x y' }, /does not have the form/],
      [2, { id: 'colour', value: 'blue' }, /not one of red, green/],
      [3, { id: 'dump', value: 'dump.sql' }, /needs a file/],
    ] as const) {
      assert.match(refused(MANUAL, { kind: 'done', evidence: GOOD.map((item, at) => (at === index ? wrong : item)) }) ?? '', message);
      assert.match(refused(MANUAL, { kind: 'done', evidence: GOOD.filter((_, at) => at !== index) }) ?? '', /still missing/);
    }
    assert.match(refused(MANUAL, { kind: 'done', evidence: [...GOOD, { id: 'more', value: 1 }] }) ?? '', /Nobody asked for "more"/);
    assert.match(refused(MANUAL, { kind: 'done', evidence: [...GOOD, { id: 'address', value: 'x y' }] }) ?? '', /"address" is given twice/);
  });

  it('wants another person where another person is asked for, and one who may', () => {
    const gate = { ...MANUAL, otherPerson: true };
    assert.match(refused(gate, { kind: 'done', evidence: GOOD }) ?? '', /Somebody other than pat/);
    assert.match(refused(gate, { kind: 'done', evidence: GOOD }, ' PAT ') ?? '', /Somebody other than pat/);
    assert.match(refused(gate, { kind: 'done', evidence: GOOD }, 'Al Roe') ?? '', /may not approve here; the inventory names Jo Doe/);
    assert.equal(refused(gate, { kind: 'done', evidence: GOOD }, 'Jo Doe'), undefined);
    assert.match(refused(gate, { kind: 'skip', why: 'in a hurry' }) ?? '', /cannot be skipped/);
  });

  it('wants the name of a production environment typed', () => {
    const gate: Gate = { id: 'g', kind: 'confirm', digest: 'd', text: '', hosts: [], irreversible: [], typed: 'production' };
    assert.match(refused(gate, { kind: 'approve' }) ?? '', /Type the name/);
    assert.match(refused(gate, { kind: 'approve', typed: 'Production' }) ?? '', /Type the name/);
    assert.equal(refused(gate, { kind: 'approve', typed: 'production' }), undefined);
  });

  it('wants a reason for every way round a failure, and offers only what there is', () => {
    const gate: Gate = {
      id: 'g',
      kind: 'failure',
      step: 's',
      target: 'one',
      failure: { reason: 'exit_code', message: '' },
      remedies: [],
      undo: [],
      excludable: false,
    };
    assert.match(refused(gate, { kind: 'skip', why: '' }) ?? '', /reason/);
    assert.match(refused(gate, { kind: 'exclude', why: 'broken' }) ?? '', /could be left out/);
    assert.match(refused(gate, { kind: 'undo', why: 'enough' }) ?? '', /taken back/);
    assert.match(refused(gate, { kind: 'remedy', index: 0 }) ?? '', /no such remedy/);
    assert.match(refused(gate, { kind: 'approve' }) ?? '', /cannot be answered/);
    assert.equal(refused(gate, { kind: 'retry' }), undefined);
  });

  it('takes a value of the type and form that is asked for, and none that is empty', () => {
    const gate = (request: Partial<EvidenceRequest>): Gate => ({
      id: 'g',
      kind: 'value',
      scope: 'main',
      fact: 'port',
      text: '',
      request: { id: 'port', kind: 'value', title: 'Port', ...request },
    });
    const refusedValue = (value: string, request: Partial<EvidenceRequest> = {}): string | undefined =>
      refused(gate(request), { kind: 'value', value });
    assert.equal(refusedValue(' '), '"Port" is empty.');
    assert.equal(refusedValue('anything'), undefined);
    assert.equal(refusedValue('8443', { type: 'port' }), undefined);
    assert.match(refusedValue('84430', { type: 'port' }) ?? '', /^"84430" is not a port/);
    assert.match(refusedValue('blue', { type: 'choice', options: ['red'] }) ?? '', /^"blue" is not one of the options/);
    assert.equal(refusedValue('blue', { kind: 'choice' }), '"blue" is not one of the options.');
  });

  it('takes only a way that there is, and leaves out without a reason only what is optional', () => {
    const gate: Gate = {
      id: 'g',
      kind: 'method',
      step: 's',
      target: '-',
      methods: [{ name: 'script', title: 'Script', needsPerson: false }],
    };
    assert.equal(refused(gate, { kind: 'method', name: 'script' }), undefined);
    assert.equal(refused(gate, { kind: 'method', name: 'magic' }), 'There is no way "magic".');
    assert.match(refused(gate, { kind: 'skip', why: '' }) ?? '', /reason/);
    assert.equal(refused({ ...gate, optional: true }, { kind: 'skip', why: '' }), undefined);
    assert.equal(refused(gate, { kind: 'stop' }), undefined);
  });
});
