import { LONGEST_EXPRESSION } from '../../expressions/index.js';
import { expressionsIn, longExpressionsIn } from '../expressionsIn.js';
import type { Rule } from '../rule.js';

export const longExpression: Rule = {
  id: 'long-expression',
  scope: 'step',
  family: 'clarity',
  severity: 'error',
  rationale: 'Nobody can check a condition of several pages, and a plan evaluates it for every host and hop.',
  cites: ['threat T21'],
  options: [
    {
      name: 'characters',
      description: 'Longest expression, in characters.',
      default: LONGEST_EXPRESSION,
      minimum: 20,
      maximum: LONGEST_EXPRESSION,
    },
  ],
  *check(context) {
    const most = Math.min(context.option(this, 'characters'), LONGEST_EXPRESSION);
    for (const { cel, rangeOf } of [...expressionsIn(context).filter((one) => one.cel.length > most), ...longExpressionsIn(context)])
      yield {
        range: rangeOf({ start: 0, end: cel.length }),
        message: `this expression has ${String(cel.length)} characters, and at most ${String(most)} are read; say it with fewer names, or in several steps`,
      };
  },
};
