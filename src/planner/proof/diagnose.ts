import type { Diagnostic, Project } from '../../language/index.js';
import type { PlanOrder } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import { canBreak } from './canBreak.js';
import { reachesAll } from './certainReach.js';
import { Effort, MOST_EFFORT } from './effort.js';
import { orderDiagnostic, orderInWords, unprovable } from './orderDiagnostic.js';
import { Reach } from './reach.js';
import { stopsWithoutStart } from './restarts.js';
import { placeOfRef } from './sourcePlace.js';
import { momentsOf } from './trace.js';
import { variantSpace, variantsOf } from './variants.js';
import type { Variant } from './variants.js';
import { Work } from './work.js';

/** Diagnostics of each file. */
export type ProjectDiagnostics = ReadonlyMap<string, readonly Diagnostic[]>;

/** The diagnostics of a project, and with them what only its plans show: see {@link findInPlans}. */
export function diagnoseProject(project: Project): ProjectDiagnostics {
  const all = new Map<string, Diagnostic[]>([...project.diagnostics].map(([file, diagnostics]) => [file, [...diagnostics]]));
  for (const { file, diagnostic } of planFindings(project)) all.set(file, [...(all.get(file) ?? []), diagnostic]);
  return new Map([...all].map(([file, diagnostics]) => [file, diagnostics.sort((a, b) => a.range.start - b.range.start)]));
}

/** What only the plans of a project show, all at once. */
export function planFindings(project: Project): readonly PlanProblem[] {
  const parts = findInPlans(project);
  for (;;) {
    const part = parts.next();
    if (part.done === true) return part.value;
  }
}

/**
 * Drafts every variant of a sound project, with made-up hosts, and tells what only a plan shows: orders that break, hosts that stay stopped,
 * steps that no variant reaches, orders about nothing. Stops after each variant, so that whoever waits can do other things in between or
 * give up. Nothing for a project with errors: they come first. Where there is too much to try, what was tried counts, and a finding says so.
 */
export function* findInPlans(project: Project): Generator<undefined, readonly PlanProblem[]> {
  if (!project.sound) return [];
  const reachOnly = !canBreak(project);
  if (reachOnly && reachesAll(project)) return [];
  const findings = new Findings(project);
  const effort = new Effort(project);
  let tried = 0;
  const work = new Work();
  for (const variant of variantsOf(project, work)) {
    if (effort.spent > MOST_EFFORT || (tried > 0 && work.isDone)) {
      findings.giveUp(tried);
      break;
    }
    findings.take(variant);
    tried++;
    effort.add(variant);
    // With every step seen, other variants have nothing to show. Looked at now and then only: it takes a walk over all steps.
    if (reachOnly && Number.isInteger(Math.log2(tried)) && findings.hasReachedAll()) break;
    yield;
  }
  return findings.all();
}

class Findings {
  readonly #project: Project;
  readonly #reach: Reach;
  readonly #byPlace = new Map<string, PlanProblem>();
  readonly #orders = new Map<string, { readonly order: PlanOrder; empty: boolean }>();
  readonly #pairwise: boolean;
  /** An order of which even one variant leaves too much open. */
  #unproven: { readonly order: PlanOrder; readonly unfinished?: true } | undefined;
  #some: PlanProblem | undefined;

  constructor(project: Project) {
    this.#project = project;
    this.#reach = new Reach(project);
    const { pairwise, thinned } = variantSpace(project);
    this.#pairwise = pairwise;
    if (thinned)
      this.#some = someVariants(
        project,
        'it tells too many upgrade paths apart to try them all: those were tried in which each condition holds once and fails once',
      );
  }

  /** Only so many variants were tried, and there are more. */
  giveUp(tried: number): void {
    this.#some = someVariants(this.#project, `only the first ${String(tried)} variants of it were tried, and there are more`);
  }

  hasReachedAll(): boolean {
    return this.#reach.isComplete();
  }

  take({ draft, label }: Variant): void {
    const { plan, proof } = draft;
    this.#reach.add(draft);
    if (plan === undefined || proof === undefined) return;
    for (const violation of proof.violations)
      this.#add(violation.order, () => orderDiagnostic(this.#project, violation, label), violation.step.at);
    for (const { order, verdict } of proof.orders) {
      const known = this.#orders.get(refOf(order));
      if (known === undefined) this.#orders.set(refOf(order), { order, empty: verdict === 'empty' });
      else if (verdict !== 'empty') known.empty = false;
    }
    this.#unproven ??= proof.orders.find(({ pairwise }) => pairwise);
    for (const problem of stopsWithoutStart(plan, this.#project, momentsOf(plan), 'made up')) this.#addProblem(withVariant(problem, label));
  }

  all(): readonly PlanProblem[] {
    const orders = [...this.#orders.values()];
    const [first] = orders;
    return [
      ...this.#byPlace.values(),
      // What was not tried may well have the effect.
      ...(this.#some !== undefined ? [] : orders.filter(({ empty }) => empty).map(({ order }) => emptyOrder(this.#project, order))),
      ...(this.#pairwise || this.#some !== undefined ? [] : this.#reach.unreached()),
      ...(this.#some === undefined ? [] : [this.#some]),
      ...(this.#pairwise && first !== undefined ? [unprovable(this.#project, first.order, 'variants')] : []),
      ...(this.#unproven === undefined
        ? []
        : [unprovable(this.#project, this.#unproven.order, this.#unproven.unfinished === true ? 'unfinished' : 'open conditions')]),
    ];
  }

  /** The first variant that shows it is enough. */
  #add(order: PlanOrder, make: () => PlanProblem, at: PlanOrder['at']): void {
    const key = `${refOf(order)} ${at.file}:${String(at.line)}`;
    if (!this.#byPlace.has(key)) this.#byPlace.set(key, make());
  }

  #addProblem(problem: PlanProblem): void {
    const { code, range } = problem.diagnostic;
    const key = `${code} ${problem.file} ${String(range.start)}`;
    if (!this.#byPlace.has(key)) this.#byPlace.set(key, problem);
  }
}

function refOf(order: PlanOrder): string {
  return `${order.at.file}:${String(order.at.line)} ${orderInWords(order)}`;
}

function withVariant({ file, diagnostic }: PlanProblem, label: string): PlanProblem {
  return { file, diagnostic: { ...diagnostic, message: `${diagnostic.message} (seen with ${label})` } };
}

function someVariants(project: Project, how: string): PlanProblem {
  const { root } = project;
  const range = (root.value && root.positions.value(root.value, 'id')) ?? { start: 0, end: 0 };
  const message = `this runbook has too many variants: ${how}; compare with fewer values, or look at the rest by eye`;
  return { file: root.file, diagnostic: { code: 'too-many-variants', severity: 'information', range, message } };
}

function emptyOrder(project: Project, order: PlanOrder): PlanProblem {
  const { file, range } = placeOfRef(project, order.at);
  const message = `the order ${orderInWords(order)} is about nothing: no step has the effect that must wait; give the step its "effects", or remove the order`;
  return { file, diagnostic: { code: 'empty-order', severity: 'warning', range, message } };
}
