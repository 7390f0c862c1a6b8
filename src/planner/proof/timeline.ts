import type { Condition, HostName, Plan, PlanFact, PlanStep, Target } from '../plan.js';
import { NO_HOST } from '../plan.js';
import { sharedParts, stepsOf } from '../walk.js';

/** A moment in which a condition is looked at: by which step, for which host, and as the how manieth of all. */
export interface Look {
  readonly path: string;
  readonly at: number;
}

interface Yielding {
  readonly step: PlanStep;
  readonly at: ReadonlyMap<string, number>;
  readonly certain: boolean;
}

/**
 * When the conditions of a plan are looked at, and what has been changed by then: a fact that was read of a host is read again after an effect
 * on that host, and a group is decided once. Remedies come after the step that fails.
 */
export class Timeline {
  readonly #at = new Map<string, number>();
  readonly #changes = new Map<HostName, number[]>();
  readonly #upgrades = new Map<HostName, number[]>();
  readonly #groups = new Map<string, Look>();
  readonly #byId = new Map<string, Yielding[]>();
  #next = 0;

  constructor(plan: Plan) {
    for (const step of stepsOf(plan.steps)) {
      this.#add(step, true);
      for (const remedy of step.remedies) for (const inner of stepsOf(remedy)) this.#add(inner, false);
    }
  }

  /** The moment in which a condition of a step is looked at: that of the first step of its group, where it is a group's. */
  lookOf(condition: Condition, step: PlanStep, target: Target): Look {
    const { group } = condition;
    const own = (): Look => ({ path: step.path, at: this.#at.get(keyOf(step, target)) ?? 0 });
    return group === undefined ? own() : (this.#groups.get(groupKey(group, condition, target)) ?? own());
  }

  /** How often a fact may have been forgotten before: with another number it may have another value. */
  readingOf(fact: PlanFact | undefined, host: HostName, { at }: Look): number {
    if (fact?.on === undefined) return 0;
    const changes = fact.read.length > 0 ? this.#changes : fact.type === 'version' ? this.#upgrades : undefined;
    return changes?.get(host)?.filter((change) => change < at).length ?? 0;
  }

  /**
   * The steps whose value `steps.ID` may be then, the likeliest first and none behind one that is certain to be carried out: of those before,
   * the one with most of the path in common, and of several the last.
   */
  origins(
    id: string,
    host: HostName | undefined,
    { path, at }: Look,
  ): readonly { readonly step: PlanStep; readonly host: HostName | undefined }[] {
    const found = (this.#byId.get(id) ?? [])
      .flatMap(({ step, at: targets, certain }, order) => {
        const key = host !== undefined && targets.has(host) ? host : targets.size === 1 ? [...targets.keys()][0] : undefined;
        const when = targets.get(key ?? '') ?? Math.min(...targets.values());
        return when < at ? [{ step, host: key === NO_HOST ? undefined : key, certain, shared: sharedParts(step.path, path), order }] : [];
      })
      .sort((a, b) => b.shared - a.shared || b.order - a.order);
    const last = found.findIndex(({ certain }) => certain);
    return last < 0 ? found : found.slice(0, last + 1);
  }

  #add(step: PlanStep, main: boolean): void {
    const targets = new Map<string, number>();
    for (const target of step.targets) {
      const at = this.#next++;
      this.#at.set(keyOf(step, target), at);
      targets.set(target.key, at);
      for (const condition of step.conditions) {
        if (condition.group === undefined) continue;
        const key = groupKey(condition.group, condition, target);
        if (!this.#groups.has(key)) this.#groups.set(key, { path: step.path, at });
      }
      if (step.effects.length === 0) continue;
      for (const host of target.about) {
        note(this.#changes, host, at);
        if (step.effects.includes('upgrade') || step.effects.includes('boot')) note(this.#upgrades, host, at);
      }
    }
    const certain = main && step.conditions.length === 0 && !step.optional && step.spec.unless === undefined;
    const known = this.#byId.get(step.id);
    if (known === undefined) this.#byId.set(step.id, [{ step, at: targets, certain }]);
    else known.push({ step, at: targets, certain });
  }
}

function note(changes: Map<HostName, number[]>, host: HostName, at: number): void {
  const known = changes.get(host);
  if (known === undefined) changes.set(host, [at]);
  else known.push(at);
}

function keyOf(step: PlanStep, target: Target): string {
  return `${target.key} ${step.path}`;
}

function groupKey(group: string, { hostRoles }: Condition, { about }: Target): string {
  const host = hostRoles.length > 0 && about.length === 1 ? about[0] : undefined;
  return `${host ?? NO_HOST} ${group}`;
}
