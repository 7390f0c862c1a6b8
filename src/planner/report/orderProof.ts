import type { PlanOrder, SourceRef } from '../plan.js';
import type { OrderProof } from '../proof/orders.js';
import type { ReportOrder, ReportProof, ReportStep } from './planReport.js';

/** The outcome of the proof in the shape of the report. */
export function reportProof({ orders, pairwise, violations }: OrderProof): ReportProof {
  return {
    proven: violations.length === 0 && !pairwise,
    pairwise,
    orders: orders.map(({ order, verdict, combinations }) => ({ ...reportOrder(order), verdict, combinations })),
    violations: violations.map(({ order, step, effect, hosts, when, text }) => ({
      order: reportOrder(order),
      step: { path: step.path, title: step.title, place: placeOf(step.at), reached_by: step.reachedBy.map(({ use }) => use) },
      effect,
      hosts,
      when,
      text,
    })),
  };
}

function reportOrder({ first, then, per, because, cites, at }: PlanOrder): ReportOrder {
  return {
    first,
    then,
    per,
    ...(because === undefined ? {} : { because }),
    ...(cites === undefined ? {} : { source: cites }),
    place: placeOf(at),
  };
}

function placeOf({ file, line }: SourceRef): ReportStep['place'] {
  return { file, line };
}
