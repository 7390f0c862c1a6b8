import { durationText } from '../../planner/index.js';
import type { PlanReport, ReportStep } from '../../planner/index.js';
import type { SheetSpan } from '../../protocol/index.js';

/** Parts that are shown: of more, those that take longest. */
const MOST_PARTS = 40;

/** The work by the estimates, in its parts: groups and single steps of the runbook. Empty without estimates. */
export function timelineOf({ steps, timeline }: Pick<PlanReport, 'steps' | 'timeline'>): readonly SheetSpan[] {
  const { entries, work_ms: work } = timeline;
  if (work === 0) return [];
  const byPath = new Map(steps.map((step) => [step.path, step]));
  const parts = new Map<string, { readonly path: string; readonly title: string; begin: number; end: number }>();
  for (const { path, title, starts_after_ms: begin, length_ms: length } of entries) {
    const step = byPath.get(path);
    if (step === undefined || step.section === 'prerequisites') continue;
    const owner = partOf(step) ?? { path, title };
    const known = parts.get(owner.path);
    if (known === undefined) parts.set(owner.path, { path: owner.path, title: owner.title, begin, end: begin + length });
    else known.end = begin + length;
  }
  const told = [...parts.values()].filter(({ begin, end }) => end > begin);
  const longest = new Set([...told].sort((a, b) => b.end - b.begin - (a.end - a.begin)).slice(0, MOST_PARTS));
  return told
    .filter((part) => longest.has(part))
    .map(({ path, title, begin, end }) => ({
      path,
      title,
      text: `${begin === 0 ? 'at the begin' : `after ${durationText(begin)}`}, about ${durationText(end - begin)}`,
      begin: begin / work,
      end: end / work,
    }));
}

/** The hop a step belongs to, else its outermost group. */
function partOf({ groups }: ReportStep): ReportStep['groups'][number] | undefined {
  return groups.find(({ hop }) => hop !== undefined) ?? groups[0];
}
