import type { ReportStep, ReportTimeline, ReportTurningPoint, ReportUndo } from './planReport.js';
import { nameOfStep } from './steps.js';

/** After each step that acts: what undo would take back, the newest first, as far as the first step that cannot be taken back. */
export function undoAfter(steps: readonly ReportStep[]): readonly ReportUndo[] {
  const acting = steps.filter((step) => step.verdict !== 'no' && acts(step));
  return acting.map((step, index): ReportUndo => {
    const done = acting.slice(0, index + 1).reverse();
    const end = done.findIndex(({ irreversible }) => irreversible !== undefined);
    const reached = end === -1 ? done : done.slice(0, end);
    const last = done[end];
    return {
      after: nameOfStep(step),
      hosts: step.hosts,
      takes_back: reached.filter(({ undo }) => undo.length > 0).map(({ path }) => path),
      stays: reached.filter(({ undo }) => undo.length === 0).map(({ path }) => path),
      ...(last === undefined ? {} : { ends_at: { ...nameOfStep(last), because: last.irreversible ?? '' } }),
    };
  });
}

/** The first step that cannot be taken back, with what is done by then. */
export function pointOfNoReturn(steps: readonly ReportStep[], timeline: ReportTimeline): ReportTurningPoint | undefined {
  const planned = steps.filter(({ verdict }) => verdict !== 'no');
  const at = planned.findIndex(({ irreversible }) => irreversible !== undefined);
  const step = planned[at];
  if (step === undefined) return undefined;
  const earlier = planned.slice(0, at);
  const before = earlier.at(-1);
  const silent = earlier.filter((one) => one.section !== 'prerequisites' && one.estimate_ms === undefined).length;
  return {
    ...nameOfStep(step),
    number: step.number,
    hosts: step.hosts,
    because: step.irreversible ?? '',
    starts_after_ms: timeline.entries.find(({ path }) => path === step.path)?.starts_after_ms ?? 0,
    steps_without_estimate: silent,
    ...(before === undefined ? {} : { before: nameOfStep(before) }),
    backups: earlier.filter(({ effects }) => effects.includes('backup')).map(nameOfStep),
  };
}

function acts({ effects, stages, irreversible, undo }: ReportStep): boolean {
  return effects.length > 0 || stages.length > 0 || irreversible !== undefined || undo.length > 0;
}
