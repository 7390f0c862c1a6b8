import type { RunState, TargetState, TargetStatus } from '../events/index.js';

export type PlanNode = RunState['plan']['steps'][number];
export type PlanStep = Extract<PlanNode, { kind: 'step' }>;
export type PlanGroup = Extract<PlanNode, { kind: 'group' }>;

/** How several targets or steps stand together. `partly`: some are done and some are still to come. */
export type Standing = TargetStatus | 'partly';

/** How far a run has come. */
export interface Progress {
  /** Steps that need nothing more: succeeded or skipped for every target. */
  readonly done: number;
  readonly total: number;
  /** Steps under way or waiting for a person, in the order of the plan. */
  readonly current: readonly PlanStep[];
  /** What the steps still to come are expected to take; undefined when none of them says. */
  readonly remainingMs: number | undefined;
}

const OVER: ReadonlySet<RunState['status']> = new Set(['succeeded', 'failed', 'stopped', 'halted']);

/** Nothing more happens in this run unless it is resumed. */
export function isOver(state: RunState): boolean {
  return OVER.has(state.status);
}

/** The steps under nodes of a plan, in its order; remedies, undoings and the ways of `methods` are not among them. */
export function stepsIn(nodes: readonly PlanNode[]): readonly PlanStep[] {
  return nodes.flatMap((node) => (node.kind === 'step' ? [node] : stepsIn(node.children)));
}

/** The step or group with this path, asides included. */
export function stepAt(state: RunState, path: string): PlanStep | undefined {
  const all = stepsIn(state.plan.steps);
  const asides = all.flatMap((step) => stepsIn([...step.undo, ...step.remedies.flat()]));
  return all.find((step) => step.path === path) ?? asides.find((step) => step.path === path);
}

/** Titles from the phase down to the step. */
export function titlesOf(state: RunState, path: string): readonly string[] {
  const walk = (nodes: readonly PlanNode[]): readonly string[] | undefined => {
    for (const node of nodes) {
      if (node.path === path) return [node.title];
      const below = node.kind === 'group' ? walk(node.children) : undefined;
      if (below !== undefined) return [node.title, ...below];
    }
    return undefined;
  };
  return walk(state.plan.steps) ?? [stepAt(state, path)?.title ?? path];
}

/** The question a gate begins with, and what it says after that. */
export function splitQuestion(text: string): { readonly question: string; readonly rest: string } {
  const end = text.search(/\?\s/) + 1;
  return end === 0 ? { question: text, rest: '' } : { question: text.slice(0, end), rest: text.slice(end).trim() };
}

/** The hosts of a step as words after its title: ` (a, b)`; empty for a step without hosts. */
export function placesOf(step: PlanStep): string {
  const keys = step.targets.map(({ key }) => key).filter((key) => key !== '-');
  return keys.length === 0 ? '' : ` (${keys.join(', ')})`;
}

/** Where a step stands for each of its targets, by target key. */
export function targetsOf(state: RunState, step: PlanStep): Readonly<Record<string, TargetState>> {
  return state.steps[step.path] ?? {};
}

/** One word for many: trouble first, then what is under way, then what is done. */
export function standingOf(statuses: readonly TargetStatus[]): Standing {
  for (const loud of ['failed', 'unknown', 'waiting', 'running', 'cancelled'] as const) if (statuses.includes(loud)) return loud;
  if (statuses.length === 0 || statuses.every((status) => status === 'pending')) return 'pending';
  if (statuses.includes('pending')) return 'partly';
  return statuses.includes('succeeded') ? 'succeeded' : 'skipped';
}

/** Where a step or a whole group stands; with a host, as far as it is about that host or performed there. */
export function standingOfNode(
  state: RunState,
  node: PlanNode,
  host?: string,
): { readonly standing: Standing; readonly done: number; readonly total: number } {
  const statuses = stepsIn([node]).flatMap((step) =>
    step.targets
      .filter((target) => host === undefined || columnsOf(target).includes(host))
      .map((target) => state.steps[step.path]?.[target.key]?.status ?? 'pending'),
  );
  return { standing: standingOf(statuses), done: statuses.filter(isDone).length, total: statuses.length };
}

/** The hosts a target shows under: those it is about, else where it is performed. */
function columnsOf(target: PlanStep['targets'][number]): readonly string[] {
  return target.about.length > 0 ? target.about : [target.at];
}

/** How far the run has come, counting the steps it was started for. */
export function progressOf(state: RunState): Progress {
  const steps = startedFor(state);
  let done = 0;
  let remaining: number | undefined;
  const current: PlanStep[] = [];
  for (const step of steps) {
    const statuses = Object.values(targetsOf(state, step)).map((target) => target.status);
    const open = statuses.filter((status) => !isDone(status)).length;
    if (open === 0 && statuses.length > 0) done += 1;
    else if (step.estimateMs !== undefined) remaining = (remaining ?? 0) + step.estimateMs * Math.ceil(open / Math.max(1, step.parallel));
    if (statuses.includes('running') || statuses.includes('waiting') || isAsked(state, step)) current.push(step);
  }
  return { done, total: steps.length, current, remainingMs: remaining };
}

function startedFor(state: RunState): readonly PlanStep[] {
  const steps = stepsIn(state.plan.steps);
  if (state.only !== undefined) return steps.filter((step) => isUnder(step.path, state.only as string));
  const first = state.from === undefined ? 0 : steps.findIndex((step) => isUnder(step.path, state.from as string));
  return steps.slice(Math.max(0, first));
}

/** A path at or below another; the batches of a serial group are below it. */
function isUnder(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`) || path.startsWith(`${root}@`);
}

function isDone(status: TargetStatus): boolean {
  return status === 'succeeded' || status === 'skipped';
}

function isAsked(state: RunState, step: PlanStep): boolean {
  return state.gates.some((gate) => 'step' in gate && gate.step === step.path);
}
