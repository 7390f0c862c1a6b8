import assert from 'node:assert/strict';
import type { Step } from '../../../src/language/index.js';
import { secretsOf } from '../../../src/engine/secrets/namesIn.js';
import { step } from '../../webview/support/runs.js';

function names(spec: Partial<Step>): readonly string[] {
  return secretsOf(step('a', 'A', [], { spec: spec }));
}

describe('names of secrets in a step', () => {
  it('are found in expressions, however they are written', () => {
    assert.deepEqual(names({ run: 'true', env: { A: '${{ secrets.one }}', B: 'x ${{ secrets[ "two" ] + secrets . three }}', N: 5 } }), [
      'one',
      'two',
      'three',
    ]);
    assert.deepEqual(names({ run: 'true', env: { A: "${{ secrets['one'] }}", B: '${{ secrets.one }}' } }), ['one']);
  });

  it('are found where a secret is named by itself', () => {
    assert.deepEqual(names({ run: 'true', become: { user: 'root', password: 'sudo' } }), ['sudo']);
    assert.deepEqual(names({ run: 'true', become: true }), []);
    assert.deepEqual(names({ run: 'true', become: { user: 'root' } }), []);
    assert.deepEqual(names({ check: { login: { url: 'https://db.example.com', secret: 'api' } } } as Partial<Step>), ['api']);
  });

  it('are found in the answers to questions', () => {
    const asking = step('a', 'A', [], { answers: [{ prompt: 'Password', answer: '${{ secrets.one }}' }] });
    assert.deepEqual(secretsOf(asking), ['one']);
  });

  it('are none where nothing is handed over', () => {
    assert.deepEqual(names({ run: 'echo secrets', title: 'Secrets of old' }), []);
  });
});
