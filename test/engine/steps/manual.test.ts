import assert from 'node:assert/strict';
import { TestEngine } from '../../support/running.js';
import type { Answers } from '../../support/running.js';
import type { Gate } from '../../../src/events/index.js';

describe('a step that a person does', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  const ASKED = `  - id: a
    manual: Open the console of \${{ inputs.name }}.
    open: https://\${{ inputs.name }}.example.com/
    expect: A green light on \${{ inputs.name }}.
    figure: console.png
    evidence:
      - { attest: "It is \${{ inputs.name }}." }
      - { value: sessions, type: integer, title: Open sessions }
      - { choice: colour, options: [green, red] }
      - { file: screen_shot }
`;
  const start = (answer: Answers, more = ''): ReturnType<TestEngine['start']> =>
    engine.start(ASKED + more, { more: 'inputs: { name: { type: string, default: db } }\n', answer });

  it('is asked for with everything it says, and gives its evidence to later steps by their types', async () => {
    const given = [
      { id: 'attest_1', value: true },
      { id: 'sessions', value: '12' },
      { id: 'colour', value: 'green' },
      { id: 'screen_shot', value: 'screen.png', sha256: 'a'.repeat(64) },
    ];
    const run = await start(
      (gate) => (gate.kind === 'manual' ? { kind: 'done', evidence: given, by: 'Al Roe' } : { kind: 'stop' }),
      engine.say('b', '${{ steps.a.sessions + 1 }} ${{ steps.a.colour }} ${{ steps.a.screen_shot }}'),
    );
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.deepEqual(await engine.logged(), ['13 green screen.png']);
    const gate = run.gates[0] as Extract<Gate, { kind: 'manual' }>;
    assert.deepEqual(
      { text: gate.text, open: gate.open, expect: gate.expect, figure: gate.figure },
      {
        text: 'Open the console of db.',
        open: 'https://db.example.com/',
        expect: 'A green light on db.',
        figure: 'console.png',
      },
    );
    assert.deepEqual(
      gate.evidence.map(({ id, kind, title }) => [id, kind, title]),
      [
        ['attest_1', 'attest', 'It is db.'],
        ['sessions', 'value', 'Open sessions'],
        ['colour', 'choice', 'colour'],
        ['screen_shot', 'file', 'screen shot'],
      ],
    );
    const ended = state.steps['a']?.['-']?.attempts[0]?.ended;
    assert.equal(ended?.by, 'Al Roe');
    assert.deepEqual(ended.evidence, given);
  });

  it('is left out with a reason and a name', async () => {
    const state = await (await start(() => ({ kind: 'skip', why: 'there is no console' }))).finished();
    assert.equal(state.steps['a']?.['-']?.attempts[0]?.ended?.outcome, 'cancelled');
    assert.deepEqual([state.steps['a']?.['-']?.skipped?.text, state.steps['a']?.['-']?.skipped?.by], ['there is no console', 'pat']);
  });
});
