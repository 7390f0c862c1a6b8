import { meaningOf, parseInstant, parseLeadTime } from '../language/index.js';
import type { Plan, PlanNode, PlanPeriod, PlanScope, PlanStep } from './plan.js';

/** What a plan says once all that is only spelling or place is left out of it: plain data, for comparing and digesting. */
export function planMeaning(plan: Plan): Readonly<Partial<Record<keyof Plan, unknown>>> {
  const { environment, runbook, scopes, steps, invariants, advisories, orders } = plan;
  return {
    ...plan,
    runbook: { id: runbook.id, title: runbook.title },
    environment: {
      ...environment,
      windows: environment.windows.map(periodMeaning),
      blackouts: environment.blackouts.map(periodMeaning),
    },
    scopes: Object.fromEntries(Object.entries(scopes).map(([id, scope]) => [id, scopeMeaning(scope)])),
    steps: steps.map(nodeMeaning),
    invariants: invariants.map((invariant) => ({ ...invariant, holds: meaningOf('probe', invariant.holds) })),
    advisories: advisories.map(withoutPlace),
    orders: orders.map(withoutPlace),
  };
}

/** A step without its text's place and the uses that led to it. Its times are beside its text, in milliseconds. */
export function stepMeaning(step: PlanStep): unknown {
  const { at: _at, reachedBy: _reachedBy, leadTime, spec, onFailure, undo, remedies, methods, ...rest } = step;
  const { estimate: _estimate, timeout: _timeout, every: _every, retry: _retry, ...text } = spec;
  return {
    ...rest,
    ...(leadTime === undefined ? {} : { leadTime: parseLeadTime(leadTime) ?? leadTime }),
    spec: meaningOf('step', text),
    ...(onFailure === undefined ? {} : { onFailure: meaningOf('step', { on_failure: onFailure }) }),
    undo: undo.map(nodeMeaning),
    remedies: remedies.map((nodes) => nodes.map(nodeMeaning)),
    // The order of methods has a meaning: a run without a person takes the first that needs nobody.
    methods: Object.entries(methods).map(([name, method]) => [name, stepMeaning(method)]),
  };
}

function nodeMeaning(node: PlanNode): unknown {
  return node.kind === 'step' ? stepMeaning(node) : { ...withoutPlace(node), children: node.children.map(nodeMeaning) };
}

function withoutPlace<Placed extends { readonly at: unknown }>({ at: _at, ...rest }: Placed): Omit<Placed, 'at'> {
  return rest;
}

/** Facts are read by probes. The file is where the scope was written, not what it means. */
function scopeMeaning({ file: _file, facts, ...rest }: PlanScope): unknown {
  const read = Object.entries(facts).map(([name, fact]) => [name, { ...fact, read: fact.read.map((probe) => meaningOf('probe', probe)) }]);
  return { ...rest, facts: Object.fromEntries(read) as unknown };
}

/** Days have no order; an instant is the same in every offset; and UTC is the zone where none is written. */
function periodMeaning({ days, from, to, zone, ...told }: PlanPeriod): unknown {
  if (days === undefined) return { ...told, from: parseInstant(from) ?? from, to: parseInstant(to) ?? to };
  return { ...told, days: [...new Set(days)].sort(), from, to, zone: zone ?? 'UTC' };
}
