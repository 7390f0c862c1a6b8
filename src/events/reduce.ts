import { planStep, planSteps, upgradePlan } from '../planner/index.js';
import type { RunEvent } from './runEvent.js';
import { decisionKey, factKey } from './runState.js';
import type { AttemptState, RunState, RunStatus, TargetState } from './runState.js';

const PENDING: TargetState = { status: 'pending', attempts: [], values: {}, undone: false };

/**
 * The state after an event. Pure; the only place where a run's state is made, for live views, for resume and for tests.
 * The first event must be `run_created`; events of steps the plan does not have are ignored.
 */
export function reduce(state: RunState | undefined, event: RunEvent): RunState {
  return stateAfter(state, event, (steps, path, step) => ({ ...steps, [path]: step }));
}

/**
 * Takes a whole journal in: ends with the same state as {@link reduce} after each event, but does not copy all steps for each of them, so that
 * it takes time in proportion to the events.
 */
export class Fold {
  #state: RunState | undefined;
  /** The steps that nobody but this has seen, and that may therefore be changed in place. */
  #own: RunState['steps'] | undefined;

  constructor(before?: RunState) {
    this.#state = before;
  }

  /** Throws as {@link reduce} does; the state is then what it was. */
  add(event: RunEvent): void {
    this.#state = stateAfter(this.#state, event, (steps, path, step) => {
      const own: Record<string, RunState['steps'][string]> = steps === this.#own ? steps : { ...steps };
      own[path] = step;
      this.#own = own;
      return own;
    });
  }

  /** What the events so far lead to. Later ones do not change what was given out. */
  get state(): RunState | undefined {
    this.#own = undefined;
    return this.#state;
  }
}

/** Gives the steps with one of them exchanged. */
type WithStep = (steps: RunState['steps'], path: string, step: RunState['steps'][string]) => RunState['steps'];

function stateAfter(state: RunState | undefined, event: RunEvent, withStep: WithStep): RunState {
  if (event.type === 'run_created') return created(event);
  if (state === undefined) throw new Error(`internal error: ${event.type} before run_created`);
  return { ...apply(state, event, withStep), lastSeq: event.seq };
}

function created(event: RunEvent & { type: 'run_created' }): RunState {
  const steps: Record<string, Record<string, TargetState>> = {};
  const plan = upgradePlan(event.plan);
  for (const step of planSteps(plan)) steps[step.path] = Object.fromEntries(step.targets.map((target) => [target.key, PENDING]));
  return {
    run: event.run,
    plan,
    digest: event.digest,
    operator: event.operator,
    engine: event.engine,
    base: event.base,
    ...(event.documents === undefined ? {} : { documents: event.documents }),
    createdAt: event.at,
    next: [],
    status: 'created',
    approved: false,
    epoch: 0,
    lastSeq: event.seq,
    ...(event.only === undefined ? {} : { only: event.only }),
    ...(event.from === undefined ? {} : { from: event.from }),
    steps,
    gates: [],
    closedGates: [],
    hosts: {},
    facts: {},
    probed: [],
    decisions: {},
    ledger: [],
    invariants: [],
    remarks: [],
  };
}

function apply(state: RunState, event: Exclude<RunEvent, { type: 'run_created' }>, withStep: WithStep): RunState {
  switch (event.type) {
    case 'run_opened':
      return opened(state, event);
    case 'run_approved':
      return { ...state, approved: true };
    case 'host_seen':
      return withHost(state, event.host, {
        ...(event.fingerprint === undefined ? {} : { fingerprint: event.fingerprint }),
        // The first one counts: it tells whether the host has booted since the run began, however often the run is resumed.
        ...(event.bootId === undefined ? {} : { bootId: state.hosts[event.host]?.bootId ?? event.bootId }),
        ...(event.user === undefined ? {} : { user: event.user }),
      });
    case 'fact_known':
      return factKnown(state, event);
    case 'fact_forgotten':
      return {
        ...state,
        facts: Object.fromEntries(Object.entries(state.facts).filter(([key]) => !event.keys.includes(key))),
        probed: state.probed.filter((key) => !event.keys.includes(key)),
      };
    case 'skipped':
      return withTarget(state, event, withStep, (target) => ({
        ...target,
        status: 'skipped',
        skipped: { reason: event.reason, text: event.text, at: event.at, ...(event.by === undefined ? {} : { by: event.by }) },
      }));
    case 'attempt_intended':
      return withTarget(state, event, withStep, (target) => ({
        ...withoutSkip(target),
        status: 'running',
        attempts: [
          ...target.attempts,
          {
            number: event.attempt,
            id: event.id,
            atHost: event.at_host,
            startedAt: event.at,
            ...(event.method === undefined ? {} : { method: event.method }),
            ...(event.bootId === undefined ? {} : { bootId: event.bootId }),
          },
        ],
      }));
    case 'attempt_progress':
      return withTarget(state, event, withStep, (target) => ({
        ...target,
        attempts: withLast(target.attempts, (attempt) => ({ ...attempt, progress: event.text })),
      }));
    case 'attempt_ended':
      return attemptEnded(state, event, withStep);
    case 'undone':
      return {
        ...withTarget(state, event, withStep, (target) => ({ ...target, undone: true, status: 'pending' })),
        ledger: state.ledger.filter((entry) => entry.step !== event.step || entry.target !== event.target),
      };
    case 'reopened':
      return withTarget(state, event, withStep, (target) => ({ ...withoutSkip(target), status: 'pending' }));
    case 'gate_opened':
      return withStatus({ ...gateTarget(state, event.gate, 'waiting', withStep), gates: [...state.gates, event.gate] });
    case 'gate_closed': {
      const gate = state.gates.find((candidate) => candidate.id === event.gate);
      if (gate === undefined) return state;
      return withStatus({
        ...gateTarget(state, gate, 'running', withStep),
        gates: state.gates.filter((candidate) => candidate !== gate),
        closedGates: [...state.closedGates, { gate, answer: event.answer, by: event.by, at: event.at }],
      });
    }
    case 'group_decided':
      return { ...state, decisions: { ...state.decisions, [decisionKey(event.group, event.host)]: event.holds } };
    case 'host_excluded':
      return withHost(state, event.host, { excluded: { by: event.by, why: event.why } });
    case 'invariant_checked':
      return {
        ...state,
        invariants: [
          ...state.invariants,
          { index: event.index, moment: event.moment, verdict: event.verdict, text: event.text, at: event.at },
        ],
      };
    case 'remark':
      return {
        ...state,
        remarks: [
          ...state.remarks,
          { severity: event.severity, text: event.text, at: event.at, ...(event.step === undefined ? {} : { step: event.step }) },
        ],
      };
    case 'run_closed':
      return { ...state, status: event.outcome, gates: [], closing: event.text, closedAt: event.at, next: event.next };
  }
}

