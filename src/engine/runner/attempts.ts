import { ExpressionError, UnknownValue } from '../../language/index.js';
import type { Probe } from '../../language/index.js';
import type { Failure, OutputRef } from '../../events/index.js';
import { LOCAL } from '../../planner/index.js';
import type { PlanStep, Target } from '../../planner/index.js';
import { actions } from '../steps/actions.js';
import { failed } from '../steps/action.js';
import type { Action, ActionContext, ActionResult } from '../steps/action.js';
import { TransportError } from '../transports/transport.js';
import type { Connection, RunningCommand } from '../transports/transport.js';
import { attemptContext, localHost, MissingSecret } from './attemptContext.js';
import { openAttemptOutput } from './attemptOutput.js';
import { leftOut } from './choices.js';
import type { HostLocks } from './hostLocks.js';
import { bootIdsOfTries } from './earlierTries.js';
import type { Probing } from './probing.js';
import { RunEnd } from '../runEnd.js';
import { secretsOf } from '../secrets/namesIn.js';
import { attemptId } from './session.js';
import type { Session } from './session.js';
import { targetState } from './targetState.js';

type Done = Extract<ActionResult, { kind: 'done' }>;

/** How long a step without `timeout` is verified before it counts as not verified. */
const VERIFY_MS = 60_000;
/** Actions that may be lost from sight: whether one has begun can be told in the boot it was intended in. */
const LOST_FROM_SIGHT: readonly PlanStep['action'][] = ['run', 'service'];

/** Attempts of steps: each is intended in the journal before it acts, and ends there as exactly one outcome. */
export class Attempts {
  readonly #session: Session;
  readonly #probing: Probing;
  readonly #hostLocks: HostLocks;
  /** A connection does not outlive a boot, so it is asked once. */
  readonly #bootIds = new WeakMap<Connection, Promise<string | undefined>>();

  constructor(session: Session, probing: Probing, hostLocks: HostLocks) {
    this.#session = session;
    this.#probing = probing;
    this.#hostLocks = hostLocks;
  }

