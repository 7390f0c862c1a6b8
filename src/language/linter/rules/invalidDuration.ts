import { parseDuration } from '../../model/duration.js';
import { parseLeadTime } from '../../model/leadTime.js';
import type { Rule } from '../rule.js';
import { textsOf } from '../undefinedName.js';

export const invalidDuration: Rule = {
  id: 'invalid-duration',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'A time that cannot be read would be no limit at all.',
  cites: ['capability 41', 'capability 99'],
  *check(context) {
    for (const { text, range } of textsOf(context, 'duration')) {
      if (parseDuration(text) === undefined)
        yield { range, message: `"${text}" is no duration; write for example 500ms, 90s, 5m, 1h30m or 2d` };
    }
    for (const { text, range } of textsOf(context, 'lead_time')) {
      if (parseLeadTime(text) === undefined)
        yield { range, message: `"${text}" is no lead time; write for example 2 working days, 36h or 3d` };
    }
  },
};
