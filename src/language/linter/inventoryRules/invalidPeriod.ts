import type { Period } from '../../schema/generated/inventory.js';
import type { Finding, InventoryContext, InventoryRule } from '../rule.js';

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

export const invalidPeriod: InventoryRule = {
  id: 'invalid-period',
  severity: 'error',
  rationale: 'A window that cannot be read would be open always, or never.',
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
    if (period.days !== undefined && !TIME_OF_DAY.test(period[key]))
      yield { range, message: `"${period[key]}" is no time of day; write for example "22:00", or remove "days" and write a date, too` };
    if (period.days === undefined && !isMoment(period[key]))
      yield {
        range,
        message: `"${period[key]}" is no date and time with its offset; write for example "2026-11-28T22:00+01:00", or add "days"`,
      };
  }
}

function* wrongOrder(period: Period, { document: { positions } }: InventoryContext): Generator<Finding> {
  const range = positions.value(period, 'to');
  if (range === undefined) return;
  if (period.days !== undefined ? period.from === period.to : period.from !== '' && Date.parse(period.to) <= Date.parse(period.from))
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

/** Also the 30th of February has the form of a date. */
function isMoment(text: string): boolean {
  if (!MOMENT.test(text)) return false;
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
