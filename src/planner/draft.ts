import type { Diagnostic, ParsedInventory, Project } from '../language/index.js';
import type { OpenFact, OpenRole } from './building/openWork.js';
import { PlanBuilder } from './building/planBuilder.js';
import type { MissingInput } from './inputs.js';
import type { HostName, Plan, PlainValue, PlanHop, PlanNode } from './plan.js';
import { Problems } from './problem.js';
import type { PlanProblem } from './problem.js';
import { lockOutWarnings } from './proof/lockOut.js';
import { orderDiagnostic, unprovable } from './proof/orderDiagnostic.js';
import { proveOrders } from './proof/orders.js';
import type { OrderProof } from './proof/orders.js';
import { stopsWithoutStart } from './proof/restarts.js';
import { momentsOf } from './proof/trace.js';

/** A fact that is given, not found out. Facts of files that are used belong to the scope named after the step. */
export interface GivenFact {
  readonly scope: string;
  readonly fact: string;
  readonly host?: HostName;
  readonly value: PlainValue;
}

export interface DraftRequest {
  readonly project: Project;
  readonly inventory: ParsedInventory;
  /** Values of inputs; they win over those of the inventory. Text is read by the type of the input. */
  readonly inputs: Readonly<Record<string, PlainValue>>;
  readonly facts: readonly GivenFact[];
  /** `false`: the orders are not proven. Only for finding out what a broken order does. */
  readonly proof?: false;
}

/** What the steps of a hop would be, had no more specific runbook taken its place. */
export interface Comparison {
  readonly hop: PlanHop;
  readonly generic: readonly PlanNode[];
}

/** What planning gives. Planning opens nothing: no file beyond the project, no process, no socket. */
export interface Draft {
  /** Present when there are no problems. It can be run when it is settled, too: see {@link isSettled}. */
  readonly plan: Plan | undefined;
  readonly digest: string;
  readonly problems: readonly PlanProblem[];
  /** What should be thought over, but does not stand in the way. */
  readonly warnings: readonly PlanProblem[];
  /** The declared orders against the plan. Absent while the draft is not settled, or without proof. */
  readonly proof?: OrderProof;
  /** Inputs of the runbook that have no value; each is among the problems, too. */
  readonly missingInputs: readonly MissingInput[];
  readonly openRoles: readonly OpenRole[];
  /** Facts that decide the path or an advisory. */
  readonly openFacts: readonly OpenFact[];
  /** For each hop that is dispatched to a more specific runbook: the generic steps. */
  readonly comparisons: readonly Comparison[];
  /** Facts the plan may come to need that nobody has given yet, with the question a person would be asked. */
  readonly questions: readonly {
    readonly scope: string;
    readonly fact: string;
    readonly host?: HostName;
    readonly text: string;
    readonly probed: boolean;
  }[];
}

/** Whether a draft is the plan that will be run: who has which role and the upgrade path are known. */
export function isSettled(draft: Pick<Draft, 'openRoles' | 'openFacts'>): boolean {
  return draft.openRoles.length === 0 && draft.openFacts.every(({ decides }) => decides !== 'path');
}

/** Makes the plan of a runbook for one environment, as far as given facts allow. Never throws on bad documents. */
export function draftPlan(request: DraftRequest): Draft {
  const { project, inventory } = request;
  const problems = new Problems();
  for (const [file, diagnostics] of project.diagnostics) collectErrors(problems, file, diagnostics);
  collectErrors(problems, inventory.file, inventory.diagnostics);
  const root = project.root.value;
  if (root === undefined || inventory.value === undefined || problems.list.length > 0) return failed(problems);
  const made = new PlanBuilder(request, root, problems).build();
  const draft = request.proof === false ? made : withProof(made, project, problems);
  const { openRoles, openFacts } = draft;
  if (problems.list.length === 0) return draft;
  return { ...failed(problems), openRoles, openFacts, ...(draft.proof === undefined ? {} : { proof: draft.proof }) };
}

/** Hosts that are not known yet are missing in a plan that is not settled: nothing can be proven of it. */
function withProof(draft: Draft, project: Project, problems: Problems): Draft {
  const { plan } = draft;
  if (plan === undefined || problems.list.length > 0 || !isSettled(draft)) return draft;
  const moments = momentsOf(plan);
  const proof = proveOrders(plan, moments);
  problems.list.push(...proof.violations.map((violation) => orderDiagnostic(project, violation)));
  const warnings = [
    ...lockOutWarnings(plan, project),
    ...stopsWithoutStart(plan, project, moments, 'given').map(asWarning),
    ...proof.orders
      .filter(({ pairwise }) => pairwise)
      .map(({ order, unfinished }) => unprovable(project, order, unfinished === true ? 'unfinished' : 'open conditions')),
  ];
  return { ...draft, proof, warnings };
}

/** For one environment it may be meant, with inputs that say so. */
function asWarning({ file, diagnostic }: PlanProblem): PlanProblem {
  return { file, diagnostic: { ...diagnostic, severity: 'warning' } };
}

function collectErrors(problems: Problems, file: string, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) if (diagnostic.severity === 'error') problems.list.push({ file, diagnostic });
}

function failed(problems: Problems): Draft {
  const { list, missingInputs } = problems;
  return {
    plan: undefined,
    digest: '',
    problems: list,
    warnings: [],
    missingInputs,
    openRoles: [],
    openFacts: [],
    comparisons: [],
    questions: [],
  };
}