  /** One attempt. Returns why it did not succeed; undefined when it did, or was left out. */
  async perform(step: PlanStep, planned: Target, method: string | undefined): Promise<Failure | undefined> {
    const acting = method === undefined ? step : (step.methods[method] as PlanStep);
    const target = { ...planned, at: placeOfMethod(step, acting, planned) };
    await this.#hostLocks.before(acting, target.at);
    const number = this.#next(step, target);
    const id = attemptId(step.path, target.key, number);
    const fingerprint = this.#session.state.hosts[target.at]?.fingerprint;
    // Nothing is intended over a connection that a sleep has broken.
    this.#session.clockWatch.look();
    await this.#session.connections.verified();
    const bootId = acting.action === 'reboot' ? await this.#bootId(target) : await this.#bootIdSeen(acting, target);
    this.#session.emit({
      type: 'attempt_intended',
      step: step.path,
      target: target.key,
      attempt: number,
      id,
      at_host: target.at,
      ...(method === undefined ? {} : { method }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(bootId === undefined ? {} : { bootId }),
    });
    const excluded = this.#session.state.hosts[target.at]?.excluded;
    // What it is about still takes part; where it is performed does not.
    if (excluded !== undefined)
      return this.#carry(acting, target, number, id, () => Promise.resolve(notPerformedThere(target, excluded.why)));
    return this.#carry(acting, target, number, id, (context) => actionOf(acting).perform(context));
  }

  /** Does the act, verifies it, and ends the attempt. */
  async #carry(
    step: PlanStep,
    target: Target,
    number: number,
    id: string,
    act: (context: ActionContext) => Promise<ActionResult>,
  ): Promise<Failure | undefined> {
    const session = this.#session;
    const output = openAttemptOutput(session, step, target, number, id);
    const started = performance.now();
    const limit = new AbortController();
    const timer = step.timeoutMs === undefined || step.action === 'manual' ? undefined : setTimeout(() => limit.abort(), step.timeoutMs);
    const signal = AbortSignal.any([session.stopping.signal, limit.signal]);
    const sent = { now: false };
    const commands: RunningCommand[] = [];
    const attempts = targetState(session.state, step.path, target.key).attempts;
    const context = attemptContext({
      session,
      facts: this.#probing.facts,
      probing: this.#probing,
      step,
      target,
      number,
      id,
      bootIdBefore: attempts.at(-1)?.bootId,
      bootIdsOfTries: bootIdsOfTries(step, attempts.slice(0, -1)),
      output,
      signal,
      sent,
      commands,
    });
    let result: ActionResult;
    try {
      result = await act(context).catch((error: unknown) => failureOf(error, signal));
    } catch (ending) {
      clearTimeout(timer);
      this.#endedFromInside(step, target, number, sent.now, ending as RunEnd, Math.round(performance.now() - started), output.close());
      release(commands);
      throw ending;
    }
    if (result.kind === 'done') result = await this.#verify(step, target, context, result, started);
    clearTimeout(timer);
    if (limit.signal.aborted && result.kind === 'failed' && result.failure.reason === 'cancelled') {
      result = {
        kind: 'failed',
        failure: {
          ...result.failure,
          reason: 'timeout',
          message: `It took longer than ${seconds(step.timeoutMs ?? 0)}. ${result.failure.message}`,
        },
      };
    }
    const failure = this.#end(step, target, number, result, Math.round(performance.now() - started), output.close());
    release(commands);
    return failure;
  }

  /** The run ended under the act: a person stopped it at a question of the step. What was sent by then may have had its effect. */
  #endedFromInside(
    step: PlanStep,
    target: Target,
    number: number,
    sent: boolean,
    ending: RunEnd,
    durationMs: number,
    output: OutputRef | undefined,
  ): void {
    const why = ending.message;
    const message = `The run was stopped while it was under way; nobody can know how far it came. ${why}`;
    if (sent) this.forget(step, target);
    this.#session.emit({
      type: 'attempt_ended',
      step: step.path,
      target: target.key,
      attempt: number,
      durationMs,
      ...(sent ? { outcome: 'unknown', failure: { reason: 'cancelled', message } } : { outcome: 'cancelled', why }),
      ...(output === undefined ? {} : { output }),
    });
  }

  #end(
    step: PlanStep,
    target: Target,
    number: number,
    result: ActionResult,
    durationMs: number,
    output: OutputRef | undefined,
  ): Failure | undefined {
    const session = this.#session;
    const common = {
      type: 'attempt_ended' as const,
      step: step.path,
      target: target.key,
      attempt: number,
      durationMs,
      ...(output === undefined ? {} : { output }),
    };
    switch (result.kind) {
      case 'done':
        // Facts go first: should the runner end in between, nobody decides by what the step has changed.
        this.forget(step, target);
        session.emit({
          ...common,
          outcome: 'succeeded',
          ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
          ...(result.values === undefined ? {} : { values: result.values }),
          ...(result.evidence === undefined ? {} : { evidence: result.evidence }),
          ...(result.by === undefined ? {} : { by: result.by }),
        });
        return undefined;
      case 'skipped':
        session.emit({ ...common, outcome: 'cancelled', why: result.why, by: result.by });
        session.emit({
          type: 'skipped',
          step: step.path,
          target: target.key,
          reason: 'operator',
          text: leftOut(result.why),
          by: result.by,
        });
        return undefined;
      case 'failed':
        this.forget(step, target);
        session.emit({
          ...common,
          outcome: result.failure.reason === 'cancelled' ? 'cancelled' : 'failed',
          failure: result.failure,
          ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
        });
        return result.failure;
      case 'unknown':
        this.forget(step, target);
        session.emit({ ...common, outcome: 'unknown', failure: result.failure });
        return result.failure;
    }
  }

  /** Asks `verify` until it holds or the time of the step is over. */
  async #verify(step: PlanStep, target: Target, context: ActionContext, done: Done, started: number): Promise<ActionResult> {
    const probe = step.spec.verify;
    if (probe === undefined) return done;
    return this.#probing.facts.yielding(step.path, target.key, done.values ?? {}, () =>
      this.#untilVerified(step, probe, context, done, started),
    );
  }

  async #untilVerified(step: PlanStep, probe: Probe, context: ActionContext, done: ActionResult, started: number): Promise<ActionResult> {
    const until = started + (step.timeoutMs ?? performance.now() - started + VERIFY_MS);
    let verdict = await context.probe(probe);
    for (;;) {
      if (verdict.verdict === 'holds') {
        context.print('note', `verified: ${verdict.text}\n`);
        return done;
      }
      if (context.stopped()) {
        const message = 'It was done, but the run was stopped before that was verified.';
        return { kind: 'unknown', failure: { reason: 'cancelled', message } };
      }
      context.progress(`Not verified yet: ${verdict.text}`);
      if (context.signal.aborted || performance.now() + step.everyMs > until) {
        return {
          kind: 'failed',
          failure: {
            reason: 'not_verified',
            message: `It was done, but it cannot be verified: ${verdict.text}`,
            ...(verdict.detail === undefined ? {} : { detail: verdict.detail }),
          },
        };
      }
      await context.sleep(Math.min(step.everyMs, 5_000));
      const seen = await context.probe(probe);
      // A look that the time limit cut short saw nothing; what was seen before is the reason.
      if (!context.signal.aborted || seen.verdict === 'holds') verdict = seen;
    }
  }

  /** Records, as an attempt of its own in which nothing was sent, that the step counts as done. */
  judged(step: PlanStep, target: Target, why: string, by: string | undefined): 'done' {
    const number = this.#next(step, target);
    const place = { step: step.path, target: target.key, attempt: number };
    this.#session.emit({
      type: 'attempt_intended',
      ...place,
      id: attemptId(step.path, target.key, number),
      at_host: target.at,
      method: 'judged',
    });
    this.#session.emit({ type: 'attempt_ended', ...place, outcome: 'succeeded', durationMs: 0, why, ...(by === undefined ? {} : { by }) });
    this.forget(step, target);
    return 'done';
  }

  /** Judges an attempt that was under way when its runner ended, and ends it. */
  async recover(step: PlanStep, planned: Target): Promise<void> {
    const session = this.#session;
    const last = session.state.steps[step.path]?.[planned.key]?.attempts.at(-1);
    if (last === undefined || last.ended !== undefined) return;
    const target = { ...planned, at: last.atHost };
    const acting = last.method === undefined ? step : (step.methods[last.method] ?? step);
    const place = { type: 'attempt_ended' as const, step: step.path, target: target.key, attempt: last.number, durationMs: 0 };
    if (last.method === 'judged') {
      const message = 'The runner ended while it was decided that it counts as done.';
      session.emit({ ...place, outcome: 'unknown', failure: { reason: 'not_started', message } });
      return;
    }
    // What it prints must be masked as it would have been then.
    for (const name of secretsOf(acting)) await session.secret(name);
    const output = openAttemptOutput(session, acting, target, last.number, `${last.id}.afterwards`, true);
    const commands: RunningCommand[] = [];
    const context = attemptContext({
      session,
      facts: this.#probing.facts,
      probing: this.#probing,
      step: acting,
      target,
      number: last.number,
      id: last.id,
      bootIdBefore: last.bootId,
      bootIdsOfTries: [],
      output,
      signal: session.stopping.signal,
      sent: { now: true },
      commands,
    });
    const recovery = await actionOf(acting)
      .recover(context)
      .catch((error: unknown) => ({ kind: 'unknown' as const, why: `The host could not be asked: ${(error as Error).message}` }));
    const printed = output.close();
    if (recovery.kind === 'again') session.emit({ ...place, outcome: 'cancelled', why: `The runner ended. ${recovery.why}` });
    else if (recovery.kind === 'unknown')
      session.emit({ ...place, outcome: 'unknown', failure: { reason: 'not_started', message: recovery.why } });
    else {
      const verified =
        recovery.result.kind === 'done' ? await this.#verify(acting, target, context, recovery.result, performance.now()) : recovery.result;
      this.#end(acting, target, last.number, verified, 0, printed);
    }
    release(commands);
  }

  #next(step: PlanStep, target: Target): number {
    return targetState(this.#session.state, step.path, target.key).attempts.length + 1;
  }

  /** Boot id before a reboot, so that whoever goes on with the run can tell whether it happened. */
  async #bootId(target: Target): Promise<string | undefined> {
    const host = this.#session.state.plan.hosts[target.at];
    if (host === undefined) return undefined;
    try {
      return await (await this.#session.connections.to(host, this.#session.stopping.signal)).bootId();
    } catch {
      // The attempt itself will say what is wrong with the connection.
      return undefined;
    }
  }

  /** Boot id of the host as the living connection knows it; nothing is opened for it, but to this machine, where there is nothing to open. */
  async #bootIdSeen(acting: PlanStep, target: Target): Promise<string | undefined> {
    const { plan } = this.#session.state;
    const host = target.at === LOCAL ? localHost() : plan.hosts[target.at];
    const isHere = host?.name === LOCAL || host?.connection === 'local';
    const connection =
      isHere && LOST_FROM_SIGHT.includes(acting.action)
        ? await this.#session.connections.to(host, this.#session.stopping.signal).catch(() => undefined)
        : this.#session.connections.living(target.at);
    if (connection === undefined) return undefined;
    let asked = this.#bootIds.get(connection);
    if (asked === undefined) {
      asked = connection.bootId().catch(() => undefined);
      this.#bootIds.set(connection, asked);
    }
    return asked;
  }

  /** What was known of the hosts is no longer so: the step has changed them, or tried to. */
  forget(step: PlanStep, target: Target): void {
    if (step.effects.length === 0) return;
    this.#probing.facts.forget(target.about, step.effects.includes('upgrade') || step.effects.includes('boot'));
  }
}

