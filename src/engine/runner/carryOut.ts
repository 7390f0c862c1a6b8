import { ExpressionError, UnknownValue } from '../../language/index.js';
import type { Failure, RemedyOffer, SkipReason } from '../../events/index.js';
import type { PlanStep, Target } from '../../planner/index.js';
import { planSteps } from '../../planner/index.js';
import { compileRegex } from '../../language/index.js';
import { actions } from '../steps/actions.js';
import type { ActionContext, ActionResult } from '../steps/action.js';
import { TransportError } from '../transports/transport.js';
import { attemptContext, hostOf, MissingSecret, sleepUnless } from './attemptContext.js';
import { openAttemptOutput } from './attemptOutput.js';
import { newLook } from './facts.js';
import type { Probing } from './probing.js';
import { attemptId, RunEnd } from './session.js';
import type { Session } from './session.js';

/** How long a step without `timeout` is verified before it counts as not verified. */
const VERIFY_MS = 60_000;

/** Runs other nodes of the plan from within a step: its remedies and what undoes it. */
export type RunAside = (nodes: PlanStep['undo']) => Promise<void>;

/** Carries one step out for one target, from its conditions to the operator's last choice. */
export class CarryOut {
  readonly #session: Session;
  readonly #probing: Probing;
  readonly #aside: RunAside;
  /** Stands for the operator's answer to every attempt whose end nobody knows; `ask` opens a gate. */
  readonly #onUnknown: 'ask' | 'stop' | 'rerun' | 'succeeded';

  constructor(session: Session, probing: Probing, aside: RunAside, onUnknown: 'ask' | 'stop' | 'rerun' | 'succeeded') {
    this.#session = session;
    this.#probing = probing;
    this.#aside = aside;
    this.#onUnknown = onUnknown;
  }

