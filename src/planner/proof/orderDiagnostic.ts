import type { Project } from '../../language/index.js';
import type { OrderedEffect, PlanOrder } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import type { OrderViolation } from './orders.js';
import { placeOfRef } from './sourcePlace.js';

/** Tells of a broken order at the step that begins too early: the trace, the rule, why it matters, and the uses that led there. */
export function orderDiagnostic(project: Project, violation: OrderViolation, variant?: string): PlanProblem {
  const { order, step, text, when } = violation;
  const place = placeOfRef(project, step.at, idOfPath(step.path));
  const reached = step.reachedBy.length === 0 ? '' : `, reached by use ${step.reachedBy.map(({ use }) => `"${use}"`).join(' → ')},`;
  const cited = order.cites === undefined ? '' : ` (${order.cites})`;
  const cases = [...when.map((one) => `where ${one}`), ...(variant === undefined ? [] : [`with ${variant}`])].join(', ');
  const message = [
    `step "${step.path}"${reached} breaks the order ${orderInWords(order)}${cited}: ${text}${cases === '' ? '' : `, ${cases}`}`,
    ...(order.because === undefined ? [] : [order.because.trim().replace(/\.$/, '')]),
    'Move it behind what must come first',
  ].join('. ');
  return {
    file: place.file,
    diagnostic: {
      code: 'order-broken',
      severity: 'error',
      range: place.range,
      message,
      related: [
        { ...placeOfRef(project, order.at), message: `the order it breaks: ${orderInWords(order)}` },
        ...step.reachedBy.map(({ use, at }) => ({ ...placeOfRef(project, at), message: `reached by use "${use}"` })),
      ],
    },
  };
}

/** Tells that an order could only be proven for pairs, because there are too many variants, or open conditions in one plan; or not even so. */
export function unprovable(project: Project, order: PlanOrder, of: 'variants' | 'open conditions' | 'unfinished'): PlanProblem {
  const { file, range } = placeOfRef(project, order.at);
  const message =
    of === 'unfinished'
      ? 'there are too many open conditions and orders to look at them all: this order, and perhaps those after it, are not proven; declare fewer, or look at the order by eye'
      : `there are too many ${of} to try all: the orders hold for every two values together, which is no proof for all at once; declare fewer, or look at the order by eye`;
  return { file, diagnostic: { code: 'order-unprovable', severity: 'information', range, message } };
}

/** What an order is called by. */
interface InWords {
  readonly first: readonly Pick<OrderedEffect, 'effect' | 'roles'>[];
  readonly then: InWords['first'];
  readonly per: PlanOrder['per'];
}

/** `upgrade of minion before upgrade of primary`, with `host by host` where it is so. */
export function orderInWords(order: InWords): string {
  const perHost = order.per === 'host' ? ', host by host' : '';
  return `"${side(order.first)} before ${side(order.then)}${perHost}"`;
}

function side(effects: InWords['first']): string {
  return effects.map(({ effect, roles }) => `${effect} of ${roles.join(', ')}`).join(' and ');
}

function idOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
