import type { TargetState } from '../../events/index.js';
import { planSteps, stepsOf } from '../../planner/index.js';
import type { Moment, PlanGroup, PlanNode, PlanScope, PlanStep, Target } from '../../planner/index.js';
import type { IgnoredHostLocks, OnUnknown } from '../engine.js';
import { sleepUnless } from './attemptContext.js';
import { Attempts } from './attempts.js';
import { Beginning } from './beginning.js';
import { CarryOut } from './carryOut.js';
import { Choices } from './choices.js';
import { newLook } from './facts.js';
import { HostLocks } from './hostLocks.js';
import { openRun } from './opening.js';
import { Probing } from './probing.js';
import { RunEnd } from '../runEnd.js';
import { secretsOf } from '../secrets/namesIn.js';
import type { Session } from './session.js';

const SETTLED: readonly TargetState['status'][] = ['succeeded', 'skipped'];

/** Carries a run out from where it stands to its end: approval, steps in the order of the plan, final steps. */
export class Runner {
  readonly #session: Session;
  readonly #probing: Probing;
  readonly #attempts: Attempts;
  readonly #carryOut: CarryOut;
  readonly #beginning: Beginning;
  readonly #hostLocks: HostLocks;

  constructor(session: Session, onUnknown: OnUnknown, ignoredHostLocks: IgnoredHostLocks = {}) {
    this.#session = session;
    this.#probing = new Probing(session);
    this.#hostLocks = new HostLocks(session, ignoredHostLocks);
    this.#attempts = new Attempts(session, this.#probing, this.#hostLocks);
    const choices = new Choices(session, this.#probing, this.#attempts, (nodes) => this.#aside(nodes), onUnknown);
    this.#beginning = new Beginning(session);
    this.#carryOut = new CarryOut(session, this.#probing, this.#attempts, choices);
  }

  /** Ends with `run_closed` in the journal. Rejects only when the journal cannot be written. */
  async run(approval: 'ask' | 'flag', resumed: boolean): Promise<void> {
    this.#session.clockWatch.begin();
    try {
      await this.#toTheEnd(approval, resumed);
    } catch (error) {
      // The journal may take nothing more, not even that a lock has stayed.
      await this.#hostLocks.releaseAll(false);
      throw error;
    } finally {
      this.#session.clockWatch.end();
    }
  }

  async #toTheEnd(approval: 'ask' | 'flag', resumed: boolean): Promise<void> {
    let opened = false;
    let wasWell = false;
    const ending = await this.#ending(async () => {
      await this.#takeSecrets();
      if (resumed) {
        this.#probing.facts.forgetProbed();
        await this.#recover();
      }
      wasWell = this.#isWell();
      this.#reopenFinalSteps(wasWell);
      await openRun(this.#session, this.#probing, this.#hostLocks, approval, resumed);
      opened = true;
      await this.#checkInvariants('start', this.#has('begun', this.#session.state.plan.steps));
      await this.#carryOutChosen();
      await this.#checkInvariants('end', false);
    });
    const final = this.#session.state.plan.steps.filter((node) => sectionOf(node) === 'finally');
    // What was not approved does not act, and what was not begun needs no cleaning up.
    if (opened && ending.outcome !== 'stopped' && final.length > 0 && this.#session.state.only === undefined) {
      if (wasWell && ending.outcome === 'failed') this.#reopenFinalSteps(false);
      this.#probing.facts.runEnded(ending.outcome === 'failed');
      const after = await this.#ending(() => this.#nodes(final));
      if (after.outcome !== 'succeeded' && ending.outcome === 'succeeded') return this.#close(after);
    }
    return this.#close(ending);
  }

  /** The mask must know what a host may print: all secrets that are at hand, and those that earlier steps of the run have handed out. */
  async #takeSecrets(): Promise<void> {
    await this.#session.takeSecretsAtHand();
    const { plan, steps } = this.#session.state;
    const used = planSteps(plan).filter(({ path }) => Object.values(steps[path] ?? {}).some(({ attempts }) => attempts.length > 0));
    for (const name of new Set(used.flatMap((step) => secretsOf(step)))) await this.#session.secret(name);
  }

  async #ending(work: () => Promise<void>): Promise<{ outcome: 'succeeded' | 'failed' | 'stopped'; text: string }> {
    try {
      await work();
      return { outcome: 'succeeded', text: 'Every step is done.' };
    } catch (error) {
      const { stopping } = this.#session;
      const unwound = error instanceof RunEnd || error === stopping.signal.reason;
      if (stopping.signal.aborted && unwound) return { outcome: 'stopped', text: this.#session.stopped().message };
      if (!(error instanceof RunEnd)) throw error;
      return { outcome: error.outcome, text: error.message };
    }
  }

  async #close(ending: { outcome: 'succeeded' | 'failed' | 'stopped'; text: string }): Promise<void> {
    const next: string[] = [];
    if (ending.outcome === 'succeeded' && this.#session.state.only === undefined) {
      for (const follow of this.#session.state.plan.next) {
        if (follow.when === undefined || (await this.#holds(follow.when.cel)))
          next.push(follow.title === follow.use ? follow.use : `${follow.title} (${follow.use})`);
      }
    }
    await this.#hostLocks.releaseAll();
    this.#session.clockWatch.end();
    this.#session.emit({ type: 'run_closed', outcome: ending.outcome, text: ending.text, next });
  }

  async #holds(cel: string): Promise<boolean> {
    const { plan } = this.#session.state;
    const place = { scope: plan.scopes['main'] as PlanScope, hosts: plan.hosts, hostRoles: [], host: undefined };
    try {
      return (await this.#probing.facts.evaluate(cel, place, '', newLook('known', false, this.#session.stopping.signal))) === true;
    } catch {
      // What cannot be decided is named: a hint too many does no harm, one too few does.
      return true;
    }
  }

  /** Prerequisites, the moment between them and the steps, the steps. */
  async #carryOutChosen(): Promise<void> {
    const chosen = this.#chosen();
    const prerequisites = chosen.filter((node) => sectionOf(node) === 'prerequisites');
    const steps = chosen.filter((node) => sectionOf(node) !== 'prerequisites');
    await this.#beginning.prepare(prerequisites, this.#inSteps(steps), (nodes) => this.#nodes(nodes));
    await this.#nodes(steps);
  }

  /** Final steps may be done at any time, also by themselves. */
  #inSteps(nodes: readonly PlanNode[]): readonly PlanNode[] {
    return nodes.filter((node) => sectionOf(node) === 'steps');
  }

  /** The nodes that are carried out: all before the final ones, or those `only` and `from` leave. */
  #chosen(): readonly PlanNode[] {
    const { plan, only, from } = this.#session.state;
    if (only !== undefined) return plan.steps.flatMap((node) => within(node, only));
    const nodes = plan.steps.filter((node) => sectionOf(node) !== 'finally');
    if (from !== undefined) this.#skipBefore(nodes, from);
    return nodes;
  }

  #skipBefore(nodes: readonly PlanNode[], from: string): void {
    for (const step of stepsOf(nodes)) {
      if (step.path === from || step.path.startsWith(`${from}/`) || step.path.startsWith(`${from}@`)) return;
      if (step.section !== 'steps') continue;
      for (const target of step.targets) {
        if (this.#session.state.steps[step.path]?.[target.key]?.status !== 'pending') continue;
        this.#session.emit({
          type: 'skipped',
          step: step.path,
          target: target.key,
          reason: 'operator',
          text: `The run was begun at ${from}.`,
          by: this.#session.state.operator,
        });
      }
    }
  }

  async #nodes(nodes: readonly PlanNode[], pauseMs = 0): Promise<void> {
    for (const [index, node] of nodes.entries()) {
      if (index > 0) await sleepUnless(this.#session.leaving.signal, pauseMs);
      await this.#node(node);
    }
  }

  async #node(node: PlanNode): Promise<void> {
    const settled = this.#has('settled', [node]);
    await this.#checkInvariants(`before:${node.path}`, this.#has('begun', [node]));
    if (node.kind === 'group') await this.#group(node);
    else await this.#step(node);
    await this.#checkInvariants(`after:${node.path}`, settled);
  }

  #group(group: PlanGroup): Promise<void> {
    return this.#nodes(group.children, group.pauseBetweenMs);
  }

  /** A step is finished on all its targets before the next begins; so many of them at a time as it allows. */
  async #step(step: PlanStep): Promise<void> {
    const waiting = [...step.targets];
    let ended: unknown;
    const worker = async (): Promise<void> => {
      for (let target = waiting.shift(); target !== undefined && ended === undefined; target = waiting.shift()) {
        try {
          await this.#carryOut.run(step, target);
          if (waiting.length > 0 && step.pauseBetweenMs > 0) await sleepUnless(this.#session.leaving.signal, step.pauseBetweenMs);
        } catch (error) {
          ended ??= error;
          // A journal that cannot be written, or a fault of ours: nothing else goes on meanwhile.
          if (!(error instanceof RunEnd)) this.#session.stopping.abort();
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(step.parallel, step.targets.length) }, worker));
    if (ended !== undefined) throw ended as Error;
    if (this.#session.stopping.signal.aborted) throw this.#session.stopped();
  }

  /** A remedy or an undo: always anew, even when it was done before. */
  async #aside(nodes: readonly PlanNode[]): Promise<void> {
    for (const step of stepsOf(nodes)) {
      for (const target of step.targets) await this.#again(step, target);
    }
  }

  async #again(step: PlanStep, target: Target): Promise<void> {
    this.#session.emit({ type: 'reopened', step: step.path, target: target.key });
    await this.#carryOut.run(step, target);
  }

  async #recover(): Promise<void> {
    for (const step of planSteps(this.#session.state.plan)) {
      for (const target of step.targets) await this.#attempts.recover(step, target);
    }
  }

  /** Whether everything before the final steps is over, and well: then those that are done have nothing left to be done for. */
  #isWell(): boolean {
    const { plan, only, invariants } = this.#session.state;
    const chosen = only === undefined ? plan.steps : plan.steps.flatMap((node) => within(node, only));
    const before = chosen.filter((node) => sectionOf(node) !== 'finally');
    const lastWords = new Map(invariants.map(({ index, moment, verdict }) => [`${String(index)} ${moment}`, verdict]));
    return this.#has('settled', before) && [...lastWords.values()].every((verdict) => verdict === 'holds');
  }

  /** Final steps belong to the ending, so a run that goes on does them anew; what nobody knows the end of is decided first. */
  #reopenFinalSteps(keepDone: boolean): void {
    const stays: readonly (TargetState['status'] | undefined)[] = ['pending', 'unknown', ...(keepDone ? SETTLED : [])];
    for (const step of planSteps(this.#session.state.plan)) {
      if (step.section !== 'finally') continue;
      for (const { key } of step.targets) {
        if (!stays.includes(this.#session.state.steps[step.path]?.[key]?.status))
          this.#session.emit({ type: 'reopened', step: step.path, target: key });
      }
    }
  }

  /** Whether anything in these nodes was begun, or all of it is settled. */
  #has(what: 'begun' | 'settled', nodes: readonly PlanNode[]): boolean {
    const { steps } = this.#session.state;
    const all = [...stepsOf(nodes)].flatMap((step) => step.targets.map(({ key }) => steps[step.path]?.[key]?.status));
    return what === 'begun'
      ? all.some((status) => status !== 'pending')
      : all.every((status) => status !== undefined && SETTLED.includes(status));
  }

  /** `passed`: the run has gone past this moment. What held then was true of then, and is not asked again when the run is resumed. */
  async #checkInvariants(moment: Moment, passed: boolean): Promise<void> {
    const { plan, only, invariants } = this.#session.state;
    if (only !== undefined) return;
    for (const [index, invariant] of plan.invariants.entries()) {
      if (!invariant.at.includes(moment)) continue;
      if (passed && invariants.some((seen) => seen.index === index && seen.moment === moment && seen.verdict === 'holds')) continue;
      const scope = plan.scopes[invariant.scope] as PlanScope;
      const verdict = await this.#probing.askOfRun(invariant.holds, scope, newLook('fresh', true, this.#session.stopping.signal));
      this.#session.emit({ type: 'invariant_checked', index, moment, verdict: verdict.verdict, text: verdict.text });
      if (verdict.verdict === 'holds') continue;
      const why = invariant.because === undefined ? '' : ` ${invariant.because}`;
      const what = verdict.verdict === 'does_not_hold' ? 'does not hold' : 'could not be told';
      throw new RunEnd('failed', `"${invariant.title}" ${what}: ${verdict.text}.${why}`);
    }
  }
}

/** The node with this path, the batches of it, or what stands inside. */
function within(node: PlanNode, path: string): readonly PlanNode[] {
  if (node.path === path || node.path.startsWith(`${path}@`)) return [node];
  return node.kind === 'group' ? node.children.flatMap((child) => within(child, path)) : [];
}

function sectionOf(node: PlanNode): PlanStep['section'] | undefined {
  for (const step of stepsOf([node])) return step.section;
  return undefined;
}
