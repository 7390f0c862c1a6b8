import assert from 'node:assert/strict';
import { readFromPanel, readToPanel } from '../../src/protocol/index.js';

const RUN = { run: 'r1' };
const DRAWN = { gate: 'g1', drawn: 'd'.repeat(64) };
const ANSWER = { type: 'answer', ...RUN, ...DRAWN };

describe('messages of the panel', () => {
  const sound: readonly object[] = [
    { type: 'ready' },
    { type: 'stop', ...RUN },
    { type: 'resume', ...RUN },
    { type: 'take_over', ...RUN },
    { type: 'open_link', ...RUN, href: 'https://example.com/' },
    { type: 'open_terminal', ...RUN, host: 'primary' },
    { type: 'reveal_step', ...RUN, step: 'a/b' },
    { type: 'choose_file', ...RUN, ...DRAWN, field: 'log' },
    {
      ...ANSWER,
      answer: {
        kind: 'done',
        evidence: [
          { id: 'attest_1', value: true },
          { id: 'log', value: 'a.txt', sha256: 'a'.repeat(64) },
        ],
        by: 'bob',
      },
    },
    { ...ANSWER, answer: { kind: 'method', name: 'gui' } },
    { ...ANSWER, answer: { kind: 'retry' } },
    { ...ANSWER, answer: { kind: 'remedy', index: 0 } },
    { ...ANSWER, answer: { kind: 'skip', why: '' } },
    { ...ANSWER, answer: { kind: 'exclude', why: 'broken' } },
    { ...ANSWER, answer: { kind: 'undo', why: 'wrong' } },
    { ...ANSWER, answer: { kind: 'succeeded', why: 'seen' } },
    { ...ANSWER, answer: { kind: 'typed' } },
    { ...ANSWER, answer: { kind: 'value', value: 7 } },
    { ...ANSWER, answer: { kind: 'approve', typed: 'production' } },
    { ...ANSWER, answer: { kind: 'stop', why: 'enough' } },
  ];
  for (const message of sound) it(`takes ${JSON.stringify(message).slice(0, 90)}`, () => assert.deepEqual(readFromPanel(message), message));

  const broken: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'constructor' },
    { type: '__proto__' },
    { type: 'ready', more: 1 },
    { type: 'stop' },
    { type: 'stop', run: 7 },
    { type: 'stop', run: 'r1', gate: 'g1' },
    { type: 'open_link', ...RUN, href: ['https://example.com/'] },
    { type: 'reveal_step', ...RUN, step: 'x'.repeat(70_000) },
    { ...ANSWER, answer: undefined },
    { ...ANSWER, drawn: undefined, answer: { kind: 'retry' } },
    { type: 'answer', ...RUN, gate: 'g1', answer: { kind: 'retry' } },
    { type: 'choose_file', ...RUN, gate: 'g1', field: 'log' },
    { ...ANSWER, answer: { kind: 'win' } },
    { ...ANSWER, answer: { kind: 'skip' } },
    { ...ANSWER, answer: { kind: 'typed', data: 'rm' } },
    { ...ANSWER, answer: { kind: 'remedy', index: -1 } },
    { ...ANSWER, answer: { kind: 'remedy', index: 0.5 } },
    { ...ANSWER, answer: { kind: 'value', value: { a: 1 } } },
    { ...ANSWER, answer: { kind: 'value', value: Number.NaN } },
    { ...ANSWER, answer: { kind: 'approve', typed: true } },
    { ...ANSWER, answer: { kind: 'approve', why: 1 } },
    { ...ANSWER, answer: { kind: 'begin' } },
    { ...ANSWER, answer: { kind: 'withdrawn', why: 'so' } },
    { ...ANSWER, answer: { kind: 'done', evidence: {} } },
    { ...ANSWER, answer: { kind: 'done', evidence: [{ id: 'a' }] } },
    { ...ANSWER, answer: { kind: 'done', evidence: [{ id: 'a', value: 1, sha256: 'short' }] } },
    { ...ANSWER, answer: { kind: 'done', evidence: [{ id: 'a', value: 1, path: '/etc/passwd' }] } },
    { ...ANSWER, answer: { kind: 'done', evidence: Array.from({ length: 300 }, () => ({ id: 'a', value: 1 })) } },
  ];
  for (const message of broken)
    it(`drops ${JSON.stringify(message)?.slice(0, 90) ?? 'undefined'}`, () => assert.equal(readFromPanel(message), undefined));
});

describe('messages to the panel', () => {
  const state = { run: 'r1', status: 'running', plan: { steps: [], hosts: {} }, steps: {}, gates: [], hosts: {} };
  const message = { type: 'state', state, now: '2026-03-14T02:00:00.000Z', live: true, briefings: [] };

  it('takes a state', () => assert.deepEqual(readToPanel(message), message));

  it('takes by whom a run is carried out elsewhere, in words', () => {
    const watched = { ...message, live: false, elsewhere: 'ada, process 7 on desk' };
    assert.deepEqual(readToPanel(watched), watched);
    assert.equal(readToPanel({ ...watched, elsewhere: { pid: 7 } }), undefined);
  });

  it('drops a state with a part missing or wrong', () => {
    for (const key of ['run', 'status', 'plan', 'steps', 'gates', 'hosts']) {
      assert.equal(readToPanel({ ...message, state: { ...state, [key]: undefined } }), undefined, key);
    }
    assert.equal(readToPanel({ ...message, now: 'soon' }), undefined);
    assert.equal(readToPanel({ ...message, live: 'yes' }), undefined);
    assert.equal(readToPanel({ ...message, briefings: [{ step: 'a' }] }), undefined);
  });

  it('takes a file and a refusal bound to a gate, and nothing else', () => {
    const given = { id: 'log', value: 'a.txt', sha256: 'b'.repeat(64) };
    assert.deepEqual(readToPanel({ type: 'file_chosen', run: 'r1', gate: 'g1', given }), {
      type: 'file_chosen',
      run: 'r1',
      gate: 'g1',
      given,
    });
    assert.equal(readToPanel({ type: 'file_chosen', run: 'r1', gate: 'g1', given: { ...given, sha256: '' } }), undefined);
    assert.equal(readToPanel({ type: 'refused', run: 'r1', gate: 'g1' }), undefined);
    assert.equal(readToPanel({ type: 'eval', code: '1' }), undefined);
  });
});
