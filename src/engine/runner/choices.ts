import { compileRegex } from '../../language/index.js';
import type { Failure, RemedyOffer, SkipReason } from '../../events/index.js';
import { hostsOfRoles, planSteps, stepsOf } from '../../planner/index.js';
import type { HostName, PlanScope, PlanStep, Target } from '../../planner/index.js';
import type { OnUnknown } from '../engine.js';
import { hostOf } from './attemptContext.js';
import { exclusionEffects } from './exclusion.js';
import type { Attempts } from './attempts.js';
import { newLook } from './facts.js';
import type { Probing } from './probing.js';
import { RunEnd } from '../runEnd.js';
import type { Session } from './session.js';

/** Runs other nodes of the plan from within a step: its remedies and what undoes it. */
export type RunAside = (nodes: PlanStep['undo']) => Promise<void>;

/** What a person chooses when a step has not succeeded, and what follows from it. */
export class Choices {
  readonly #session: Session;
  readonly #probing: Probing;
  readonly #attempts: Attempts;
  readonly #aside: RunAside;
  /** Stands for the operator's answer to every attempt whose end nobody knows; `ask` opens a gate. */
  readonly #onUnknown: OnUnknown;

  constructor(session: Session, probing: Probing, attempts: Attempts, aside: RunAside, onUnknown: OnUnknown) {
    this.#session = session;
    this.#probing = probing;
    this.#attempts = attempts;
    this.#aside = aside;
    this.#onUnknown = onUnknown;
  }

  /** The operator's choice after a failure. True when the target is settled. */
  async afterFailure(step: PlanStep, target: Target, failure: Failure): Promise<boolean> {
    const session = this.#session;
    const undoable = this.#undoable(step, target);
    const host = hostOf(target);
    const excludable = host !== undefined && this.#othersTakePart(step, host);
    const { answer, by } = await session.ask({
      kind: 'failure',
      step: step.path,
      target: target.key,
      failure,
      remedies: remediesFor(step, failure),
      undo: undoable.map((entry) => ({ step: entry.step.path, target: entry.target.key })),
      excludable,
      ...(excludable ? { exclusion: exclusionEffects(session.state, host) } : {}),
      optional: step.optional,
      ...(step.escalate === undefined
        ? {}
        : {
            escalate: [step.escalate.title, step.escalate.url, step.escalate.phone, step.escalate.email]
              .filter((part) => part !== undefined)
              .join(', '),
          }),
    });
    switch (answer.kind) {
      case 'retry':
        return false;
      case 'remedy':
        await this.#aside(atTarget(step.remedies[answer.index] as PlanStep['undo'], target));
        return false;
      case 'skip':
        return skip(session, step, target, 'operator', leftOut(answer.why), by);
      case 'exclude':
        session.emit({ type: 'host_excluded', host: host as HostName, by, why: answer.why });
        return skip(session, step, target, 'host_excluded', answer.why, by);
      case 'undo':
        throw new RunEnd('stopped', `${by} had ${String(await this.#takeBack(undoable, by))} step(s) taken back: ${answer.why}`);
      default:
        throw new Error(`internal error: a failure was answered with ${answer.kind}`);
    }
  }

  /** Takes steps back, one after the other. Returns how many were: one whose undo was skipped, or does not reach its host, still stands. */
  async #takeBack(undoable: readonly { step: PlanStep; target: Target }[], by: string): Promise<number> {
    let count = 0;
    for (const { step, target } of undoable) {
      const nodes = atTarget(step.undo, target);
      await this.#aside(nodes);
      if (!this.#haveSucceeded(nodes)) continue;
      this.#session.emit({ type: 'undone', step: step.path, target: target.key, by });
      this.#attempts.forget(step, target);
      count += 1;
    }
    return count;
  }

  #haveSucceeded(nodes: PlanStep['undo']): boolean {
    const { steps } = this.#session.state;
    return [...stepsOf(nodes)].every((step) => step.targets.every(({ key }) => steps[step.path]?.[key]?.status === 'succeeded'));
  }

  /** Whether the roles of the step keep a host when this one is taken out: in a batch of one the step itself does not show the others. */
  #othersTakePart(step: PlanStep, host: string): boolean {
    const { plan, hosts } = this.#session.state;
    const all = hostsOfRoles(step.hostRoles, (plan.scopes[step.scope] as PlanScope).roles);
    return step.section !== 'aside' && all.some((other) => other !== host && hosts[other]?.excluded === undefined);
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
      if (done !== step || at.key !== target.key) found.push({ step: done, target: at });
    }
    return found;
  }

  /** Settles an attempt whose end nobody knows: it counts as done, is to run again, or a person has chosen to run it again. */
  async decideUnknown(step: PlanStep, target: Target): Promise<'done' | 'again' | 'chosen'> {
    const session = this.#session;
    const last = session.state.steps[step.path]?.[target.key]?.attempts.at(-1);
    const why = last?.ended?.failure?.message;
    if (last === undefined || why === undefined) throw new Error(`internal error: nothing says why ${step.path} is unknown`);
    // A page that answers does not tell which boot it belongs to.
    const isReboot = (last.method === undefined ? step : step.methods[last.method])?.action === 'reboot';
    if (step.spec.verify !== undefined && !isReboot) {
      const verdict = await this.#probing.ask(step.spec.verify, step, target, newLook('fresh', false, session.stopping.signal));
      if (verdict.verdict === 'holds') return this.#attempts.judged(step, target, `Its check holds: ${verdict.text}`, undefined);
      if (verdict.verdict === 'does_not_hold') return 'again';
    }
    if (step.retry.safe) return 'again';
    if (this.#onUnknown === 'rerun') return 'again';
    if (this.#onUnknown === 'succeeded')
      return this.#attempts.judged(step, target, 'Decided beforehand: what is unknown counts as done.', session.options.operator);
    if (this.#onUnknown === 'stop') throw new RunEnd('stopped', `Nobody can know whether "${step.title}" ran on ${target.key}: ${why}`);
    const { answer, by } = await session.ask({
      kind: 'unknown',
      step: step.path,
      target: target.key,
      attempt: last.number,
      text: why,
    });
    return answer.kind === 'succeeded' ? this.#attempts.judged(step, target, answer.why, by) : 'chosen';
  }
}

/** Why an operator left something out; an optional step needs no reason. */
export function leftOut(why: string | undefined): string {
  return why === undefined || why.trim() === '' ? 'Optional, left out.' : why;
}

/** Settles a target without doing it. Always true, so that it can end a decision. */
export function skip(session: Session, step: PlanStep, target: Target, reason: SkipReason, text: string, by?: string): true {
  session.emit({ type: 'skipped', step: step.path, target: target.key, reason, text, ...(by === undefined ? {} : { by }) });
  return true;
}

function remediesFor(step: PlanStep, failure: Failure): readonly RemedyOffer[] {
  const seen = `${failure.message}\n${failure.detail ?? ''}`;
  return (step.onFailure?.remedies ?? []).map((remedy, index) => ({
    index,
    title: remedy.title,
    ...(remedy.cause === undefined ? {} : { cause: remedy.cause }),
    matches: remedy.match !== undefined && compileRegex(remedy.match).test(seen),
    acts: (step.remedies[index] as PlanStep['undo']).length > 0,
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
