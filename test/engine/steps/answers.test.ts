import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../../src/events/index.js';
import { TestEngine } from '../../support/running.js';
import type { Answers, TestRun } from '../../support/running.js';

describe('a program that asks', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await TestEngine.open();
  });
  afterEach(() => engine.close());

  /** Asks two questions, one below the other, and writes down what it was answered. */
  const ASKS = `env: { OUT: "\${{ inputs.out }}" }, run: 'printf "Folder? "; read folder; printf "Really? "; read sure; echo "$folder $sure" > "$OUT"'`;

  function start(answers: string, more = '', answer: Answers = () => ({ kind: 'stop' })): Promise<TestRun> {
    return engine.start(`  - { id: a, ${ASKS}, answers: [ ${answers} ] }`, {
      more: `inputs: { out: { type: string } }\n${more}`,
      documents: { inputs: { out: join(engine.directory, 'out') } },
      answer,
    });
  }

  async function failureOf(run: TestRun): Promise<Failure> {
    const failure = (await run.finished()).steps['a']?.['-']?.attempts[0]?.ended?.failure;
    assert.ok(failure);
    return failure;
  }

  it('is answered with the first answer whose question fits and whose condition holds, and no secret is shown', async () => {
    engine.secrets['word'] = 'Kx9-under-the-mat';
    const run = await start(
      '{ prompt: Folder, when: "1 == 2", answer: /wrong }, { prompt: Folder, when: "1 == 1", answer: /srv }, { prompt: Really, answer: "${{ secrets.word }}", secret: true }',
      'secrets: { word: { title: The word } }\n',
    );
    const state = await run.finished();
    assert.equal(state.status, 'succeeded', state.closing);
    assert.equal(await readFile(join(engine.directory, 'out'), 'utf8'), '/srv Kx9-under-the-mat\n');
    assert.match(run.output, /\(answered: \/srv\)/);
    assert.match(run.output, /\(answered: not shown\)/);
    assert.ok(!run.output.includes('Kx9'));
  });

  it('is ended at a question that must not come, with the reason of the runbook', async () => {
    const failure = await failureOf(
      await start('{ prompt: Folder, answer: /srv }, { prompt: Really, never: It would overwrite the data. }'),
    );
    assert.equal(failure.reason, 'forbidden_prompt');
    assert.equal(failure.message, 'It asked "Really?", which must not come: It would overwrite the data.');
    await assert.rejects(readFile(join(engine.directory, 'out')));
  });

  it('is ended where an answer cannot be worked out', async () => {
    const failure = await failureOf(await start('{ prompt: Folder, answer: "${{ [1, 2][int(inputs.out.size()) + 5] }}" }'));
    assert.equal(failure.reason, 'forbidden_prompt');
    assert.match(failure.message, /^Its questions could not be answered: /);
  });
});