  /** Returns when the target has succeeded or is skipped. Throws RunEnd when the run ends here. */
  async run(step: PlanStep, target: Target): Promise<void> {
    if (this.#settled(step, target)) return;
    if (this.#status(step, target) === 'unknown' && (await this.#decideUnknown(step, target))) return;
    if (await this.#skippedBefore(step, target)) return;
    let automatic = step.retry.times;
    for (;;) {
      const failure = await this.#attempt(step, target);
      if (failure === undefined) return;
      if (this.#session.stopping.signal.aborted) throw new RunEnd('stopped', this.#session.stopReason || 'The run was stopped.');
      if (this.#status(step, target) === 'unknown') {
        if (await this.#decideUnknown(step, target)) return;
      } else if (automatic > 0) {
        automatic -= 1;
        await sleepUnless(this.#session.stopping.signal, step.retry.everyMs);
      } else if (await this.#afterFailure(step, target, failure)) {
        return;
      }
    }
  }

  #status(step: PlanStep, target: Target): string {
    return this.#session.state.steps[step.path]?.[target.key]?.status ?? 'pending';
  }

  #settled(step: PlanStep, target: Target): boolean {
    const status = this.#status(step, target);
    return status === 'succeeded' || status === 'skipped';
  }

  async #skippedBefore(step: PlanStep, target: Target): Promise<boolean> {
    const { hosts } = this.#session.state;
    const excluded = target.about.find((host) => hosts[host]?.excluded !== undefined);
    if (excluded !== undefined && target.about.length === 1) return this.#skip(step, target, 'host_excluded', `${excluded} was taken out of the run.`);
    for (const condition of step.conditions) {
      const look = newLook('known', true, this.#session.stopping.signal);
      const { plan } = this.#session.state;
      const scope = plan.scopes[condition.scope];
      if (scope === undefined) continue;
      const place = { scope, hosts: plan.hosts, hostRoles: condition.hostRoles, host: condition.hostRoles.length > 0 ? hostOf(target) : undefined };
      try {
        if ((await this.#probing.facts.evaluate(condition.cel, place, step.path, look)) !== true) return this.#skip(step, target, 'condition', `Not needed here: ${condition.cel}`);
      } catch (error) {
        if (!(error instanceof UnknownValue) && !(error instanceof ExpressionError)) throw error;
        throw new RunEnd('failed', `Whether "${step.title}" is needed cannot be decided: ${error.message} (${condition.cel}).`);
      }
    }
    if (step.spec.unless === undefined) return false;
    const verdict = await this.#probing.ask(step.spec.unless, step, target, newLook('fresh', false, this.#session.stopping.signal));
    return verdict.verdict === 'holds' && this.#skip(step, target, 'already_so', `Already so: ${verdict.text}`);
  }

  #skip(step: PlanStep, target: Target, reason: SkipReason, text: string, by?: string): true {
    this.#session.emit({ type: 'skipped', step: step.path, target: target.key, reason, text, ...(by === undefined ? {} : { by }) });
    return true;
  }

  /** One attempt. Returns why it did not succeed. */
  async #attempt(step: PlanStep, target: Target): Promise<Failure | undefined> {
    const chosen = await this.#chosenMethod(step, target);
    if (chosen === 'skipped') return undefined;
    const acting = chosen === undefined ? step : (step.methods[chosen] ?? step);
    const number = (this.#session.state.steps[step.path]?.[target.key]?.attempts.length ?? 0) + 1;
    const id = attemptId(step.path, target.key, number);
    const fingerprint = this.#session.state.hosts[target.at]?.fingerprint;
    this.#session.emit({
      type: 'attempt_intended',
      step: step.path,
      target: target.key,
      attempt: number,
      id,
      at_host: target.at,
      ...(chosen === undefined ? {} : { method: chosen }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    });
    return this.#carry(acting, target, number, id, (context) => actions[acting.action as Exclude<PlanStep['action'], 'methods'>].perform(context));
  }

  /** Does the act, verifies it, and ends the attempt. */
  async #carry(step: PlanStep, target: Target, number: number, id: string, act: (context: ActionContext) => Promise<ActionResult>): Promise<Failure | undefined> {
    const session = this.#session;
    const output = openAttemptOutput(session, step, target, number);
    const started = performance.now();
    const limit = new AbortController();
    const timer = step.timeoutMs === undefined || step.action === 'manual' ? undefined : setTimeout(() => limit.abort(), step.timeoutMs);
    const signal = AbortSignal.any([session.stopping.signal, limit.signal]);
    const context = attemptContext({ session, facts: this.#probing.facts, probing: this.#probing, step, target, number, id, output, signal });
    let result: ActionResult;
    try {
      result = await act(context).catch((error: unknown) => failureOf(error, signal));
    } catch (ending) {
      clearTimeout(timer);
      const kept = output.close();
      session.emit({ type: 'attempt_ended', step: step.path, target: target.key, attempt: number, outcome: 'cancelled', durationMs: Math.round(performance.now() - started), why: (ending as Error).message, ...(kept === undefined ? {} : { output: kept }) });
      throw ending;
    }
    if (result.kind === 'done') result = await this.#verify(step, context, result, started);
    clearTimeout(timer);
    if (limit.signal.aborted && result.kind === 'failed' && result.failure.reason === 'cancelled') {
      result = { kind: 'failed', failure: { ...result.failure, reason: 'timeout', message: `It took longer than ${seconds(step.timeoutMs ?? 0)}. ${result.failure.message}` } };
    }
    return this.#end(step, target, number, result, Math.round(performance.now() - started), output.close());
  }

  #end(step: PlanStep, target: Target, number: number, result: ActionResult, durationMs: number, output: { file: string; bytes: number; dropped: number } | undefined): Failure | undefined {
    const session = this.#session;
    const common = { type: 'attempt_ended' as const, step: step.path, target: target.key, attempt: number, durationMs, ...(output === undefined ? {} : { output }) };
    switch (result.kind) {
      case 'done':
        session.emit({
          ...common,
          outcome: 'succeeded',
          ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
          ...(result.values === undefined ? {} : { values: result.values }),
          ...(result.evidence === undefined ? {} : { evidence: result.evidence }),
          ...(result.by === undefined ? {} : { by: result.by }),
        });
        if (step.effects.length > 0) this.#probing.facts.forget(target.about, step.effects.includes('upgrade') || step.effects.includes('boot'));
        return undefined;
      case 'skipped':
        session.emit({ ...common, outcome: 'cancelled', why: result.why, by: result.by });
        this.#skip(step, target, 'operator', result.why === '' ? 'Optional, left out.' : result.why, result.by);
        return undefined;
      case 'failed':
        session.emit({
          ...common,
          outcome: result.failure.reason === 'cancelled' ? 'cancelled' : 'failed',
          failure: result.failure,
          ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
        });
        return result.failure;
      case 'unknown':
        session.emit({ ...common, outcome: 'unknown', failure: result.failure });
        return result.failure;
    }
  }

  /** Asks `verify` until it holds or the time of the step is over. */
  async #verify(step: PlanStep, context: ActionContext, done: ActionResult, started: number): Promise<ActionResult> {
    const probe = step.spec.verify;
    if (probe === undefined) return done;
    const until = started + (step.timeoutMs ?? performance.now() - started + VERIFY_MS);
    for (;;) {
      const verdict = await context.probe(probe);
      if (verdict.verdict === 'holds') {
        context.print('note', `verified: ${verdict.text}\n`);
        return done;
      }
      context.progress(`Not verified yet: ${verdict.text}`);
      if (context.signal.aborted || performance.now() + step.everyMs > until) {
        return { kind: 'failed', failure: { reason: 'not_verified', message: `It was done, but it cannot be verified: ${verdict.text}`, ...(verdict.detail === undefined ? {} : { detail: verdict.detail }) } };
      }
      await context.sleep(Math.min(step.everyMs, 5_000));
    }
  }

  async #chosenMethod(step: PlanStep, target: Target): Promise<string | undefined | 'skipped'> {
    if (step.action !== 'methods') return undefined;
    const methods = Object.entries(step.methods).map(([name, method]) => ({ name, title: method.title === step.title ? name.replaceAll('_', ' ') : method.title, needsPerson: method.action === 'manual' }));
    const { answer, by } = await this.#session.ask({ kind: 'method', step: step.path, target: target.key, methods });
    if (answer.kind === 'skip') {
      this.#skip(step, target, 'operator', answer.why, by);
      return 'skipped';
    }
    return answer.kind === 'method' ? answer.name : undefined;
  }

  /** The operator's choice after a failure. True when the target is settled. */
  async #afterFailure(step: PlanStep, target: Target, failure: Failure): Promise<boolean> {
    const session = this.#session;
    const undoable = this.#undoable(step, target);
    const host = hostOf(target);
    const { answer, by } = await session.ask({
      kind: 'failure',
      step: step.path,
      target: target.key,
      failure,
      remedies: remediesFor(step, failure),
      undo: undoable.map((entry) => ({ step: entry.step.path, target: entry.target.key })),
      excludable: host !== undefined && step.targets.length > 1,
      ...(step.escalate === undefined ? {} : { escalate: [step.escalate.title, step.escalate.url, step.escalate.phone, step.escalate.email].filter((part) => part !== undefined).join(', ') }),
    });
    switch (answer.kind) {
      case 'retry':
        return false;
      case 'remedy':
        await this.#aside(atTarget(step.remedies[answer.index] ?? [], target));
        return false;
      case 'skip':
        return this.#skip(step, target, 'operator', answer.why, by);
      case 'exclude':
        session.emit({ type: 'host_excluded', host: host ?? '', by, why: answer.why });
        return this.#skip(step, target, 'host_excluded', answer.why, by);
      case 'undo':
        for (const entry of undoable) {
          await this.#aside(atTarget(entry.step.undo, entry.target));
          session.emit({ type: 'undone', step: entry.step.path, target: entry.target.key, by });
        }
        throw new RunEnd('stopped', `${by} had ${String(undoable.length)} step(s) taken back: ${answer.why}`);
      default:
        throw new Error(`internal error: a failure was answered with ${answer.kind}`);
    }
  }

  /** What can be taken back, last first: this step where it knows how, then the ledger down to what is irreversible. */
  #undoable(step: PlanStep, target: Target): readonly { step: PlanStep; target: Target }[] {
    const { plan, ledger } = this.#session.state;
    const found = step.undo.length > 0 ? [{ step, target }] : [];
    for (const entry of [...ledger].sort((a, b) => b.seq - a.seq)) {
      const done = planSteps(plan).find((candidate) => candidate.path === entry.step);
      const at = done?.targets.find((candidate) => candidate.key === entry.target);
      if (done === undefined || at === undefined || done.section === 'aside') continue;
      if (done.undo.length === 0) {
        if (done.spec.irreversible !== undefined) break;
        continue;
      }
      if (done !== step || at !== target) found.push({ step: done, target: at });
    }
    return found;
  }

