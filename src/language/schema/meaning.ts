import { parseDuration } from '../model/duration.js';
import { parseLeadTime } from '../model/leadTime.js';
import type { JsonSchema } from './jsonSchema.js';
import { branchFor, kindOfValue, memberSchema } from './lookup.js';
import { runbookSchema } from './runbookSchema.js';

/**
 * Plain data of a runbook, a step or a probe, with all that is only spelling made equal: times are milliseconds, so `60s` and `1m` are the
 * same, and `methods` are a list, since their order has a meaning. What an author may name freely, such as the members of `env`, stays.
 */
export function meaningOf(part: 'runbook' | 'step' | 'probe', value: unknown): unknown {
  return visit(value, part === 'runbook' ? runbookSchema : { $ref: `#/definitions/${part}` });
}

function visit(value: unknown, schema: JsonSchema): unknown {
  const branch = branchFor(runbookSchema, schema, kindOfValue(value));
  if (branch === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => visit(item, branch.items ?? {}));
  if (typeof value === 'string') return timeOf(value, branch) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]): readonly [string, unknown] => {
    const seen = visit(member, memberSchema(branch, key) ?? {});
    const inOrder = key === 'methods' && branch.properties?.['methods'] !== undefined && typeof seen === 'object' && seen !== null;
    return [key, inOrder ? Object.entries(seen) : seen];
  });
  return Object.fromEntries(members);
}

function timeOf(text: string, { format }: JsonSchema): unknown {
  return format === 'duration' ? parseDuration(text) : format === 'lead_time' ? parseLeadTime(text) : undefined;
}
