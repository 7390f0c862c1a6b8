import { decide, NOTHING_LIVE, stepsOf } from '../../../../src/planner/index.js';
import type { LiveValues, Plan, PlanStep, Target } from '../../../../src/planner/index.js';

/** What ends an effect on the same host. */
const ENDS: Readonly<Record<string, readonly string[]>> = { stop: ['start', 'boot'], isolate: ['rejoin'] };

/** One way in which things that nobody knows beforehand may be. */
export interface World {
  comes(step: PlanStep, target: Target): boolean;
}

/** Places of the declared orders that break when the plan is carried out in one of these worlds, plainly and step by step. */
export function brokenOrders(plan: Plan, worlds: readonly World[]): readonly number[] {
  const steps = actingSteps(plan);
  return [...plan.orders.entries()].flatMap(([index, order]) => (worlds.some((world) => breaks(order, steps, world)) ? [index] : []));
}

/** Hosts that are stopped or isolated in the end, in one of these worlds. */
export function leftDown(plan: Plan, worlds: readonly World[]): readonly string[] {
  const found = new Set<string>();
  for (const world of worlds) {
    const down = new Set<string>();
    for (const step of actingSteps(plan))
      for (const host of step.targets.filter((target) => world.comes(step, target)).flatMap(({ about }) => about))
        for (const [effect, ending] of Object.entries(ENDS)) {
          if (step.effects.some((does) => does === effect)) down.add(`${effect} ${host}`);
          if (step.effects.some((does) => ending.includes(does))) down.delete(`${effect} ${host}`);
        }
    for (const one of down) found.add(one);
  }
  return [...found].sort();
}

/** Worlds in which each open condition is true or false by itself, for each host. Undefined when there are too many. */
export function worldsOfConditions(plan: Plan, mostBits = 14): readonly World[] | undefined {
  const unknown = new Map<string, readonly string[] | undefined>();
  const keyOf = (step: PlanStep, target: Target): string => `${step.path} ${target.key}`;
  for (const step of actingSteps(plan))
    for (const target of step.targets) {
      const open: string[] = step.optional ? [keyOf(step, target)] : [];
      const known = step.conditions.every((condition) => {
        const host = condition.hostRoles.length > 0 ? target.about[0] : undefined;
        const { kind } = decide(condition, plan, host, NOTHING_LIVE);
        if (kind === 'open') open.push(`${condition.cel} ${condition.scope} ${host ?? ''}`);
        return kind !== 'no';
      });
      unknown.set(keyOf(step, target), known ? open : undefined);
    }
  const names = [...new Set([...unknown.values()].flatMap((open) => open ?? []))];
  if (names.length > mostBits) return undefined;
  return Array.from({ length: 2 ** names.length }, (_, bits) => {
    const so = new Set(names.filter((_name, index) => ((bits >> index) & 1) === 1));
    return { comes: (step, target): boolean => unknown.get(keyOf(step, target))?.every((name) => so.has(name)) ?? false };
  });
}

/** Worlds by the values of facts; steps that may be left out are, or are not. Undefined when there are too many. */
export function worldsOfFacts(
  plan: Plan,
  flags: readonly { readonly fact: string; readonly host?: string }[],
  mostBits = 10,
): readonly World[] | undefined {
  const optional = actingSteps(plan).flatMap((step) => (step.optional ? step.targets.map(({ key }) => `${step.path} ${key}`) : []));
  const names = [...flags.map(({ fact, host }) => `${fact} ${host ?? ''}`), 'run failed', ...optional];
  if (names.length > mostBits) return undefined;
  return Array.from({ length: 2 ** names.length }, (_, bits) => {
    const so = new Set(names.filter((_name, index) => ((bits >> index) & 1) === 1));
    const live: LiveValues = {
      ...NOTHING_LIVE,
      runFailed: so.has('run failed'),
      fact: (_scope, name, host) => so.has(`${name} ${host ?? ''}`),
    };
    const decided = new Map<string, boolean>();
    const holds = (condition: PlanStep['conditions'][number], host: string | undefined): boolean => {
      const key = `${condition.scope} ${host ?? ''} ${condition.cel}`;
      const known = decided.get(key) ?? decide(condition, plan, host, live).kind === 'yes';
      decided.set(key, known);
      return known;
    };
    return {
      comes: (step, target): boolean =>
        !(step.optional && so.has(`${step.path} ${target.key}`)) &&
        step.conditions.every((condition) => holds(condition, condition.hostRoles.length > 0 ? target.about[0] : undefined)),
    };
  });
}

function actingSteps(plan: Plan): readonly PlanStep[] {
  return [...stepsOf(plan.steps)].filter(({ effects, stages }) => effects.length + stages.length > 0);
}

function breaks(order: Plan['orders'][number], steps: readonly PlanStep[], world: World): boolean {
  const happened = new Set<string>();
  const inForce = new Set<string>();
  const staged = new Set<string>();
  const isMissing = (first: string, other: string, host: string): boolean =>
    !happened.has(`${first} ${other}`) || (other === host && ENDS[first] !== undefined && !inForce.has(`${first} ${other}`));
  for (const step of steps) {
    const targets = step.targets.filter((target) => world.comes(step, target));
    for (const together of step.parallel === 1 ? targets.map((target) => [target]) : [targets]) {
      const hosts = together.flatMap(({ about }) => about);
      const effectsOn = (host: string): readonly string[] =>
        step.effects.includes('boot') && staged.has(host) ? [...step.effects, 'upgrade'] : step.effects;
      for (const host of hosts)
        for (const then of order.then) {
          if (!then.hosts.includes(host) || !effectsOn(host).includes(then.effect)) continue;
          for (const { effect, hosts: before } of order.first)
            for (const other of before) {
              const isOwn = other === host;
              if ((order.per === 'host' && !isOwn) || (isOwn && effect === then.effect)) continue;
              if (isMissing(effect, other, host)) return true;
            }
        }
      for (const host of hosts) {
        const effects = effectsOn(host);
        for (const effect of effects) {
          happened.add(`${effect} ${host}`);
          inForce.add(`${effect} ${host}`);
        }
        for (const [effect, ending] of Object.entries(ENDS))
          if (effects.some((does) => ending.includes(does))) inForce.delete(`${effect} ${host}`);
        if (effects.includes('boot')) staged.delete(host);
        if (step.stages.includes('upgrade')) staged.add(host);
      }
    }
  }
  return false;
}
