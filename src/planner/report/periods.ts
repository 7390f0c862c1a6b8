import { parseInstant } from '../../language/index.js';
import type { Plan, PlanPeriod } from '../plan.js';
import { instantsOf, isZone, startOfDay, wallTimeOf, weekday } from './zonedTime.js';

const DAY = 86_400_000;

/** A stretch of time: `from` is in it, `to` is not. Milliseconds since 1970; infinite where nothing bounds it. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Zone its times are told in. */
  readonly zone: string;
  readonly title?: string;
  readonly because?: string;
}

/** When work may be done in an environment, and when nothing may. */
export type Calendar = Pick<Plan['environment'], 'windows' | 'blackouts'>;

/** How far ahead weekly times are followed: days, and the most, where a single window lies further ahead. */
const HORIZON = { usual: 400, most: 3660 } as const;

/** Windows that reach so far over the horizon leave no gap: they repeat every week. */
const WEEK = 7 * DAY;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * When work may be done from `now` on: windows that have not ended, less the blackouts, in order of time. Windows that touch are one.
 * Without windows any time is one. Weekly windows are followed for 400 days, or until the last of the single ones.
 */
export function windowsAfter(now: number, calendar: Calendar): readonly Span[] {
  const singles = calendar.windows.flatMap((period) => (period.days === undefined ? (parseInstant(period.to) ?? []) : []));
  const until = Math.max(now + HORIZON.usual * DAY, Math.min(Math.max(now, ...singles), now + HORIZON.most * DAY));
  const always: Span = { from: -Infinity, to: Infinity, zone: zoneOf(calendar) };
  const beyond = until + WEEK + DAY;
  const windows =
    calendar.windows.length === 0 ? [always] : united(calendar.windows.flatMap((period) => spansOf(period, now, beyond, 'window')));
  return less(windows, united(blackoutsAfter(now, calendar, beyond)))
    .filter(({ from, to }) => to > now && from <= until)
    .map((span) => (span.to > until + WEEK && !singles.includes(span.to) ? { ...span, to: Infinity } : span));
}

/** Blackouts that have not ended, in order of time, as far as the next 400 days. */
export function blackoutsAfter(now: number, calendar: Calendar, until = now + HORIZON.usual * DAY): readonly Span[] {
  return calendar.blackouts
    .flatMap((period) => spansOf(period, now, until, 'blackout'))
    .filter(({ to }) => to > now)
    .sort((a, b) => a.from - b.from);
}

/** Zone to tell times in where no window says one. */
export function zoneOf(calendar: Calendar): string {
  return [...calendar.windows, ...calendar.blackouts].find(({ zone }) => zone !== undefined)?.zone ?? 'UTC';
}

/**
 * The times a period means that may matter from `now` until `until`. Where a wall clock shows a time twice, a window is the shorter
 * reading and a blackout the longer one. Throws an Error for a period that cannot be read: the linter refuses it, so there is no plan
 * with one, and to take a blackout for none would be worse.
 */
function spansOf(period: PlanPeriod, now: number, until: number, kind: 'window' | 'blackout'): readonly Span[] {
  const told = {
    ...(period.title === undefined ? {} : { title: period.title }),
    ...(period.because === undefined ? {} : { because: period.because }),
  };
  if (period.days === undefined) {
    const [from, to] = [parseInstant(period.from), parseInstant(period.to)];
    if (from === undefined || to === undefined || to <= from) throw unreadable(period, kind);
    return [{ from, to, zone: period.zone ?? offsetOf(period.from), ...told }];
  }
  const zone = period.zone ?? 'UTC';
  const [begin, end] = [timeOfDay(period.from), timeOfDay(period.to)];
  if (begin === undefined || end === undefined || !isZone(zone)) throw unreadable(period, kind);
  const length = end > begin ? end - begin : end - begin + DAY;
  const spans: Span[] = [];
  // A window that began up to two days ago may still be open.
  for (let day = startOfDay(wallTimeOf(now, zone)) - 2 * DAY; day <= until + DAY; day += DAY) {
    if (!period.days.includes(DAYS[weekday(day)] ?? '')) continue;
    const starts = instantsOf(day + begin, zone);
    const ends = instantsOf(day + begin + length, zone);
    const from = kind === 'window' ? (starts.at(-1) ?? starts[0]) : starts[0];
    const to = kind === 'window' ? ends.find((instant) => instant > from) : ends.at(-1);
    if (to !== undefined && to > from) spans.push({ from, to, zone, ...told });
  }
  return spans;
}

function unreadable({ from, to, zone }: PlanPeriod, kind: string): Error {
  return new Error(`internal error: the ${kind} from ${from} to ${to}${zone === undefined ? '' : ` in ${zone}`} cannot be read`);
}

/** Milliseconds since midnight of `22:00`; `24:00` is the end of the day. */
function timeOfDay(text: string): number | undefined {
  const match = /^(\d\d?):(\d\d)$/.exec(text.trim());
  const minutes = match === null ? Infinity : Number(match[1]) * 60 + Number(match[2]);
  return minutes > 1440 || Number(match?.[2]) > 59 ? undefined : minutes * 60_000;
}

function offsetOf(text: string): string {
  return /[+-]\d\d:\d\d$/.exec(text.trim())?.[0] ?? 'UTC';
}

function united(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || span.from > last.to) joined.push(span);
    else joined[joined.length - 1] = { ...last, to: Math.max(last.to, span.to) };
  }
  return joined;
}

/** Spans less others. Both are in order of time, and none of them touch, so each is looked at once. */
function less(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let next = 0;
  for (const span of spans) {
    let rest = span;
    while ((taken[next]?.to ?? Infinity) <= span.from) next++;
    for (let index = next; index < taken.length; index++) {
      const { from, to } = taken[index] ?? rest;
      if (from >= rest.to) break;
      if (from > rest.from) left.push({ ...rest, to: from });
      rest = { ...rest, from: to };
    }
    if (rest.to > rest.from) left.push(rest);
  }
  return left;
}
