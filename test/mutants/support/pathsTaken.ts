import { createLanguageService } from '../../../src/language/index.js';
import { roleNames } from '../../../src/language/index.js';
import type { Project } from '../../../src/language/index.js';
import { draftPlan, NOTHING_LIVE, renderKnown, reportOf, START_FACT, stepsOf } from '../../../src/planner/index.js';
import type { GivenFact, PlainValue, Plan, PlanStep } from '../../../src/planner/index.js';
import { textOf } from './examples.js';
import { copyOf, written } from './tree.js';
import type { Tree } from './tree.js';

const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });

/** A way from one version to another. */
export interface Way {
  readonly from: string;
  readonly to: string;
}

/** Ways that a change of one version into another may make different: they begin or end at one of them, or just beside. */
export function waysAround(before: string, after: string, named: readonly string[]): readonly Way[] {
  const near = [before, after, neighbour(before, 1)];
  const all = [...new Set([...near, ...named.flatMap((version) => [neighbour(version, -1), version])])];
  const ways = near.flatMap((version) =>
    all.flatMap((other) => [
      { from: version, to: other },
      { from: other, to: version },
    ]),
  );
  // A stop is gone to by whoever begins below it.
  ways.push(...all.map((other) => ({ from: neighbour(before, -1), to: other })));
  return [...new Map(ways.map((way) => [`${way.from} ${way.to}`, way])).values()].filter(({ from, to }) => from !== to);
}

/** An inventory as one environment or another may have it: with one choice of its hosts made otherwise. */
export function environmentsOf(project: Project, inventory: string): readonly string[] {
  const roles = Object.entries(project.root.value?.roles ?? {});
  const choices = roles.flatMap(([role, { vars }]) =>
    Object.entries(vars ?? {}).flatMap(([name, declared]) =>
      typeof declared === 'string' || declared.type !== 'choice'
        ? []
        : (declared.options ?? []).filter((option) => option !== declared.default).map((option) => ({ role, name, option })),
    ),
  );
  const otherwise = choices.map(({ role, name, option }) => {
    const tree = copyOf(textOf(inventory)) as { vars?: Record<string, Tree> };
    return written({ ...tree, vars: { ...tree.vars, [role]: { ...tree.vars?.[role], [name]: option } } });
  });
  return [textOf(inventory), ...otherwise];
}

/**
 * What a plan says of a way: its hops and where they are dispatched to, which advisories apply, which steps are done, what their texts come
 * to; or why there is no plan. Facts that are asked with yes or no are all true.
 */
export function takenOn({ from, to }: Way, project: Project, environment: string): string {
  const parsed = service.parseInventory('/x.inventory.yaml', environment);
  const runbook = project.root.value;
  const names = Object.keys(runbook?.inputs ?? {});
  const inputs: Record<string, PlainValue> = {};
  if (names.includes('target')) inputs['target'] = to;
  if (names.includes('from') && names.includes('to')) Object.assign(inputs, { from, to });
  const facts: GivenFact[] = runbook?.upgrade === undefined ? [] : [{ scope: 'main', fact: START_FACT, value: from }];
  for (const [fact, { type, on }] of Object.entries(runbook?.facts ?? {})) {
    if (type !== 'boolean') continue;
    if (on === undefined) facts.push({ scope: 'main', fact, value: true });
    else
      roleNames(on)
        .flatMap((role) => parsed.value?.roles[role] ?? [])
        .forEach((host, index) => facts.push({ scope: 'main', fact, host, value: index === 0 }));
  }
  const draft = draftPlan({ project, inventory: parsed, inputs, facts });
  const { plan } = draft;
  if (plan === undefined) return draft.problems.map(({ diagnostic }) => diagnostic.code).join();
  const report = reportOf({ ...draft, plan }, { facts });
  return JSON.stringify([
    report.hops.map((hop) => [hop.from, hop.to, hop.dispatched_to]),
    report.advisories.map(({ id, hops }) => [id, hops.map(({ hop, verdict }) => [hop, verdict])]),
    report.steps.map(({ path, verdict }) => [path, verdict]),
    [...stepsOf(plan.steps)].map((step) => textsIn(step, plan)),
  ]);
}

/** Texts of a step with values in them, as far as they are known beforehand. */
function textsIn(step: PlanStep, plan: Plan): readonly string[] {
  const scope = plan.scopes[step.scope];
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
    else if (typeof value === 'string' && value.includes('${{') && scope !== undefined) {
      const place = { scope, hosts: plan.hosts, hostRoles: step.hostRoles, host: step.targets[0]?.about[0] };
      const text = renderKnown(value, place, NOTHING_LIVE);
      if (!text.includes('${{')) found.push(text);
    }
  };
  visit([step.spec, Object.values(step.methods).map(({ spec }) => spec)]);
  return found;
}

function neighbour(version: string, by: 1 | -1): string {
  const parts = version.split('.');
  const index = by === 1 ? parts.length - 1 : parts.findLastIndex((part) => Number(part) > 0);
  return parts
    .map((part, at) =>
      at === index ? String(Number(part) + by).padStart(part.length, '0') : at > index && by === -1 ? '9'.repeat(part.length) : part,
    )
    .join('.');
}
