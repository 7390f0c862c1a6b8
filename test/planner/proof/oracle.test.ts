import assert from 'node:assert/strict';
import { proveOrders, stepsOf } from '../../../src/planner/index.js';
import type { Plan, PlanStep, Target } from '../../../src/planner/index.js';
import { inventoryOf, unprovenPlan } from './drafting.js';

const PLANS = 250;
const EFFECTS = ['backup', 'stop', 'start', 'boot', 'upgrade', 'isolate', 'rejoin'] as const;
const CONDITIONS = ['facts.a', '!facts.a', 'facts.a && facts.b', 'facts.a || !facts.c', 'host.old', 'host.old || facts.b', '!(facts.c)'];
const INVENTORY = inventoryOf({ x: ['x1', 'x2'], y: ['y1'] });

/** The same numbers for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

function randomRunbook(random: (below: number) => number): string {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const roles = ['x', 'y', '[x, y]'] as const;
  const steps = Array.from({ length: 3 + random(5) }, (_, index) => {
    const effects = [...new Set([pick(EFFECTS), ...(random(4) === 0 ? [pick(EFFECTS)] : [])])];
    const stages = random(4) === 0 ? ', stages: [upgrade]' : '';
    const when = random(3) === 0 ? `, when: '${pick(CONDITIONS)}'` : '';
    const serial = random(3) === 0 ? ', serial: 1' : '';
    const optional = random(8) === 0 ? ', optional: true' : '';
    return `  - { id: s${String(index)}, on: ${pick(roles)}, run: "true", effects: [${effects.join(', ')}]${stages}${when}${serial}${optional} }`;
  });
  const orders = Array.from({ length: 2 }, () => {
    const [first, then] = [pick(EFFECTS), pick(EFFECTS)];
    return `  - { first: { ${first}: ${pick(roles)} }, then: { ${then}: ${pick(roles)} }, per: ${pick(['all', 'host'])} }`;
  });
  return `runbook: v1
id: random
title: Random
roles: { x: { hosts: 0.. }, y: { hosts: 0.. } }
facts:
  a: { type: boolean, ask: a? }
  b: { type: boolean, ask: b? }
  c: { type: boolean, ask: c? }
  old: { on: [x, y], type: boolean, ask: old? }
order:
${orders.join('\n')}
steps:
${steps.join('\n')}
`;
}

interface World {
  readonly facts: Readonly<Record<string, boolean>>;
  readonly left: ReadonlySet<string>;
}

/** Every world there is: all facts both ways, every optional step at every host done or left out. */
function* worldsOf(plan: Plan): Generator<World> {
  const names = ['a', 'b', 'c', 'x1', 'x2', 'y1'];
  const optional = [...stepsOf(plan.steps)].flatMap((step) => (step.optional ? step.targets.map(({ key }) => `${step.path} ${key}`) : []));
  for (let bits = 0; bits < 2 ** (names.length + optional.length); bits++) {
    const is = (index: number): boolean => (Math.floor(bits / 2 ** index) & 1) === 1;
    yield {
      facts: Object.fromEntries(names.map((name, index) => [name, is(index)])),
      left: new Set(optional.filter((_, index) => is(names.length + index))),
    };
  }
}

function holds(cel: string, host: string, { facts }: World): boolean {
  const [a, b, c, old] = [facts['a'] === true, facts['b'] === true, facts['c'] === true, facts[host] === true];
  const truth: Readonly<Record<string, boolean>> = {
    'facts.a': a,
    '!facts.a': !a,
    'facts.a && facts.b': a && b,
    'facts.a || !facts.c': a || !c,
    'host.old': old,
    'host.old || facts.b': old || b,
    '!(facts.c)': !c,
  };
  assert.ok(cel in truth, cel);
  return truth[cel] === true;
}

/** Carries a plan out in one world, slowly and plainly, and says whether an order breaks. */
function breaksIn(plan: Plan, order: Plan['orders'][number], world: World): boolean {
  const ever = new Set<string>();
  const inForce = new Set<string>();
  const staged = new Set<string>();
  const comes = (step: PlanStep, target: Target): boolean =>
    step.conditions.every(({ cel }) => holds(cel, target.key, world)) && !world.left.has(`${step.path} ${target.key}`);
  const effectsOn = (step: PlanStep, host: string): readonly string[] =>
    step.effects.includes('boot') && staged.has(host) ? [...step.effects, 'upgrade'] : step.effects;
  for (const step of stepsOf(plan.steps)) {
    const targets = step.targets.filter((target) => comes(step, target));
    for (const together of step.parallel === 1 ? targets.map((target) => [target]) : [targets]) {
      for (const { key } of together) {
        for (const then of order.then) {
          if (!then.hosts.includes(key) || !effectsOn(step, key).includes(then.effect)) continue;
          for (const first of order.first) {
            for (const host of first.hosts) {
              if (order.per === 'host' && host !== key) continue;
              if (host === key && first.effect === then.effect) continue;
              if (!ever.has(`${first.effect} ${host}`)) return true;
              const canEnd = first.effect === 'stop' || first.effect === 'isolate';
              if (host === key && canEnd && !inForce.has(`${first.effect} ${host}`)) return true;
            }
          }
        }
      }
      for (const { key } of together) {
        const effects = effectsOn(step, key);
        for (const effect of effects) {
          ever.add(`${effect} ${key}`);
          inForce.add(`${effect} ${key}`);
        }
        if (effects.includes('start') || effects.includes('boot')) inForce.delete(`stop ${key}`);
        if (effects.includes('rejoin')) inForce.delete(`isolate ${key}`);
        if (effects.includes('boot')) staged.delete(key);
        if (step.stages.includes('upgrade')) staged.add(key);
      }
    }
  }
  return false;
}

describe('proveOrders against carrying every plan out in every world', () => {
  it(`agrees on ${String(PLANS)} random plans`, async () => {
    const seen = { broken: 0, kept: 0 };
    for (let seed = 1; seed <= PLANS; seed++) {
      const runbook = randomRunbook(randomOf(seed));
      const plan = await unprovenPlan(runbook, INVENTORY);
      const proof = proveOrders(plan);
      plan.orders.forEach((order, index) => {
        const breaks = [...worldsOf(plan)].some((world) => breaksIn(plan, order, world));
        assert.equal(proof.orders[index]?.verdict === 'broken', breaks, `seed ${String(seed)}, order ${String(index)}\n${runbook}`);
        seen[breaks ? 'broken' : 'kept']++;
      });
    }
    assert.ok(seen.broken > 50 && seen.kept > 50, JSON.stringify(seen));
  }).timeout(60_000);
});
