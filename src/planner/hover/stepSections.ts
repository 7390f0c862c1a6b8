import { asText } from '../../language/index.js';
import { isSettled } from '../draft.js';
import type { PlanNode, PlanStep } from '../plan.js';
import { durationText } from '../report/durationText.js';
import type { PlannedDraft } from '../report/reportOf.js';
import { hostsOf } from '../report/steps.js';
import { counted } from '../report/words/counted.js';
import { stepsOf } from '../walk.js';
import { givenReasons } from './givenReasons.js';
import { namedHosts } from './namedHosts.js';
import type { PlannedSubject } from './planSections.js';

/** Steps of a `use` that are told one by one. */
const MOST_STEPS = 8;

const NOT_PLANNED = 'this has no place in the plan: what it depends on is not so there, or nothing uses it.';

/** Characters of the digest that are told. */
const SHORT_DIGEST = 12;

/** What the step around a place becomes in the plan: its hosts, how long it takes, why it is left out, or the steps that a `use` stands for. */
export function stepSections(draft: PlannedDraft, { kind, name, file, line }: PlannedSubject): readonly string[] {
  const found = nodesAt(draft.plan.steps, (node) => node.at.file === file && (kind === 'step' ? node.id === name : node.at.line === line));
  const steps = found.flatMap((node) => [...stepsOf([node])]);
  if (steps.length === 0) return line !== undefined && (kind === 'step' || name === 'when') ? [NOT_PLANNED] : [];
  if (kind === 'use') return [expansion(steps)];
  if (kind === 'key') return name === 'on' ? [onHosts(steps)] : name === 'when' ? givenReasons(draft.plan, steps) : [];
  return [[onHosts(steps), timeOf(steps), ...givenReasons(draft.plan, steps)].filter((text) => text !== '').join('; '), stateOf(draft)];
}

function nodesAt(nodes: readonly PlanNode[], isMeant: (node: PlanNode) => boolean): readonly PlanNode[] {
  return nodes.flatMap((node) => (isMeant(node) ? [node] : node.kind === 'group' ? nodesAt(node.children, isMeant) : []));
}

function onHosts(steps: readonly PlanStep[]): string {
  const hosts = [...new Set(steps.flatMap(hostsOf))];
  if (hosts.length > 0) return namedHosts(hosts);
  return steps.every(({ targets }) => targets.every(({ at }) => at === 'local')) ? 'on no host, from this machine' : 'on no host';
}

function timeOf(steps: readonly PlanStep[]): string {
  const known = steps.flatMap(({ estimateMs, targets, parallel }) =>
    estimateMs === undefined ? [] : [estimateMs * Math.ceil(targets.length / Math.max(parallel, 1))],
  );
  return known.length === 0 ? 'no estimate' : `about ${durationText(known.reduce((sum, ms) => sum + ms, 0))}`;
}

function expansion(steps: readonly PlanStep[]): string {
  const told = steps.slice(0, MOST_STEPS).map((step) => `\n- ${asText(step.title)} (${onHosts([step])})`);
  const more = steps.length > MOST_STEPS ? `\n- and ${String(steps.length - MOST_STEPS)} more` : '';
  return `${counted(steps.length, 'step', 'steps')}, ${timeOf(steps)}\n${told.join('')}${more}`;
}

function stateOf(draft: PlannedDraft): string {
  const digest = `\`${draft.digest.slice(0, SHORT_DIGEST)}\``;
  return isSettled(draft)
    ? `\n\nThe plan has the digest ${digest}.`
    : '\n\nThe plan is a draft: who has which role, or the path, is not known yet.';
}
