import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

export const orderWithoutBecause: Rule = {
  id: 'order-without-because',
  family: 'clarity',
  severity: 'warning',
  rationale: 'Whoever wants to do it the other way round at three in the morning must read why not.',
  cites: ['capability 17'],
  *check({ runbook, document }) {
    for (const order of runbook.order ?? []) {
      const range = order.because === undefined ? keyRange(document, order, 'first') : undefined;
      if (range !== undefined) yield { range, message: 'nothing says why this order matters; add "because"' };
    }
    for (const stop of runbook.upgrade?.stops ?? []) {
      const range = stop.because === undefined ? keyRange(document, stop, 'via') : undefined;
      if (range !== undefined) yield { range, message: 'nothing says why the upgrade must stop here; add "because"' };
    }
    for (const invariant of runbook.invariants ?? []) {
      const range = invariant.because === undefined ? keyRange(document, invariant, 'title', 'holds') : undefined;
      if (range !== undefined) yield { range, message: 'nothing says why this must hold; add "because"' };
    }
  },
};
