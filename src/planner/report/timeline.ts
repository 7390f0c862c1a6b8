import type { Plan, PlanNode, PlanStep } from '../plan.js';
import type { ReportStep, ReportTimeline } from './planReport.js';

/** When each step begins and how long it takes by the estimates. Steps that are left out take no time. */
export function timelineOf(plan: Plan, steps: readonly ReportStep[]): ReportTimeline {
  const byPath = new Map(steps.map((step) => [step.path, step]));
  const entries: ReportTimeline['entries'][number][] = [];
  let now = 0;
  let certain = 0;
  let unknown = 0;
  const visit = (nodes: readonly PlanNode[], pauseMs: number): void => {
    nodes.forEach((node, index) => {
      if (index > 0) {
        now += pauseMs;
        certain += pauseMs;
      }
      if (node.kind === 'group') visit(node.children, node.pauseBetweenMs);
      else place(node);
    });
  };
  const place = (step: PlanStep): void => {
    const verdict = byPath.get(step.path)?.verdict ?? 'yes';
    if (verdict === 'no') return;
    const length = lengthOf(step);
    if (step.estimateMs === undefined) unknown++;
    const estimated = step.estimateMs !== undefined;
    entries.push({ path: step.path, title: step.title, starts_after_ms: now, length_ms: length, estimated });
    now += length;
    if (verdict === 'yes' && !step.optional) certain += length;
  };
  const isBefore = (node: PlanNode): boolean => sectionOf(node) === 'prerequisites';
  visit(plan.steps.filter(isBefore), 0);
  const prerequisites = now;
  now = certain = 0;
  visit(
    plan.steps.filter((node) => !isBefore(node)),
    0,
  );
  return { entries, prerequisites_ms: prerequisites, work_ms: now, least_work_ms: certain, steps_without_estimate: unknown };
}

/** All hosts of a step, so many at a time as it allows, with the pauses between them. */
function lengthOf({ estimateMs = 0, targets, parallel, pauseBetweenMs }: PlanStep): number {
  const batches = Math.ceil(targets.length / Math.max(parallel, 1));
  return estimateMs * batches + pauseBetweenMs * Math.max(batches - 1, 0);
}

function sectionOf(node: PlanNode): PlanStep['section'] | undefined {
  if (node.kind === 'step') return node.section;
  for (const child of node.children) {
    const section = sectionOf(child);
    if (section !== undefined) return section;
  }
  return undefined;
}
