import type { Draft, GivenFact } from '../draft.js';
import { isSettled } from '../draft.js';
import type { Plan } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import type { LiveValues } from '../values.js';
import { reportAdvisories } from './advisories.js';
import { explain } from './explain/explain.js';
import { knownBefore } from './givenFacts.js';
import { reportHops } from './hops.js';
import { leadTimesOf } from './leadTimes.js';
import { reportProof } from './orderProof.js';
import { outageOf } from './outage.js';
import type { PlanReport, ReportInput, ReportLeadTime, ReportStep, ReportWarning } from './planReport.js';
import { reportQuestions } from './questions.js';
import { reportSteps } from './steps.js';
import { timelineOf } from './timeline.js';
import { pointOfNoReturn, undoAfter } from './undo.js';
import { reportWindow } from './window.js';

/** A draft that has become a plan. */
export type PlannedDraft = Draft & { readonly plan: Plan };

export interface ReportOptions {
  /** Milliseconds since 1970. Without it nothing is said of windows, and lead times have no dates. */
  readonly now?: number;
  /** The facts the draft was made with: they decide conditions and advisories. */
  readonly facts?: readonly GivenFact[];
}

/** What is shown of a plan before anything is done. Pure: the same draft, facts and time give the same report. */
export function reportOf(draft: PlannedDraft, { now, facts = [] }: ReportOptions = {}): PlanReport {
  const { plan } = draft;
  const live = knownBefore(plan, facts);
  const steps = reportSteps(plan, live);
  const timeline = timelineOf(plan, steps);
  const leadTimes = leadTimesOf(steps, plan.environment, timeline.work_ms, now);
  const outage = outageOf(plan, steps, timeline);
  const turning = pointOfNoReturn(steps, timeline);
  const { id, title, production, rehearsedOn } = plan.environment;
  return {
    format: 1,
    runbook: plan.runbook,
    environment: { id, title, production, ...(rehearsedOn === undefined ? {} : { rehearsed_on: rehearsedOn }) },
    digest: draft.digest,
    settled: isSettled(draft),
    roles: plan.scopes['main']?.roles ?? {},
    inputs: reportInputs(plan),
    notes: plan.notes,
    hops: reportHops(plan, steps, draft.comparisons),
    already_installed: plan.scopes['main']?.hops?.length === 0,
    steps,
    advisories: reportAdvisories(plan, live),
    open_roles: draft.openRoles.map(({ role, of, where }) => ({ role, of, where })),
    questions: reportQuestions(draft, plan),
    ...(draft.proof === undefined ? {} : { order_proof: reportProof(draft.proof) }),
    timeline,
    ...(now === undefined ? {} : { window: reportWindow(plan.environment, now, timeline.work_ms) }),
    lead_times: leadTimes,
    ...(outage === undefined ? {} : { outage }),
    ...(turning === undefined ? {} : { point_of_no_return: turning }),
    undo: undoAfter(steps),
    next: plan.next.map((next) => reportNext(next, plan, live)),
    warnings: [...draft.warnings.map((warning) => reportWarning(warning, plan)), ...leadTimeWarnings(leadTimes, steps)],
  };
}

function reportNext({ use, title, when }: Plan['next'][number], plan: Plan, live: LiveValues): PlanReport['next'][number] {
  const scope = plan.scopes[when?.scope ?? ''];
  if (when === undefined || scope === undefined) return { use, title, verdict: 'yes', because: 'it has no condition' };
  return { use, title, when: when.cel, ...explain(when.cel, { scope, hosts: plan.hosts, hostRoles: [], host: undefined }, live) };
}

/** Files are told as everywhere in the plan: as seen from the runbook that is run. */
function reportWarning({ file, diagnostic }: PlanProblem, plan: Plan): ReportWarning {
  const files = Object.values(plan.scopes).map((scope) => scope.file);
  const known = files.find((name) => file === name || file.endsWith(`/${name.replace(/^(?:\.\.\/)+/, '')}`));
  return { code: diagnostic.code, message: diagnostic.message, file: known ?? file.slice(file.lastIndexOf('/') + 1) };
}

function leadTimeWarnings(leadTimes: readonly ReportLeadTime[], steps: readonly ReportStep[]): readonly ReportWarning[] {
  return leadTimes
    .filter(({ too_late }) => too_late)
    .map(({ path, title, needs, because }) => {
      const place = steps.find((step) => step.path === path)?.place ?? { file: '' };
      return { code: 'lead-time-too-long', message: `"${title}" takes ${needs} and is ${because}`, ...place };
    });
}

function reportInputs(plan: Plan): readonly ReportInput[] {
  const values = plan.scopes['main']?.inputs ?? {};
  return Object.entries(plan.inputs).flatMap(([name, { title, consequence, default: usual }]) => {
    const value = values[name];
    if (value === undefined) return [];
    const follows = consequence !== undefined && value !== usual ? { consequence } : {};
    return [{ name, ...(title === undefined ? {} : { title }), value, ...follows }];
  });
}
