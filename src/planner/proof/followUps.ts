import { ExpressionError, findUsed, parseUseReference, resolveFile, roleLineage, roleNames } from '../../language/index.js';
import type { EffectName, ParsedRunbook, Project, Runbook, Step } from '../../language/index.js';
import type { Condition, HostName, Plan } from '../plan.js';
import { decide, NOTHING_LIVE } from '../values.js';
import type { HostEffect } from './simulation.js';

interface RoleEffect {
  readonly effect: EffectName;
  readonly roles: readonly string[];
  readonly runbook: Runbook;
}

/** Whether the inputs of a plan are those of a run, or made up: then others may be chosen. */
export type Inputs = 'given' | 'made up';

/**
 * Effects of the runbooks that come next, but for those whose condition is false by the inputs, and for steps that may be left out. Their hosts are those of the roles
 * with the same names here; of a role that only they derive, those of the role it is derived from.
 */
export function effectsOfNext(plan: Plan, project: Project, inputs: Inputs): readonly HostEffect[] {
  const roles = plan.scopes['main']?.roles ?? {};
  const hostsOf = (runbook: Runbook, role: string): readonly HostName[] => {
    const known = roleLineage(runbook, role).find((name) => roles[name] !== undefined);
    return known === undefined ? [] : (roles[known] ?? []);
  };
  return plan.next
    .filter(({ when }) => when === undefined || mayHold(when, plan, inputs))
    .flatMap(({ use }) => effectsOfUse(use, project.root, project, []))
    .flatMap(({ effect, roles: named, runbook }) => named.flatMap((role) => hostsOf(runbook, role)).map((host) => ({ effect, host })));
}

function mayHold(when: Condition, plan: Plan, inputs: Inputs): boolean {
  const scopes =
    inputs === 'given' ? plan.scopes : Object.fromEntries(Object.entries(plan.scopes).map(([id, scope]) => [id, { ...scope, inputs: {} }]));
  try {
    return decide(when, { scopes, hosts: plan.hosts }, undefined, NOTHING_LIVE).kind !== 'no';
  } catch (error) {
    if (error instanceof ExpressionError) return true;
    throw error;
  }
}

function effectsOfUse(use: string, from: ParsedRunbook, project: Project, trail: readonly string[]): readonly RoleEffect[] {
  const reference = parseUseReference(use);
  if (reference === undefined) return [];
  const file = reference.file === undefined ? from.file : resolveFile(from.file, reference.file);
  const document = project.known.get(file);
  const mark = `${file}#${reference.id ?? ''}..${reference.to ?? ''}`;
  if (document?.value === undefined || trail.includes(mark)) return [];
  const steps = reference.id === undefined ? document.value.steps : (findUsed(document.value, reference) ?? []);
  return effectsOfSteps(steps, [], document, project, [...trail, mark]);
}

function effectsOfSteps(
  steps: readonly Step[],
  around: readonly string[],
  document: ParsedRunbook,
  project: Project,
  trail: readonly string[],
): readonly RoleEffect[] {
  const runbook = document.value;
  if (runbook === undefined) return [];
  return steps.flatMap((step): readonly RoleEffect[] => {
    if (step.optional === true) return [];
    const roles = step.on === undefined ? around : roleNames(step.on);
    const effects = [...(step.effects ?? []), ...(step.reboot === undefined ? [] : (['boot'] as const))];
    const used = step.use === undefined ? [] : effectsOfUse(step.use, document, project, trail);
    return [
      ...effects.map((effect) => ({ effect, roles, runbook })),
      ...effectsOfSteps(step.steps ?? [], roles, document, project, trail),
      // What is used is about the hosts of the step that uses it, where it does not say otherwise.
      ...used.map((one) => (one.roles.length > 0 ? one : { ...one, roles, runbook })),
    ];
  });
}
