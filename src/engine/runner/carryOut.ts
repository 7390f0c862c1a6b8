import { ExpressionError, UnknownValue } from '../../language/index.js';
import type { Probe } from '../../language/index.js';
import { decisionKey } from '../../events/index.js';
import type { Condition, ExpressionPlace, PlanScope, PlanStep, Target } from '../../planner/index.js';
import { hostOf, sleepUnless } from './attemptContext.js';
import type { Attempts } from './attempts.js';
import { leftOut, skip } from './choices.js';
import type { Choices } from './choices.js';
import { newLook } from './facts.js';
import type { Probing } from './probing.js';
import { RunEnd } from '../runEnd.js';
import type { Session } from './session.js';
import { targetState } from './targetState.js';

/** Whether a condition holds. `by`: the person who decided it where nobody could tell, with the reason. */
interface Decided {
  readonly holds: boolean;
  readonly by?: string;
  readonly why?: string;
}

/** The way a step is done, where it has several. */
type ChosenMethod = { readonly name: string | undefined } | 'skipped';

/** Carries one step out for one target, from its conditions to the operator's last choice. */
export class CarryOut {
  readonly #session: Session;
  readonly #probing: Probing;
  readonly #attempts: Attempts;
  readonly #choices: Choices;
  /** Decisions on groups that are being made, so that several targets do not ask the same person the same thing. */
  readonly #deciding = new Map<string, Promise<Decided>>();

  constructor(session: Session, probing: Probing, attempts: Attempts, choices: Choices) {
    this.#session = session;
    this.#probing = probing;
    this.#attempts = attempts;
    this.#choices = choices;
  }

