import assert from 'node:assert/strict';
import { nearest, suggestion } from '../../../src/language/text/nearest.js';

describe('what was probably meant', () => {
  it('differs in at most a third of its letters', () => {
    assert.equal(nearest('tittle', ['title', 'timeout']), 'title');
    assert.equal(nearest('rnu', ['run', 'use']), 'run');
    assert.equal(nearest('Run', ['run', 'use']), 'run');
    assert.equal(nearest('xyz', ['run', 'use']), undefined);
  });

  it('is suggested, or the choices when they are few, or the advice alone', () => {
    assert.equal(suggestion('rnu', ['run'], 'remove it'), '; did you mean "run"?');
    assert.equal(suggestion('xyz', ['run', 'use'], 'remove it'), '; remove it, or use one of "run", "use"');
    assert.equal(suggestion('xyz', ['run'], 'remove it'), '; remove it, or use "run"');
    assert.equal(suggestion('xyz', [], 'remove it'), '; remove it');
  });
});