function factKnown(state: RunState, event: RunEvent & { type: 'fact_known' }): RunState {
  const key = factKey(event.scope, event.fact, event.host);
  const others = state.probed.filter((known) => known !== key);
  return { ...state, facts: { ...state.facts, [key]: event.value }, probed: event.from === 'probe' ? [...others, key] : others };
}

/** A run that is opened again has no open gates; what was under way is for the resume to judge. */
function opened(state: RunState, event: RunEvent & { type: 'run_opened' }): RunState {
  const { closedAt: _closedAt, closing: _closing, ...rest } = state;
  return { ...rest, status: 'running', epoch: event.epoch, owner: event.owner, operator: event.operator, gates: [], next: [] };
}

function attemptEnded(state: RunState, event: RunEvent & { type: 'attempt_ended' }, withStep: WithStep): RunState {
  const { type: _type, seq: _seq, at, mono: _mono, step, target: key, attempt: _attempt, values, ...ended } = event;
  const next = withTarget(state, event, withStep, (target) => ({
    ...target,
    status: event.outcome,
    undone: target.undone && event.outcome !== 'succeeded',
    values: { ...target.values, ...values },
    attempts: withLast(target.attempts, (attempt) => ({ ...attempt, ended: { at, ...ended } })),
  }));
  const planned = planStep(state.plan, step);
  const counts = event.outcome === 'succeeded' && planned !== undefined && planned.effects.length > 0;
  if (!counts) return next;
  return {
    ...next,
    ledger: [...next.ledger.filter((entry) => entry.step !== step || entry.target !== key), { step, target: key, seq: event.seq }],
  };
}

function withTarget(
  state: RunState,
  place: { step: string; target: string },
  withStep: WithStep,
  change: (target: TargetState) => TargetState,
): RunState {
  const step = state.steps[place.step];
  const target = step?.[place.target];
  if (step === undefined || target === undefined) return state;
  return { ...state, steps: withStep(state.steps, place.step, { ...step, [place.target]: change(target) }) };
}

function withLast(attempts: readonly AttemptState[], change: (attempt: AttemptState) => AttemptState): readonly AttemptState[] {
  const last = attempts.at(-1);
  return last === undefined ? attempts : [...attempts.slice(0, -1), change(last)];
}

function withoutSkip(target: TargetState): TargetState {
  const { skipped: _skipped, ...rest } = target;
  return rest;
}

function withHost(state: RunState, host: string, change: Partial<RunState['hosts'][string]>): RunState {
  return { ...state, hosts: { ...state.hosts, [host]: { ...state.hosts[host], ...change } } };
}

/** A gate of a step shows in the step: it waits for a person. */
function gateTarget(state: RunState, gate: RunState['gates'][number], status: 'waiting' | 'running', withStep: WithStep): RunState {
  if (!('step' in gate) || gate.kind === 'failure' || gate.kind === 'unknown' || gate.kind === 'doubt') return state;
  return withTarget(state, gate, withStep, (target) =>
    target.status === 'running' || target.status === 'waiting' ? { ...target, status } : target,
  );
}

function withStatus(state: RunState): RunState {
  const ended: readonly RunStatus[] = ['succeeded', 'failed', 'stopped', 'halted'];
  if (ended.includes(state.status)) return state;
  return { ...state, status: state.gates.length > 0 ? 'waiting' : 'running' };
}