  /** Returns when the target has succeeded or is skipped. Throws RunEnd when the run ends here. */
  async run(step: PlanStep, planned: Target): Promise<void> {
    if (this.#settled(step, planned)) return;
    this.#unlessStopped();
    const target = this.#stillTakingPart(planned);
    if (this.#status(step, target) === 'unknown' && (await this.#choices.decideUnknown(step, target)) === 'done') return;
    if (await this.#skippedBefore(step, target)) return;
    let automatic = step.retry.times;
    // Nobody is asked before what may be repeated is repeated; but not without end.
    let unasked = Math.max(1, step.retry.times);
    let method: ChosenMethod | undefined;
    for (;;) {
      this.#unlessStopped();
      method ??= await this.#chosenMethod(step, target);
      if (method === 'skipped') return;
      const failure = await this.#attempts.perform(step, target, method.name);
      if (failure === undefined) return;
      this.#unlessStopped();
      const decided = this.#status(step, target) === 'unknown' ? await this.#choices.decideUnknown(step, target) : undefined;
      if (decided === 'done') return;
      if (decided === 'again' && unasked > 0) {
        unasked -= 1;
      } else if (decided === undefined && automatic > 0) {
        automatic -= 1;
        await sleepUnless(this.#session.leaving.signal, step.retry.everyMs);
      } else {
        if (decided !== 'chosen' && (await this.#choices.afterFailure(step, target, failure))) return;
        method = undefined;
      }
    }
  }

  #unlessStopped(): void {
    const { stopping, lettingGo } = this.#session;
    if (stopping.signal.aborted) throw this.#session.stopped();
    if (lettingGo !== undefined) throw new RunEnd('stopped', lettingGo);
  }

  /** A step for several hosts at once is about those that still take part, and is performed on one of them. */
  #stillTakingPart(target: Target): Target {
    if (target.about.length < 2) return target;
    const { hosts } = this.#session.state;
    const about = target.about.filter((host) => hosts[host]?.excluded === undefined);
    const [first] = about;
    if (first === undefined) return target;
    return { ...target, about, at: target.about.includes(target.at) && !about.includes(target.at) ? first : target.at };
  }

  #status(step: PlanStep, target: Target): string {
    return targetState(this.#session.state, step.path, target.key).status;
  }

  #settled(step: PlanStep, target: Target): boolean {
    const status = this.#status(step, target);
    return status === 'succeeded' || status === 'skipped';
  }

  /** A group is decided once for each host, and journalled: what its first steps change must not leave out its last ones. */
  async #holds(condition: Condition, step: PlanStep, target: Target): Promise<Decided> {
    const { plan, decisions } = this.#session.state;
    const scope = plan.scopes[condition.scope] as PlanScope;
    const host = condition.hostRoles.length > 0 ? hostOf(target) : undefined;
    const place = { scope, hosts: plan.hosts, hostRoles: condition.hostRoles, host };
    const { group } = condition;
    if (group === undefined) return this.#evaluated(condition, place, step, target);
    const key = decisionKey(group, host);
    const decided = decisions[key];
    if (decided !== undefined) return { holds: decided };
    let deciding = this.#deciding.get(key);
    if (deciding === undefined) {
      deciding = this.#decideGroup(group, condition, place, step, target).finally(() => this.#deciding.delete(key));
      this.#deciding.set(key, deciding);
    }
    return deciding;
  }

  async #decideGroup(group: string, condition: Condition, place: ExpressionPlace, step: PlanStep, target: Target): Promise<Decided> {
    const decided = await this.#evaluated(condition, place, step, target);
    this.#session.emit({
      type: 'group_decided',
      group,
      ...(place.host === undefined ? {} : { host: place.host }),
      cel: condition.cel,
      holds: decided.holds,
      ...(decided.by === undefined ? {} : { by: decided.by }),
    });
    return decided;
  }

  /** Unknown is not false: what cannot be decided is asked. */
  async #evaluated(condition: Condition, place: ExpressionPlace, step: PlanStep, target: Target): Promise<Decided> {
    for (;;) {
      const look = newLook('known', true, this.#session.stopping.signal);
      try {
        return { holds: (await this.#probing.facts.evaluate(condition.cel, place, step.path, look)) === true };
      } catch (error) {
        if (!(error instanceof UnknownValue) && !(error instanceof ExpressionError)) throw error;
        const text = `Whether "${step.title}" is needed cannot be decided: ${error.message} (${condition.cel}).`;
        const answered = await this.#inDoubt(step, target, text);
        if (answered !== undefined) return answered;
      }
    }
  }

  /** Has a person decide whether a step is done. Undefined when it is to be looked at once more. */
  async #inDoubt(step: PlanStep, target: Target, text: string): Promise<Decided | undefined> {
    this.#unlessStopped();
    const { answer, by } = await this.#session.ask({ kind: 'doubt', step: step.path, target: target.key, text, optional: step.optional });
    if (answer.kind !== 'perform' && answer.kind !== 'skip') return undefined;
    return { holds: answer.kind === 'perform', by, why: answer.why };
  }

  async #skippedBefore(step: PlanStep, target: Target): Promise<boolean> {
    const { hosts } = this.#session.state;
    if (target.about.length > 0 && target.about.every((host) => hosts[host]?.excluded !== undefined))
      return skip(this.#session, step, target, 'host_excluded', `${target.about.join(', ')}: taken out of the run.`);
    for (const condition of step.conditions) {
      const { holds, by, why } = await this.#holds(condition, step, target);
      if (holds) continue;
      if (by !== undefined) return skip(this.#session, step, target, 'operator', leftOut(why), by);
      return skip(this.#session, step, target, 'condition', `Not needed here: ${condition.cel}`);
    }
    return step.spec.unless !== undefined && (await this.#alreadySo(step.spec.unless, step, target));
  }

  async #alreadySo(unless: Probe, step: PlanStep, target: Target): Promise<boolean> {
    for (;;) {
      const verdict = await this.#probing.ask(unless, step, target, newLook('fresh', false, this.#session.stopping.signal));
      if (verdict.verdict === 'holds') return skip(this.#session, step, target, 'already_so', `Already so: ${verdict.text}`);
      if (verdict.verdict === 'does_not_hold') return false;
      const decided = await this.#inDoubt(step, target, `Could not tell whether "${step.title}" is done already: ${verdict.text}.`);
      if (decided !== undefined) return !decided.holds && skip(this.#session, step, target, 'operator', leftOut(decided.why), decided.by);
    }
  }

  async #chosenMethod(step: PlanStep, target: Target): Promise<ChosenMethod> {
    if (step.action !== 'methods') return { name: undefined };
    const methods = Object.entries(step.methods).map(([name, method]) => ({
      name,
      title: method.title === step.title ? name.replaceAll('_', ' ') : method.title,
      needsPerson: method.action === 'manual',
    }));
    const { answer, by } = await this.#session.ask({
      kind: 'method',
      step: step.path,
      target: target.key,
      methods,
      optional: step.optional,
    });
    if (answer.kind === 'skip') {
      skip(this.#session, step, target, 'operator', leftOut(answer.why), by);
      return 'skipped';
    }
    return { name: answer.kind === 'method' ? answer.name : undefined };
  }
}
