import { decide, NOTHING_LIVE, stepsOf } from '../../../src/planner/index.js';
import type { Plan, PlanStep, Target } from '../../../src/planner/index.js';

/** More worlds than the plans of the examples have. */
const MOST_UNKNOWNS = 14;
const ENDS: Readonly<Record<string, readonly string[]>> = { stop: ['start', 'boot'], isolate: ['rejoin'] };

/** A step at those targets that are worked on together. */
interface Act {
  readonly step: PlanStep;
  readonly targets: readonly { readonly target: Target; readonly unknown: readonly string[] }[];
}

/**
 * Carries a plan out, plainly and in every world there is, and tells which declared orders break in some of them. Shares nothing with the
 * proof of the product. What cannot be decided beforehand is true in one world and false in another, each condition by itself.
 */
export function brokenOrders(plan: Plan): readonly string[] {
  const acts = actsOf(plan);
  return plan.orders.flatMap((order, index) => {
    const effects = new Set([...order.first, ...order.then].flatMap(({ effect }) => [effect, ...(ENDS[effect] ?? [])]));
    const counts = ({ step }: Act): boolean => [...step.effects, ...step.stages].some((effect) => effect === 'boot' || effects.has(effect));
    const own = acts.filter(counts);
    return worldsOf(own).some((world) => breaks(order, own, world)) ? [`order ${String(index + 1)}`] : [];
  });
}

/** Hosts that are stopped or isolated in the end, in some world. */
export function leftDown(plan: Plan): readonly string[] {
  const acts = actsOf(plan);
  const found = new Set<string>();
  for (const world of worldsOf(acts.filter(({ step }) => step.effects.some((effect) => /stop|start|boot|isolate|rejoin/.test(effect))))) {
    const down = new Set<string>();
    for (const { step, targets } of acts)
      for (const { target, unknown } of targets) {
        if (!unknown.every((name) => world.has(name))) continue;
        for (const host of target.about)
          for (const effect of Object.keys(ENDS)) {
            if (step.effects.some((does) => does === effect)) down.add(`${effect} ${host}`);
            if (step.effects.some((does) => ENDS[effect]?.includes(does) === true)) down.delete(`${effect} ${host}`);
          }
      }
    for (const one of down) found.add(one);
  }
  return [...found].sort();
}

function actsOf(plan: Plan): readonly Act[] {
  return [...stepsOf(plan.steps)].flatMap((step): readonly Act[] => {
    if (step.effects.length + step.stages.length === 0) return [];
    const targets = step.targets.flatMap((target) => {
      const unknown: string[] = step.optional ? [`${step.path} ${target.key}`] : [];
      for (const condition of step.conditions) {
        const host = condition.hostRoles.length > 0 ? target.about[0] : undefined;
        const { kind } = decide(condition, plan, host, NOTHING_LIVE);
        if (kind === 'no') return [];
        if (kind === 'open') unknown.push(`${condition.cel} ${condition.scope} ${host ?? ''}`);
      }
      return [{ target, unknown }];
    });
    return step.parallel === 1 ? targets.map((one) => ({ step, targets: [one] })) : [{ step, targets }];
  });
}

/** Which of the unknown things are so, in each world. */
function worldsOf(acts: readonly Act[]): readonly ReadonlySet<string>[] {
  const names = [...new Set(acts.flatMap(({ targets }) => targets.flatMap(({ unknown }) => unknown)))];
  if (names.length > MOST_UNKNOWNS) throw new Error(`too many open conditions to try them all: ${names.join(', ')}`);
  return Array.from({ length: 2 ** names.length }, (_, bits) => new Set(names.filter((_name, index) => ((bits >> index) & 1) === 1)));
}

function breaks(order: Plan['orders'][number], acts: readonly Act[], world: ReadonlySet<string>): boolean {
  const happened = new Set<string>();
  const inForce = new Set<string>();
  const staged = new Set<string>();
  for (const { step, targets } of acts) {
    const hosts = targets.filter(({ unknown }) => unknown.every((name) => world.has(name))).flatMap(({ target }) => target.about);
    const effectsOn = (host: string): readonly string[] => [
      ...step.effects,
      ...(step.effects.includes('boot') ? [...staged].filter((one) => one.endsWith(` ${host}`)).map((one) => one.split(' ')[0] ?? '') : []),
    ];
    for (const host of hosts) {
      const begins = order.then.some((then) => then.hosts.includes(host) && effectsOn(host).includes(then.effect));
      if (!begins) continue;
      for (const then of order.then.filter(({ effect }) => effectsOn(host).includes(effect)))
        for (const first of order.first)
          for (const other of first.hosts) {
            if (order.per === 'host' && other !== host) continue;
            if (other === host && first.effect === then.effect) continue;
            if (!happened.has(`${first.effect} ${other}`)) return true;
            if (other === host && ENDS[first.effect] !== undefined && !inForce.has(`${first.effect} ${other}`)) return true;
          }
    }
    for (const host of hosts) {
      const effects = effectsOn(host);
      for (const effect of effects) {
        happened.add(`${effect} ${host}`);
        inForce.add(`${effect} ${host}`);
      }
      for (const [effect, by] of Object.entries(ENDS)) if (effects.some((does) => by.includes(does))) inForce.delete(`${effect} ${host}`);
      if (effects.includes('boot')) for (const one of [...staged]) if (one.endsWith(` ${host}`)) staged.delete(one);
      for (const effect of step.stages) staged.add(`${effect} ${host}`);
    }
  }
  return false;
}
