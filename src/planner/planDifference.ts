import { canonicalJson } from './digest.js';
import type { Plan, PlanStep } from './plan.js';
import { planMeaning, stepMeaning } from './planMeaning.js';
import { stepsOf } from './walk.js';

/** How one plan differs from another, for people; empty when they mean the same. */
export interface PlanDifference {
  /** Titles of steps only the later plan has, only the earlier one has, and both have with another meaning. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Parts beside the steps that differ: hosts, roles, inputs … */
  readonly parts: readonly string[];
}

/** Compares the plan that was approved with the one that its files would make now. */
export function planDifference(approved: Plan, now: Plan): PlanDifference {
  const before = byPath(approved);
  const after = byPath(now);
  const [meantBefore, meantNow] = [planMeaning(approved), planMeaning(now)];
  return {
    added: [...after].filter(([path]) => !before.has(path)).map(([, step]) => step.title),
    removed: [...before].filter(([path]) => !after.has(path)).map(([, step]) => step.title),
    changed: [...after].flatMap(([path, step]) => {
      const earlier = before.get(path);
      return earlier !== undefined && canonicalJson(stepMeaning(earlier)) !== canonicalJson(stepMeaning(step)) ? [step.title] : [];
    }),
    parts: (['environment', 'hosts', 'scopes', 'secrets', 'invariants'] as const).filter(
      (part) => canonicalJson(meantBefore[part]) !== canonicalJson(meantNow[part]),
    ),
  };
}

/** The difference as sentences; empty when there is none. */
export function differenceText(difference: PlanDifference): string {
  const named = { added: 'new', removed: 'gone', changed: 'changed' } as const;
  const sentences = Object.entries(named).flatMap(([kind, word]) => {
    const titles = difference[kind as keyof typeof named];
    return titles.length === 0 ? [] : [`${word}: ${titles.join('; ')}`];
  });
  if (difference.parts.length > 0) sentences.push(`also different: ${difference.parts.map((part) => PARTS[part] ?? part).join(', ')}`);
  return sentences.join('\n');
}

const PARTS: Readonly<Record<string, string>> = { scopes: 'roles, inputs and facts' };

function byPath(plan: Plan): ReadonlyMap<string, PlanStep> {
  return new Map([...stepsOf(plan.steps)].map((step) => [step.path, step]));
}
