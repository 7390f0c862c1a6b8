import assert from 'node:assert/strict';
import type { Gate } from '../../../src/events/index.js';
import { LOCAL_HEAD, TestEngine } from '../../support/running.js';
import type { TestRun } from '../../support/running.js';

describe('a fact that a person is asked for', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  type Question = Extract<Gate, { kind: 'value' }>;

  /** Runs a step that needs the fact, and answers each question for it. */
  async function asked(fact: string, condition: string, answers: readonly string[]): Promise<{ run: TestRun; questions: Question[] }> {
    const questions: Question[] = [];
    const runbook = `${LOCAL_HEAD}versions: { shop: { pattern: '(?<release>\\d+\\.\\d+)' } }\nfacts: { wanted: { ${fact} } }\nsteps:\n${engine.say('a', 'a', `, on: app, serial: 1, when: ${condition}`)}\n`;
    const run = await engine.start('', {
      documents: { runbooks: { 'a.runbook.yaml': runbook } },
      answer: (gate) => {
        if (gate.kind !== 'value') return { kind: 'stop' };
        questions.push(gate);
        return { kind: 'value', value: answers[questions.length - 1] ?? '' };
      },
    });
    await run.finished();
    return { run, questions };
  }

  it('is asked for each host, with its name, its title and what is wanted', async () => {
    const { run, questions } = await asked('on: app, type: integer, title: Number of users', 'host.wanted > 5', ['3', '7']);
    assert.deepEqual(
      questions.map(({ text, host }) => [host, text]),
      [
        ['one', 'What is Number of users? Host: one.'],
        ['two', 'What is Number of users? Host: two.'],
      ],
    );
    assert.deepEqual(questions[0]?.request, { id: 'wanted', kind: 'value', title: 'Number of users', type: 'integer' });
    assert.deepEqual(run.handle.state.facts, { 'main|wanted|one': 3, 'main|wanted|two': 7 });
  });

  it('is one of its options, or yes or no, where there are only these', async () => {
    const { questions } = await asked('type: choice, options: [red, green]', 'facts.wanted == "red"', ['red']);
    assert.equal(questions.length, 1);
    assert.equal(questions[0]?.text, 'What is facts.wanted?');
    assert.deepEqual(questions[0]?.request, { id: 'wanted', kind: 'choice', title: 'wanted', type: 'choice', options: ['red', 'green'] });
    const yes = await asked('on: app, type: boolean, ask: Is it?', 'host.wanted', ['true', 'false']);
    assert.deepEqual(yes.questions[0]?.request.options, ['true', 'false']);
    assert.equal(yes.questions[0]?.text, 'Is it? Host: one.');
  });

  it('has the form that is declared for it', async () => {
    const { questions } = await asked('type: string, pattern: "[a-z]+"', 'facts.wanted == "x"', ['x']);
    assert.equal(questions[0]?.request.pattern, '[a-z]+');
    const version = await asked('type: version, scheme: shop', 'facts.wanted == version("1.2")', ['1.2']);
    assert.match(version.questions[0]?.request.pattern ?? '', /release/);
  });

  it('is asked for with the reason why it could not be read', async () => {
    const { questions } = await asked(
      'type: integer, read: { http: { url: "http://169.254.169.254/", capture: "([0-9]+)" } }, ask: How many?',
      'facts.wanted > 5',
      ['7'],
    );
    assert.match(questions[0]?.text ?? '', /^How many\? It could not be read: .*never asked/);
  });
});
