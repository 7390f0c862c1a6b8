import assert from 'node:assert/strict';
import { ExpressionError, UnknownValue } from '../../src/language/index.js';
import type { PlanScope } from '../../src/planner/index.js';
import { evaluate, NOTHING_LIVE } from '../../src/planner/values.js';
import type { LiveValues } from '../../src/planner/values.js';

/** A scope with nothing but advisories, by their conditions. */
function scopeWith(advisories: Readonly<Record<string, string>>): PlanScope {
  return {
    id: 'main',
    file: '',
    inputs: {},
    roles: {},
    facts: { open: { type: 'boolean', read: [] } },
    factScope: 'main',
    names: {
      inputs: {},
      facts: { open: 'boolean' },
      roles: {},
      steps: {},
      secrets: [],
      advisories: Object.keys(advisories),
      versionSchemes: [],
    },
    advisories: Object.fromEntries(Object.entries(advisories).map(([id, when]) => [id, { when }])),
  };
}

/** Each advisory names the one below twice. */
function ladder(height: number): PlanScope {
  const steps = Array.from({ length: height }, (_, at): [string, string] => [
    `a${String(at)}`,
    at === 0 ? 'facts.open' : `advisories.a${String(at - 1)} || advisories.a${String(at - 1)}`,
  ]);
  return scopeWith(Object.fromEntries(steps));
}

function judged(cel: string, scope: PlanScope, open: boolean | undefined): { value: unknown; asked: number } {
  let asked = 0;
  const live: LiveValues = {
    ...NOTHING_LIVE,
    fact: () => {
      asked++;
      return open;
    },
  };
  try {
    return { value: evaluate(cel, { scope, hosts: {}, hostRoles: [], host: undefined }, live), asked };
  } catch (error) {
    return { value: error, asked };
  }
}

describe('advisories that name advisories', () => {
  it('are judged once each, however often they are named', () => {
    const scope = ladder(40);
    assert.deepEqual(judged('advisories.a39', scope, false), { value: false, asked: 1 });
    const unknown = judged('advisories.a39', scope, undefined);
    assert.ok(unknown.value instanceof UnknownValue);
    assert.equal(unknown.asked, 1);
  });

  it('are judged anew in the next expression', () => {
    const scope = ladder(3);
    assert.equal(judged('advisories.a2', scope, true).value, true);
    assert.equal(judged('advisories.a2', scope, false).value, false);
  });

  it('fail in a circle', () => {
    const found = judged('advisories.a', scopeWith({ a: 'advisories.b', b: 'advisories.a' }), true);
    assert.ok(found.value instanceof ExpressionError);
    assert.match(found.value.message, /depends on itself/);
  });
});
