import { parseInstant } from '../../model/instant.js';
import type { Period } from '../../schema/generated/inventory.js';
import type { Finding, InventoryContext, InventoryRule } from '../rule.js';

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** Only a whole day has a name for its end that no clock shows. */
const END_OF_DAY = '24:00';

export const invalidPeriod: InventoryRule = {
  id: 'invalid-period',
  family: 'correctness',
  severity: 'error',
  rationale: 'A window that cannot be read would be open always, or never.',
  cites: ['capability 53'],
  *check(context) {
    for (const period of [...(context.inventory.windows ?? []), ...(context.inventory.blackouts ?? [])]) {
      const wrong = [...wrongTimes(period, context)];
      yield* wrong;
      if (wrong.length === 0) yield* wrongOrder(period, context);
      yield* wrongZone(period, context);
    }
  },
};

function* wrongTimes(period: Period, { document: { positions } }: InventoryContext): Generator<Finding> {
  for (const key of ['from', 'to'] as const) {
    const range = positions.value(period, key);
    if (range === undefined) continue;
    if (period.days !== undefined && !TIME_OF_DAY.test(period[key]) && !(key === 'to' && period.to === END_OF_DAY))
      yield { range, message: `"${period[key]}" is no time of day; write for example "22:00", or remove "days" and write a date, too` };
    if (period.days === undefined && parseInstant(period[key]) === undefined)
      yield {
        range,
        message: `"${period[key]}" is no date and time with its offset; write for example "2026-11-28T22:00+01:00", or add "days"`,
      };
  }
}

function* wrongOrder(period: Period, { document: { positions } }: InventoryContext): Generator<Finding> {
  const range = positions.value(period, 'to');
  if (range === undefined) return;
  if (period.days !== undefined && period.from === period.to)
    yield { range, message: `this ends when it begins, at "${period.to}"; write another end, or "00:00" to "24:00" for whole days` };
  const [from, to] = [parseInstant(period.from), parseInstant(period.to)];
  if (period.days === undefined && from !== undefined && to !== undefined && to <= from)
    yield { range, message: `this ends at "${period.to}", and begins at "${period.from}"; write an end that comes after the begin` };
}

function* wrongZone(period: Period, { document: { positions } }: InventoryContext): Generator<Finding> {
  const range = positions.value(period, 'zone');
  if (period.zone === undefined || range === undefined) return;
  if (period.days === undefined)
    yield { range, message: 'a time zone belongs to "days"; remove it: the offset stands in the times themselves' };
  else if (!isZone(period.zone))
    yield { range, message: `the time zone "${period.zone}" is not known; write for example "Europe/Budapest" or "UTC"` };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
