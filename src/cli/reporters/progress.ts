import { stepsOf, stepTitle } from '../../planner/index.js';
import { showInLine } from '../../events/index.js';
import type { RunEvent, RunState } from '../../events/index.js';
import type { RunHandle } from '../../engine/index.js';
import { paint } from '../io.js';
import type { Io } from '../io.js';
import { duration } from './duration.js';

const MARK = { succeeded: '✓', failed: '✗', cancelled: '–', unknown: '?' } as const;
const STYLE = { succeeded: 'green', failed: 'red', cancelled: 'yellow', unknown: 'yellow' } as const;
const TICK_MS = 200;

/** Follows a run: a line for everything that happens, and on a terminal one line below that is rewritten in place. */
export function reportProgress(handle: RunHandle, io: Io): { pause(): void; resume(): void; end(): void } {
  const status = io.interactive ? new StatusLine(handle, io) : undefined;
  let paused = false;
  const waiting: string[] = [];
  const write = (line: string): void => {
    status?.clear();
    io.out(`${line}\n`);
  };
  handle.onEvent((event, state) => {
    const line = eventLine(event, state, io);
    // Where nobody is asked, a gate is answered at once; only its outcome matters.
    if (line === undefined || (event.type === 'gate_opened' && !io.interactive)) return;
    if (paused) waiting.push(line);
    else write(line);
  });
  const resume = (): void => {
    paused = false;
    for (const line of waiting.splice(0)) write(line);
    status?.resume();
  };
  return {
    pause: () => {
      paused = true;
      status?.pause();
    },
    resume,
    end: () => {
      resume();
      status?.pause();
    },
  };
}

/** One event as a line for people; undefined for those that only matter to machines. */
export function eventLine(event: RunEvent, state: RunState, io: Pick<Io, 'color'>): string | undefined {
  switch (event.type) {
    case 'run_created':
    case 'run_opened':
    case 'fact_forgotten':
    case 'attempt_intended':
    case 'gate_closed':
    case 'reopened':
    case 'group_decided':
      return undefined;
    case 'run_approved':
      return `Approved by ${event.by}.`;
    case 'host_seen':
      return paint(io, 'dim', `  ${event.host}  ${event.user ?? ''}  ${event.fingerprint ?? ''}`);
    case 'fact_known':
      return paint(
        io,
        'dim',
        `  ${event.fact}${event.host === undefined ? '' : ` of ${event.host}`} is ${showInLine(String(event.value))}`,
      );
    case 'skipped':
      return paint(io, 'dim', `· ${place(event, state)}  skipped: ${event.text}`);
    case 'attempt_progress':
      return paint(io, 'dim', `  ${place(event, state)}  ${event.text}`);
    case 'attempt_ended':
      return `${paint(io, STYLE[event.outcome], MARK[event.outcome])} ${place(event, state)}${event.outcome === 'succeeded' ? '' : `  ${event.failure?.message ?? event.why ?? event.outcome}`}  ${paint(io, 'dim', duration(event.durationMs))}`;
    case 'undone':
      return `${paint(io, 'yellow', '↶')} ${place(event, state)}  taken back`;
    case 'gate_opened':
      return event.gate.kind === 'failure' || event.gate.kind === 'confirm'
        ? undefined
        : `${paint(io, 'yellow', '!')} ${nameOf(event.gate, state)}  waits for an answer`;
    case 'host_excluded':
      return `${paint(io, 'yellow', '!')} ${event.host} is left out: ${event.why}`;
    case 'invariant_checked':
      return `${paint(io, event.verdict === 'holds' ? 'green' : 'red', event.verdict === 'holds' ? '✓' : '✗')} ${showInLine(state.plan.invariants[event.index]?.title ?? 'Invariant')}  ${event.text}`;
    case 'remark':
      return `${paint(io, event.severity === 'warning' ? 'yellow' : 'blue', event.severity)}: ${event.text}`;
    case 'run_closed':
      return undefined;
  }
}

function nameOf(gate: Extract<RunEvent, { type: 'gate_opened' }>['gate'], state: RunState): string {
  if ('step' in gate) return place(gate, state);
  return gate.kind === 'value' ? gate.fact : 'The beginning of the steps';
}

function place(at: { readonly step: string; readonly target: string }, state: RunState): string {
  const title = showInLine(stepTitle(state.plan, at.step));
  return at.target === '-' ? title : `${title} (${at.target})`;
}

/** The end of a run for a person: what happened, what is left, what comes next. */
export function summary(state: RunState, io: Pick<Io, 'color'>): string {
  const counts = new Map<string, number>();
  const left: string[] = [];
  for (const step of stepsOf(state.plan.steps)) {
    for (const [target, { status }] of Object.entries(state.steps[step.path] ?? {})) {
      counts.set(status, (counts.get(status) ?? 0) + 1);
      if (status === 'failed' || status === 'unknown' || status === 'cancelled')
        left.push(`  ${status}: ${showInLine(step.title)}${target === '-' ? '' : ` (${target})`}`);
    }
  }
  const order = ['succeeded', 'skipped', 'failed', 'unknown', 'cancelled', 'pending', 'running', 'waiting'];
  const numbers = order
    .filter((status) => counts.has(status))
    .map((status) => `${String(counts.get(status))} ${status}`)
    .join(', ');
  const style = state.status === 'succeeded' ? 'green' : state.status === 'failed' ? 'red' : 'yellow';
  const took = state.closedAt === undefined ? '' : ` in ${duration(Date.parse(state.closedAt) - Date.parse(state.createdAt))}`;
  return [
    '',
    `${paint(io, style, `Run ${state.run} ${state.status}`)}${took}. ${state.closing ?? ''}`,
    numbers,
    ...left,
    ...(state.next.length === 0 ? [] : ['Next:', ...state.next.map((next) => `  ${next}`)]),
    ...(state.status === 'succeeded' ? [] : [`Go on with: runbook resume ${state.run}`]),
    '',
  ].join('\n');
}

/** One line that is rewritten in place while nothing else is written. */
class StatusLine {
  readonly #handle: RunHandle;
  readonly #io: Io;
  #timer: NodeJS.Timeout | undefined;
  #shown = false;

  constructor(handle: RunHandle, io: Io) {
    this.#handle = handle;
    this.#io = io;
    this.resume();
  }

  resume(): void {
    this.#timer ??= setInterval(() => {
      this.#draw();
    }, TICK_MS);
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.clear();
  }

  clear(): void {
    if (this.#shown) this.#io.out('\r\u001b[2K');
    this.#shown = false;
  }

  #draw(): void {
    const { state } = this.#handle;
    let done = 0;
    let all = 0;
    const now: string[] = [];
    for (const step of stepsOf(state.plan.steps)) {
      for (const [target, { status }] of Object.entries(state.steps[step.path] ?? {})) {
        all += 1;
        if (status === 'succeeded' || status === 'skipped') done += 1;
        if (status === 'running') now.push(target === '-' ? showInLine(step.title) : `${showInLine(step.title)} (${target})`);
      }
    }
    const text = `${String(done)}/${String(all)}  ${now.slice(0, 2).join(', ')}${now.length > 2 ? ` and ${String(now.length - 2)} more` : ''}`;
    this.clear();
    this.#io.out(text.slice(0, (this.#io.columns() || 80) - 1));
    this.#shown = true;
  }
}
