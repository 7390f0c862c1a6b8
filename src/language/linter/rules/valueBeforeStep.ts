import { expressionsIn } from '../expressionsIn.js';
import { flowOf } from '../flow.js';
import { namesIn } from '../namesIn.js';
import type { Rule } from '../rule.js';
import { mentions } from '../undefinedName.js';

/** Keys that are looked at when the step, and all in it, has been done. */
const AFTERWARDS = new Set(['verify', 'undo', 'on_failure', 'expect', 'figure', 'watch', 'notes', 'impact']);

export const valueBeforeStep: Rule = {
  id: 'value-before-step',
  family: 'order',
  severity: 'error',
  rationale: 'A value is there when its step has been done, and not before.',
  cites: ['capability 64'],
  *check(context) {
    if (mentions(context, 'steps').length === 0) return;
    const flow = flowOf(context);
    const yielded = new Map<string, number>();
    const done = new Map<object, { readonly first: number; readonly last: number }>();
    for (const [index, { step, last, document }] of flow.entries()) {
      if (document !== context.document) continue;
      if (step.id !== undefined && !yielded.has(step.id)) yielded.set(step.id, index);
      if (!done.has(step)) done.set(step, { first: index, last });
    }
    for (const expression of expressionsIn(context)) {
      const { owner } = expression.place.around;
      const place = owner === undefined ? undefined : done.get(owner.step);
      if (owner === undefined || place === undefined) continue;
      const now = AFTERWARDS.has(owner.key) ? place.last : place.first - 1;
      for (const named of namesIn(expression.cel)) {
        const index = named.space === 'steps' ? yielded.get(named.name) : undefined;
        if (index === undefined || index <= now) continue;
        yield {
          range: expression.rangeOf(named.range),
          message: `step "${named.name}" has not been done when this is needed; move it before, or take the value from elsewhere`,
        };
      }
    }
  },
};