  /** Settles an attempt whose end nobody knows. True when it counts as done; false when it is to run again. */
  async #decideUnknown(step: PlanStep, target: Target): Promise<boolean> {
    const session = this.#session;
    const last = session.state.steps[step.path]?.[target.key]?.attempts.at(-1);
    if (step.spec.verify !== undefined) {
      const verdict = await this.#probing.ask(step.spec.verify, step, target, newLook('fresh', false, session.stopping.signal));
      if (verdict.verdict === 'holds') return this.#judged(step, target, `Its check holds: ${verdict.text}`, undefined);
      if (verdict.verdict === 'does_not_hold') return false;
    }
    if (step.retry.safe) return false;
    if (this.#onUnknown === 'rerun') return false;
    if (this.#onUnknown === 'succeeded') return this.#judged(step, target, 'Decided beforehand: what is unknown counts as done.', session.options.operator);
    const why = last?.ended?.failure?.message ?? 'Nobody can know whether it ran to its end.';
    if (this.#onUnknown === 'stop') throw new RunEnd('stopped', `Nobody can know whether "${step.title}" ran on ${target.key}: ${why}`);
    const { answer, by } = await session.ask({ kind: 'unknown', step: step.path, target: target.key, attempt: last?.number ?? 1, text: why });
    return answer.kind === 'succeeded' && this.#judged(step, target, answer.why, by);
  }

  /** Records, as an attempt of its own in which nothing was sent, that the step counts as done. */
  #judged(step: PlanStep, target: Target, why: string, by: string | undefined): true {
    const number = (this.#session.state.steps[step.path]?.[target.key]?.attempts.length ?? 0) + 1;
    const place = { step: step.path, target: target.key, attempt: number };
    this.#session.emit({ type: 'attempt_intended', ...place, id: attemptId(step.path, target.key, number), at_host: target.at, method: 'judged' });
    this.#session.emit({ type: 'attempt_ended', ...place, outcome: 'succeeded', durationMs: 0, why, ...(by === undefined ? {} : { by }) });
    if (step.effects.length > 0) this.#probing.facts.forget(target.about, step.effects.includes('upgrade') || step.effects.includes('boot'));
    return true;
  }

  /** Judges an attempt that was under way when its runner ended, and ends it. */
  async recover(step: PlanStep, target: Target): Promise<void> {
    const session = this.#session;
    const last = session.state.steps[step.path]?.[target.key]?.attempts.at(-1);
    if (last === undefined || last.ended !== undefined) return;
    const acting = last.method === undefined ? step : (step.methods[last.method] ?? step);
    const place = { type: 'attempt_ended' as const, step: step.path, target: target.key, attempt: last.number, durationMs: 0 };
    if (last.method === 'judged') {
      session.emit({ ...place, outcome: 'cancelled', why: 'The runner ended while this was decided.' });
      return;
    }
    const output = openAttemptOutput(session, step, target, last.number, 'judged');
    const context = attemptContext({ session, facts: this.#probing.facts, probing: this.#probing, step: acting, target, number: last.number, id: last.id, output, signal: session.stopping.signal });
    const recovery = await actions[acting.action as Exclude<PlanStep['action'], 'methods'>].recover(context).catch((error: unknown) => ({ kind: 'unknown' as const, why: `The host could not be asked: ${(error as Error).message}` }));
    output.close();
    if (recovery.kind === 'again') session.emit({ ...place, outcome: 'cancelled', why: `The runner ended. ${recovery.why}` });
    else if (recovery.kind === 'unknown') session.emit({ ...place, outcome: 'unknown', failure: { reason: 'not_started', message: recovery.why } });
    else {
      const verified = recovery.result.kind === 'done' ? await this.#verify(acting, context, recovery.result, performance.now()) : recovery.result;
      this.#end(acting, target, last.number, verified, 0, undefined);
    }
  }
}

function remediesFor(step: PlanStep, failure: Failure): readonly RemedyOffer[] {
  const seen = `${failure.message}\n${failure.detail ?? ''}`;
  return (step.onFailure?.remedies ?? []).map((remedy, index) => ({
    index,
    title: remedy.title,
    ...(remedy.cause === undefined ? {} : { cause: remedy.cause }),
    matches: remedy.match !== undefined && compileRegex(remedy.match).test(seen),
    acts: (step.remedies[index] ?? []).length > 0,
  }));
}

/** The same nodes for one target only, where they are about it. */
function atTarget(nodes: PlanStep['undo'], target: Target): PlanStep['undo'] {
  return nodes.map((node) => {
    if (node.kind === 'group') return { ...node, children: atTarget(node.children, target) };
    const targets = node.targets.filter((candidate) => candidate.key === target.key);
    return targets.length === 0 ? node : { ...node, targets };
  });
}

function failureOf(error: unknown, signal: AbortSignal): ActionResult {
  if (error instanceof RunEnd) throw error;
  if (signal.aborted && error === signal.reason) return { kind: 'failed', failure: { reason: 'cancelled', message: 'It was stopped before anything was sent.' } };
  if (error instanceof TransportError) return { kind: 'failed', failure: { reason: error.reason, message: error.message, ...(error.next === undefined ? {} : { next: error.next }) } };
  if (error instanceof MissingSecret) return { kind: 'failed', failure: { reason: 'secret', message: error.message, next: 'Provide it, then try again.' } };
  if (error instanceof UnknownValue || error instanceof ExpressionError) return { kind: 'failed', failure: { reason: 'value', message: `A value of the step cannot be worked out: ${error.message}.` } };
  return { kind: 'failed', failure: { reason: 'internal', message: `internal error: ${(error as Error).message}`, detail: (error as Error).stack ?? '' } };
}

function seconds(ms: number): string {
  return ms >= 120_000 ? `${String(Math.round(ms / 60_000))} minutes` : `${String(Math.round(ms / 1000))} seconds`;
}

