import { stepsOf, windowState } from '../../planner/index.js';
import type { PlanNode, PlanStep, Target } from '../../planner/index.js';
import { sleepUnless } from './attemptContext.js';
import { RunEnd } from '../runEnd.js';
import { stoppedBy } from './session.js';
import type { Session } from './session.js';
import { targetStates } from './targetState.js';

/** How often an environment's windows are looked at while the run waits: the machine may have slept. */
const LOOK_MS = 15_000;
/** So often prerequisites are done again without a wait in between, before they are found to take longer than they count. */
const MOST_ROUNDS = 3;

/** Between prerequisites and steps: what was done still counts, and it is time. */
export class Beginning {
  readonly #session: Session;
  /** A person has begun outside of a window. */
  #agreed = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Does the prerequisites, and returns when the steps may begin: inside a window that is long enough, and with prerequisites that are
   * not older than they count for. Throws RunEnd when a person stops there.
   */
  async prepare(
    prerequisites: readonly PlanNode[],
    steps: readonly PlanNode[],
    perform: (nodes: readonly PlanNode[]) => Promise<void>,
  ): Promise<void> {
    await perform(prerequisites);
    if (steps.length === 0) return;
    if (this.#haveActed(steps)) {
      this.#remarkOnWindow(steps);
      return;
    }
    for (let round = 1; ; round++) {
      if (await this.#awaitWindow(steps)) round = 1;
      const [first, ...more] = this.#expired(prerequisites);
      if (first === undefined) return;
      if (round > MOST_ROUNDS)
        throw new RunEnd(
          'failed',
          `"${first.step.title}" counts for a shorter time than the prerequisites take; give it a longer "valid_for".`,
        );
      for (const { step, target, why } of [first, ...more]) {
        this.#session.emit({ type: 'reopened', step: step.path, target: target.key, why });
        this.#session.emit({ type: 'remark', severity: 'info', step: step.path, text: `${step.title}: ${why}` });
      }
      await perform(prerequisites);
    }
  }

  #haveActed(steps: readonly PlanNode[]): boolean {
    const { state } = this.#session;
    return [...stepsOf(steps)].some((step) =>
      Object.values(targetStates(state, step.path)).some(({ status, attempts }) => status === 'succeeded' || attempts.length > 0),
    );
  }

  /** Prerequisites that were done, or found done, longer ago than they count for. */
  #expired(prerequisites: readonly PlanNode[]): readonly { step: PlanStep; target: Target; why: string }[] {
    const { state } = this.#session;
    return [...stepsOf(prerequisites)].flatMap((step) => {
      const { validForMs } = step;
      if (validForMs === undefined) return [];
      return step.targets.flatMap((target) => {
        const seen = state.steps[step.path]?.[target.key];
        const at =
          seen?.status === 'succeeded'
            ? seen.attempts.at(-1)?.ended?.at
            : seen?.skipped?.reason === 'already_so'
              ? seen.skipped.at
              : undefined;
        if (at === undefined || Date.now() - Date.parse(at) <= validForMs) return [];
        return [{ step, target, why: `It was done at ${at}, and no longer counts; it is done again.` }];
      });
    });
  }

  /** Waits until the steps fit into a window. True when it has waited. */
  async #awaitWindow(steps: readonly PlanNode[]): Promise<boolean> {
    const { environment } = this.#session.state.plan;
    const look = (): ReturnType<typeof windowState> => windowState(environment, Date.now(), this.#neededMs(steps));
    const seen = look();
    if (seen.fits || this.#agreed) return false;
    const gate = this.#session.openGate({
      kind: 'window',
      text: `The steps may not begin on ${environment.title} now: ${seen.because}.`,
      ...(seen.opensAt === undefined ? {} : { opensAt: new Date(seen.opensAt).toISOString() }),
    });
    const answered = gate.answered.then((given) => {
      ended.abort();
      return given;
    });
    const ended = new AbortController();
    answered.catch(() => {
      ended.abort();
    });
    while (!ended.signal.aborted) {
      const now = look();
      if (now.fits) {
        gate.withdraw(`It is time: ${now.because}.`);
        return true;
      }
      await sleepUnless(ended.signal, Math.min(LOOK_MS, Math.max(1, (now.opensAt ?? Infinity) - Date.now())));
    }
    const given = await answered;
    if (given.answer.kind !== 'begin') throw stoppedBy('window', given);
    this.#agreed = true;
    this.#session.emit({ type: 'remark', severity: 'warning', text: `${given.by} began although ${seen.because}: ${given.answer.why}` });
    return false;
  }

  #remarkOnWindow(steps: readonly PlanNode[]): void {
    const { environment } = this.#session.state.plan;
    const seen = windowState(environment, Date.now(), this.#neededMs(steps));
    if (!seen.fits)
      this.#session.emit({ type: 'remark', severity: 'warning', text: `The steps have begun and are gone on with, but ${seen.because}.` });
  }

  /** What is left to be done, by its estimates. */
  #neededMs(steps: readonly PlanNode[]): number {
    const { state } = this.#session;
    let sum = 0;
    for (const step of stepsOf(steps)) {
      const open = Object.values(targetStates(state, step.path)).filter(
        ({ status }) => status !== 'succeeded' && status !== 'skipped',
      ).length;
      sum += (step.estimateMs ?? 0) * Math.ceil(open / Math.max(1, step.parallel));
    }
    return sum;
  }
}
