import { parseDuration } from './duration.js';

/** Time something takes before it can be relied on: of a clock, or of the days people work (Monday to Friday). */
export type LeadTime = { readonly unit: 'ms'; readonly value: number } | { readonly unit: 'working_days'; readonly value: number };

/** Reads `2 working days` or a duration; undefined for anything else. */
export function parseLeadTime(text: string): LeadTime | undefined {
  const days = /^(\d{1,3}) working days?$/.exec(text)?.[1];
  if (days !== undefined) return { unit: 'working_days', value: Number(days) };
  const value = parseDuration(text);
  return value === undefined ? undefined : { unit: 'ms', value };
}