/** The end is durable now: nobody asks the hosts again for what was printed. */
function release(commands: readonly RunningCommand[]): void {
  for (const command of commands) command.release?.();
}

function notPerformedThere({ at, about }: Target, why: string): ActionResult {
  const others = about.filter((host) => host !== at).join(', ');
  return failed('operator', `It is performed on ${at}, which was taken out of the run: ${why}`, {
    next: `Do it by hand${others === '' ? '' : ` for ${others}`} and skip it here, or make a new plan without ${at}.`,
  });
}

/** A way may be performed elsewhere than the others. */
function placeOfMethod(step: PlanStep, acting: PlanStep, target: Target): Target['at'] {
  const at = (of: PlanStep): Target['at'] | undefined => of.targets.find(({ key }) => key === target.key)?.at;
  return at(acting) === at(step) ? target.at : (at(acting) ?? target.at);
}

function actionOf(step: PlanStep): Action {
  if (step.action === 'methods') throw new Error('internal error: a way was not chosen');
  return actions[step.action];
}

function failureOf(error: unknown, signal: AbortSignal): ActionResult {
  if (error instanceof RunEnd) throw error;
  if (signal.aborted && error === signal.reason)
    return { kind: 'failed', failure: { reason: 'cancelled', message: 'It was stopped before anything was sent.' } };
  if (error instanceof TransportError)
    return {
      kind: 'failed',
      failure: { reason: error.reason, message: error.message, ...(error.next === undefined ? {} : { next: error.next }) },
    };
  if (error instanceof MissingSecret)
    return { kind: 'failed', failure: { reason: 'secret', message: error.message, next: 'Provide it, then try again.' } };
  if (error instanceof UnknownValue || error instanceof ExpressionError)
    return { kind: 'failed', failure: { reason: 'value', message: `A value of the step cannot be worked out: ${error.message}.` } };
  return {
    kind: 'failed',
    failure: { reason: 'internal', message: `internal error: ${(error as Error).message}`, detail: String((error as Error).stack) },
  };
}

function seconds(ms: number): string {
  return ms >= 120_000 ? `${String(Math.round(ms / 60_000))} minutes` : `${String(Math.round(ms / 1000))} seconds`;
}
