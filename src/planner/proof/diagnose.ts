import type { Diagnostic, Project } from '../../language/index.js';
import type { PlanOrder } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import { orderDiagnostic, orderInWords, unprovable } from './orderDiagnostic.js';
import { Reach } from './reach.js';
import { stopsWithoutStart } from './restarts.js';
import { placeOfRef } from './sourcePlace.js';
import { momentsOf } from './trace.js';
import { variantSpace, variantsOf } from './variants.js';
import type { Variant } from './variants.js';

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
 * give up. Nothing for a project with errors: they come first.
 */
export function* findInPlans(project: Project): Generator<undefined, readonly PlanProblem[]> {
  if (!project.sound) return [];
  const findings = new Findings(project);
  for (const variant of variantsOf(project)) {
    findings.take(variant);
    yield;
  }
  return findings.all();
}

class Findings {
  readonly #project: Project;
  readonly #reach: Reach;
  readonly #byPlace = new Map<string, PlanProblem>();
  readonly #orders = new Map<string, { readonly order: PlanOrder; empty: boolean }>();
  #pairwise: boolean;

  constructor(project: Project) {
    this.#project = project;
    this.#reach = new Reach(project);
    this.#pairwise = variantSpace(project).pairwise;
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
    if (proof.pairwise) this.#pairwise = true;
    for (const problem of stopsWithoutStart(plan, this.#project, momentsOf(plan))) this.#addProblem(withVariant(problem, label));
  }

  all(): readonly PlanProblem[] {
    const orders = [...this.#orders.values()];
    const [first] = orders;
    return [
      ...this.#byPlace.values(),
      ...orders.filter(({ empty }) => empty).map(({ order }) => emptyOrder(this.#project, order)),
      ...(this.#pairwise ? [] : this.#reach.unreached()),
      ...(this.#pairwise && first !== undefined ? [unprovable(this.#project, first.order, 'variants')] : []),
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

function emptyOrder(project: Project, order: PlanOrder): PlanProblem {
  const { file, range } = placeOfRef(project, order.at);
  const message = `the order ${orderInWords(order)} is about nothing: no step has the effect that must wait; give the step its "effects", or remove the order`;
  return { file, diagnostic: { code: 'empty-order', severity: 'warning', range, message } };
}
