import { LONGEST_EXPRESSION } from '../../expressions/index.js';
import { longExpressionsIn } from '../expressionsIn.js';
import type { Rule } from '../rule.js';

export const longExpression: Rule = {
  id: 'long-expression',
  severity: 'error',
  rationale: 'Nobody can check a condition of several pages, and a plan evaluates it for every host and hop.',
  *check(context) {
    for (const { cel, rangeOf } of longExpressionsIn(context))
      yield {
        range: rangeOf({ start: 0, end: cel.length }),
        message: `this expression has ${String(cel.length)} characters, and at most ${String(LONGEST_EXPRESSION)} are read; say it with fewer names, or in several steps`,
      };
  },
};
