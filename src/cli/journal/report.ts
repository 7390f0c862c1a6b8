import type { JournalVerdict } from '../../engine/index.js';
import type { RunEvent, RunState } from '../../events/index.js';
import { planSteps } from '../../planner/index.js';
import { attemptRows, troubleOf } from './attempts.js';
import type { Block } from './block.js';
import { gateRows } from './gates.js';

/** What a report is made of. */
export interface ReportSource {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly verdict: JournalVerdict;
}

/** The report of a run for people: what ran where, by whom, how it ended, and what proves that the journal says so. Texts are not escaped yet. */
export function reportOf(source: ReportSource): readonly Block[] {
  const { state, events, verdict } = source;
  const sound = verdict.condition === 'sound' || verdict.condition === 'torn';
  return [
    { kind: 'heading', level: 1, text: `${state.plan.runbook.title} on ${state.plan.environment.title}` },
    ...(sound ? [] : [{ kind: 'warning', text: `${verdict.text} This report ends there.` } as const]),
    { kind: 'table', head: ['', ''], rows: factsOf(source) },
    ...section('Who carried it out', ['When', 'Who', 'Machine', 'Epoch'], openings(events)),
    ...section('Hosts', ['Host', 'Address', 'User', 'Host key', ''], hostRows(state)),
    ...section('Steps', ['Step', 'For', 'Performed on', 'Outcome', 'Began', 'Took', ''], stepRows(state)),
    ...section('Questions and answers', ['When', 'Question', 'Answer', 'By', 'Evidence'], gateRows(state)),
    ...troubleOf(state),
    ...section(
      'What must hold',
      ['When', 'What', 'Verdict', 'Seen'],
      state.invariants.map(({ index, at, verdict: held, text }) => [
        at,
        state.plan.invariants[index]?.title ?? '',
        held.replaceAll('_', ' '),
        text,
      ]),
    ),
    ...section(
      'Remarks',
      ['When', '', 'Text'],
      state.remarks.map(({ at, severity, text }) => [at, severity, text]),
    ),
    ...list('What comes next', state.next),
    { kind: 'heading', level: 2, text: 'Proof' },
    { kind: 'text', text: verdict.text },
    { kind: 'text', text: 'The hash below stands for every byte of the journal before it. Check it with:' },
    { kind: 'code', text: `runbook journal verify ${state.run} --head ${verdict.head}` },
  ];
}

function factsOf({ state, events, verdict }: ReportSource): readonly (readonly string[])[] {
  const { plan } = state;
  const approvals = events.filter((event) => event.type === 'run_approved');
  return [
    ['Run', state.run],
    ['Ended', `${state.status}${state.closing === undefined ? '' : `: ${state.closing}`}`],
    ['Runbook', `${plan.runbook.id} (${plan.runbook.file})`],
    ['Environment', `${plan.environment.id}${plan.environment.production ? ', production' : ''}`],
    ['Begun', state.createdAt],
    ...(state.closedAt === undefined ? [] : [['Closed', state.closedAt]]),
    ...approvals.map(({ at, by, how, why }) => [
      'Approved',
      `${at} by ${by}${how === 'flag' ? ', beforehand on the command line' : ''}${why === undefined ? '' : `: ${why}`}`,
    ]),
    ['Digest of the plan', state.digest],
    ['Version', state.engine],
    ['Head of the journal', verdict.head],
  ];
}

function openings(events: readonly RunEvent[]): readonly (readonly string[])[] {
  return events.flatMap((event) =>
    event.type === 'run_opened'
      ? [[event.at, event.operator, `${event.owner.host}, process ${String(event.owner.pid)}`, String(event.epoch)]]
      : [],
  );
}

function hostRows({ plan, hosts }: RunState): readonly (readonly string[])[] {
  return Object.values(plan.hosts).map(({ name, address, user }) => {
    const seen = hosts[name];
    const excluded = seen?.excluded === undefined ? '' : `left out by ${seen.excluded.by}: ${seen.excluded.why}`;
    return [name, address, seen?.user ?? user ?? '', seen?.fingerprint ?? '', excluded];
  });
}

/** Every step of the plan; remedies and undoing only where they were tried. */
function stepRows(state: RunState): readonly (readonly string[])[] {
  return planSteps(state.plan).flatMap((step) =>
    step.targets.flatMap(({ key }) => {
      const target = state.steps[step.path]?.[key];
      if (target === undefined || (step.section === 'aside' && target.attempts.length === 0)) return [];
      return attemptRows(step.title, step.path, key, target);
    }),
  );
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] {
  return rows.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: title },
        { kind: 'table', head, rows },
      ];
}

function list(title: string, items: readonly string[]): readonly Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: title },
        { kind: 'list', items },
      ];
}
