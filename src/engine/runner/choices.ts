import { compileRegex } from '../../language/index.js';
import type { Failure, RemedyOffer, SkipReason } from '../../events/index.js';
import { planSteps } from '../../planner/index.js';
import type { PlanStep, Target } from '../../planner/index.js';
import type { OnUnknown } from '../engine.js';
import { hostOf } from './attemptContext.js';
import type { Attempts } from './attempts.js';
import { newLook } from './facts.js';
import type { Probing } from './probing.js';
import { RunEnd } from './session.js';
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
    const { answer, by } = await session.ask({
      kind: 'failure',
      step: step.path,
      target: target.key,
      failure,
      remedies: remediesFor(step, failure),
      undo: undoable.map((entry) => ({ step: entry.step.path, target: entry.target.key })),
      excludable: host !== undefined && step.targets.length > 1,
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
        await this.#aside(atTarget(step.remedies[answer.index] ?? [], target));
        return false;
      case 'skip':
        return skip(session, step, target, 'operator', answer.why, by);
      case 'exclude':
        session.emit({ type: 'host_excluded', host: host ?? '', by, why: answer.why });
        return skip(session, step, target, 'host_excluded', answer.why, by);
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
  async decideUnknown(step: PlanStep, target: Target): Promise<boolean> {
    const session = this.#session;
    const last = session.state.steps[step.path]?.[target.key]?.attempts.at(-1);
    // A page that answers does not tell which boot it belongs to.
    const isReboot = (last?.method === undefined ? step : step.methods[last.method])?.action === 'reboot';
    if (step.spec.verify !== undefined && !isReboot) {
      const verdict = await this.#probing.ask(step.spec.verify, step, target, newLook('fresh', false, session.stopping.signal));
      if (verdict.verdict === 'holds') return this.#attempts.judged(step, target, `Its check holds: ${verdict.text}`, undefined);
      if (verdict.verdict === 'does_not_hold') return false;
    }
    if (step.retry.safe) return false;
    if (this.#onUnknown === 'rerun') return false;
    if (this.#onUnknown === 'succeeded')
      return this.#attempts.judged(step, target, 'Decided beforehand: what is unknown counts as done.', session.options.operator);
    const why = last?.ended?.failure?.message ?? 'Nobody can know whether it ran to its end.';
    if (this.#onUnknown === 'stop') throw new RunEnd('stopped', `Nobody can know whether "${step.title}" ran on ${target.key}: ${why}`);
    const { answer, by } = await session.ask({
      kind: 'unknown',
      step: step.path,
      target: target.key,
      attempt: last?.number ?? 1,
      text: why,
    });
    return answer.kind === 'succeeded' && this.#attempts.judged(step, target, answer.why, by);
  }
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
