import type { HostName, Plan, PlanGroup, PlanHop, PlanNode, PlanStep, Target } from '../plan.js';
import { NO_HOST } from '../plan.js';
import { renderKnown } from '../values.js';
import type { LiveValues } from '../values.js';
import { stepsOf } from '../walk.js';
import { advisoryTitles } from './advisories.js';
import { explain } from './explain/explain.js';
import type { Explanation } from './explain/explain.js';
import { gateOf } from './gate.js';
import type { ReportCondition, ReportStep, StepName } from './planReport.js';

/** Every step of the procedure in the order of the plan, each with its hosts and what is known of its conditions. */
export function reportSteps(plan: Plan, live: LiveValues): readonly ReportStep[] {
  const steps: ReportStep[] = [];
  const visit = (nodes: readonly PlanNode[], groups: readonly PlanGroup[]): void => {
    for (const node of nodes) {
      if (node.kind === 'group') visit(node.children, [...groups, node]);
      else steps.push(reportStep(node, groups, steps.length + 1, plan, live));
    }
  };
  visit(plan.steps, []);
  return steps;
}

/** Hosts that a step is about, each once. */
export function hostsOf(step: Pick<PlanStep, 'targets'>): readonly HostName[] {
  return [...new Set(step.targets.flatMap(({ about }) => about))];
}

export function nameOfStep({ path, title }: StepName): StepName {
  return { path, title };
}

function reportStep(step: PlanStep, groups: readonly PlanGroup[], number: number, plan: Plan, live: LiveValues): ReportStep {
  const judged = step.targets.map((target) => judgeTarget(step, target, plan, live));
  const batch = groups.findLast(({ path, hop: ofHop }) => ofHop === undefined && /@[^/]*$/.test(path));
  const hopGroup = hopGroupOf(groups, plan);
  const hop = hopGroup?.hop ?? plan.scopes['main']?.hop;
  const said = (text: string): string => renderedFor(text, step, plan, live);
  const gate = gateOf(step, said);
  const { impact, irreversible } = step.spec;
  return {
    path: step.path,
    title: said(step.title),
    number,
    section: step.section,
    groups: groups.map((group) => ({ ...nameOfStep(group), ...(group === hopGroup && hop !== undefined ? { hop: hop.number } : {}) })),
    ...(hop === undefined ? {} : { hop: hop.number }),
    action: step.action,
    hosts: hostsOf(step),
    at: [...new Set(step.targets.map(({ at }) => at))],
    once: step.targets.some(({ key, about }) => key === NO_HOST && about.length > 1),
    at_once: Math.min(step.parallel, step.targets.length),
    ...(batch === undefined ? {} : { batch: batch.hosts }),
    verdict: together(judged.map(({ verdict }) => verdict)),
    conditions: conditionsOf(judged.flatMap(({ conditions }) => conditions)),
    ...(gate === undefined ? {} : { gate }),
    effects: step.effects,
    stages: step.stages,
    optional: step.optional,
    ...(irreversible === undefined ? {} : { irreversible: said(irreversible) }),
    undo: [...stepsOf(step.undo)].map(({ path, title }) => ({ path, title: said(title) })),
    ...(impact === undefined ? {} : { impact: said(impact) }),
    ...(step.estimateMs === undefined ? {} : { estimate_ms: step.estimateMs }),
    ...(step.timeoutMs === undefined ? {} : { timeout_ms: step.timeoutMs }),
    ...(step.leadTime === undefined ? {} : { lead_time: step.leadTime }),
    ...(step.validForMs === undefined ? {} : { valid_for_ms: step.validForMs }),
    ...(step.cites === undefined ? {} : { source: step.cites }),
    reached_by: step.reachedBy.map(({ use }) => use),
    place: { file: step.at.file, line: step.at.line },
  };
}

/** Text with its values, as far as they are known; where hosts have different ones, each host is meant. */
function renderedFor(text: string, step: PlanStep, plan: Plan, live: LiveValues): string {
  const scope = plan.scopes[step.scope];
  if (scope === undefined || !text.includes('${{')) return text;
  const place = { scope, hosts: plan.hosts, hostRoles: step.hostRoles };
  const hosts = step.hostRoles.length === 0 ? [] : hostsOf(step);
  const forEach = [...new Set(hosts.map((host) => renderKnown(text, { ...place, host }, live)))];
  const [same] = forEach;
  if (same !== undefined && forEach.length === 1) return same;
  return renderKnown(text.replace(/\$\{\{\s*host\.name\s*\}\}/g, 'each host'), { ...place, host: undefined }, live);
}

/** The group of the hop of the runbook's own path that a step belongs to; what it uses may have paths of their own. */
function hopGroupOf(groups: readonly PlanGroup[], plan: Plan): PlanGroup | undefined {
  const hops = plan.scopes['main']?.hops ?? [];
  return groups.find(({ hop }) => hop !== undefined && hops.some((other) => isSameHop(other, hop)));
}

export function isSameHop(a: PlanHop, b: PlanHop): boolean {
  return a.number === b.number && a.from === b.from && a.to === b.to;
}

interface JudgedTarget {
  readonly verdict: Explanation['verdict'];
  readonly conditions: readonly ReportCondition[];
}

function judgeTarget(step: PlanStep, target: Target, plan: Plan, live: LiveValues): JudgedTarget {
  const host = target.about.length === 1 ? target.about[0] : undefined;
  const conditions = step.conditions.flatMap(({ cel, scope: id, hostRoles }): readonly ReportCondition[] => {
    const scope = plan.scopes[id];
    if (scope === undefined) return [];
    const own = hostRoles.length > 0 && host !== undefined;
    const place = { scope, hosts: plan.hosts, hostRoles, host: own ? host : undefined, advisoryTitles: advisoryTitles(plan, scope) };
    return [{ cel, ...explain(cel, place, live), hosts: own ? [host] : [] }];
  });
  const verdicts = conditions.map(({ verdict }) => verdict);
  return { verdict: verdicts.includes('no') ? 'no' : verdicts.includes('asked') ? 'asked' : 'yes', conditions };
}

/** Of a step as a whole: left out when it is on every host, certain when nothing is open any more. */
function together(verdicts: readonly Explanation['verdict'][]): Explanation['verdict'] {
  if (verdicts.every((verdict) => verdict === 'no')) return 'no';
  return verdicts.includes('asked') ? 'asked' : 'yes';
}

/** The same condition with the same reason is told once, for all hosts of which it is so. */
function conditionsOf(found: readonly ReportCondition[]): readonly ReportCondition[] {
  const merged: ReportCondition[] = [];
  for (const condition of found) {
    const at = merged.findIndex(
      ({ cel, verdict, because }) => cel === condition.cel && verdict === condition.verdict && because === condition.because,
    );
    const known = merged[at];
    if (known === undefined) merged.push(condition);
    else merged[at] = { ...known, hosts: [...new Set([...known.hosts, ...condition.hosts])] };
  }
  return merged;
}
