import { parseDuration } from '../../model/duration.js';
import type { Rule } from '../rule.js';
import { textsOf } from '../undefinedName.js';

const HOUR = 3_600_000;

export const longTimeout: Rule = {
  id: 'long-timeout',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale: 'A limit that is longer than any window limits nothing: most often it is 90h where 90m was meant.',
  cites: ['capability 53', 'capability 99'],
  options: [{ name: 'hours', description: 'Longest time in hours that one step may be given.', default: 24, minimum: 1 }],
  *check(context) {
    const hours = context.option(this, 'hours');
    for (const { text, key, range } of textsOf(context, 'duration')) {
      const time = key === 'timeout' ? parseDuration(text) : undefined;
      if (time !== undefined && time > hours * HOUR)
        yield {
          range,
          message: `${text} is longer than the ${String(hours)} hours that a step may be given; write a shorter time, or split the step`,
        };
    }
  },
};
