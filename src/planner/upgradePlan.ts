import type { Plan, PlanNode, PlanScope, PlanStep } from './plan.js';

/** Version of the plan's shape. Plans of older versions stand in journals, and become plans of this one by {@link upgradePlan}. */
export const PLAN_FORMAT = 2;

/** A plan of format 1: before upgrade paths, advisories, orders, windows and stages. */
type OldPlan = Omit<Plan, 'format'> & { readonly format: number };

/**
 * A plan from a journal as a plan of this version. What an older version did not know of is empty, so that the run goes on as it was
 * approved. A plan of this version is returned as it is.
 */
export function upgradePlan(written: OldPlan): Plan {
  if (written.format === PLAN_FORMAT) return written as Plan;
  const { environment, runbook } = written;
  return {
    ...written,
    format: PLAN_FORMAT,
    runbook: { ...runbook, digest: (runbook as Partial<Plan['runbook']>).digest ?? '' },
    environment: { ...{ windows: [], blackouts: [] }, ...environment },
    scopes: Object.fromEntries(Object.entries(written.scopes).map(([id, scope]) => [id, upgradeScope(scope)])),
    steps: written.steps.map(upgradeNode),
    inputs: (written as Partial<Plan>).inputs ?? {},
    advisories: (written as Partial<Plan>).advisories ?? [],
    orders: (written as Partial<Plan>).orders ?? [],
  };
}

function upgradeScope(scope: PlanScope): PlanScope {
  const { names } = scope;
  return { ...{ factScope: scope.id, advisories: {} }, ...scope, names: { ...{ advisories: [], versionSchemes: [] }, ...names } };
}

function upgradeNode(node: PlanNode): PlanNode {
  return node.kind === 'group' ? { ...node, children: node.children.map(upgradeNode) } : upgradeStep(node);
}

function upgradeStep(step: PlanStep): PlanStep {
  return {
    ...{ stages: [], reachedBy: [], optional: step.spec.optional ?? false },
    ...step,
    remedies: step.remedies.map((nodes) => nodes.map(upgradeNode)),
    undo: step.undo.map(upgradeNode),
    methods: Object.fromEntries(Object.entries(step.methods).map(([name, method]) => [name, upgradeStep(method)])),
  };
}
