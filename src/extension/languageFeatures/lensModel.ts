import type { RunState } from '../../events/index.js';
import { showInLine } from '../../events/index.js';
import type { OutlineNode } from '../../language/index.js';
import type { Plan } from '../../planner/index.js';
import { isOver, standingOfNode } from '../../protocol/index.js';
import type { Standing } from '../../protocol/index.js';
import { withoutPictures } from '../noticeText.js';
import { placesByLine, plannedAs, plannedBefore } from '../plans/placesByLine.js';
import type { PlanNode } from '../plans/placesByLine.js';

/** A line above the text that leads on. */
export interface Lens {
  /** Line of the text it stands above, 1 for the first. */
  readonly line: number;
  readonly title: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

/** What is known of a runbook when lenses are made. */
export interface LensSubject {
  /** The file as plans name it. */
  readonly file: string;
  readonly outline: readonly OutlineNode[];
  readonly lineAt: (offset: number) => number;
  readonly plan: Plan | undefined;
  readonly lastRun: RunState | undefined;
  readonly canRun: boolean;
  /** A moment in words. */
  readonly when: (iso: string) => string;
}

const ICONS: Readonly<Partial<Record<Standing, string>>> = {
  succeeded: '$(pass)',
  failed: '$(error)',
  unknown: '$(question)',
  cancelled: '$(circle-slash)',
  skipped: '$(debug-step-over)',
  running: '$(sync)',
  waiting: '$(bell)',
  partly: '$(circle-outline)',
};

/** What leads on from a runbook: to its plan, to running it, to its last run. */
export function runbookLenses({ plan, lastRun, canRun, when }: LensSubject, uri: unknown): readonly Lens[] {
  const run: Lens[] = canRun ? [{ line: 1, title: '$(run-all) Run', command: 'runbook.runAll', args: [uri] }] : [];
  const last: Lens[] =
    lastRun === undefined
      ? []
      : [{ line: 1, title: lastRunText(lastRun, plan, when), command: 'runbook.openRun', args: [{ run: lastRun.run }] }];
  return [{ line: 1, title: '$(preview) Show plan', command: 'runbook.previewPlan', args: [uri] }, ...run, ...last];
}

/** What leads on from each step and phase that stands in the plan at one place: to running it, and to how it ended last. */
export function stepLenses({ file, outline, lineAt, plan, lastRun, canRun }: LensSubject): readonly Lens[] {
  const planned = plan === undefined ? undefined : placesByLine(plan, file);
  const done = lastRun === undefined ? undefined : placesByLine(lastRun.plan, lastRun.plan.runbook.file);
  const lenses: Lens[] = [];
  const visit = (node: OutlineNode): void => {
    const line = lineAt(node.range.start);
    const [only, ...others] = planned === undefined ? [] : plannedAs(node, line, planned);
    // Without a plan the path is that of the text; what several steps of the plan are made of cannot be run as one.
    const path = planned === undefined ? (node.section === 'procedures' ? '' : node.path) : others.length === 0 ? (only?.path ?? '') : '';
    if (canRun && path !== '') lenses.push({ line, title: '$(play) Run', command: 'runbook.runStep', args: [path] });
    const same = lastRun === undefined || done === undefined ? [] : plannedBefore(node, line, lastRun.plan, done);
    const before = lastRun === undefined ? undefined : lastResult(lastRun, same);
    if (before !== undefined && lastRun !== undefined)
      lenses.push({ line, title: before, command: 'runbook.openRun', args: [{ run: lastRun.run }] });
    node.children.forEach(visit);
  };
  outline.forEach(visit);
  return lenses;
}

/** How steps of a run ended, together. */
function lastResult(run: RunState, same: readonly PlanNode[]): string | undefined {
  if (same.length === 0) return undefined;
  const found = same.map((node) => standingOfNode(run, node));
  const [total, done] = [found.reduce((sum, one) => sum + one.total, 0), found.reduce((sum, one) => sum + one.done, 0)];
  const standings = [...new Set(found.map(({ standing }) => standing))];
  const standing =
    standings.length === 1 ? standings[0] : (['failed', 'unknown', 'partly'] as const).find((loud) => standings.includes(loud));
  if (standing === undefined || standing === 'pending') return undefined;
  const words = standing === 'unknown' ? 'nobody knows how it ended' : standing === 'partly' ? 'in part' : standing;
  return `${ICONS[standing] ?? '$(history)'} ${words}${total > 1 ? ` ${String(done)}/${String(total)}` : ''}`;
}

function lastRunText(run: RunState, plan: Plan | undefined, when: (iso: string) => string): string {
  const { environment } = run.plan;
  const where = plan?.environment.id === environment.id ? '' : ` on ${withoutPictures(showInLine(environment.title))}`;
  const icon = run.status === 'succeeded' ? '$(pass)' : run.status === 'failed' || run.status === 'halted' ? '$(error)' : '$(history)';
  const words = isOver(run) ? run.status : 'not at its end';
  return `${icon} Last run${where}: ${words}, ${when(run.createdAt)}`;
}
