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

/** How far ahead is looked, one after the other until enough was found: days. */
const HORIZONS = [14, 70, 400] as const;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * When work may be done from `now` on: windows that have not ended, less the blackouts, in order of time. Windows that touch are one.
 * Without windows any time is one. Weekly windows are followed until `wanted` were found, or for 400 days.
 */
export function windowsAfter(now: number, calendar: Calendar, wanted = 5): readonly Span[] {
  const single = calendar.windows.map((period) => (period.days === undefined ? (instantOf(period.to) ?? now) : now));
  let found: readonly Span[] = [];
  for (const days of HORIZONS) {
    const until = Math.max(now + days * DAY, days === HORIZONS.at(-1) ? Math.max(now, ...single) : now);
    found = openBetween(now, until, calendar);
    if (found.filter(({ to }) => to < until).length >= wanted) break;
  }
  return found;
}

/** Blackouts that have not ended, in order of time, as far as the next 400 days. */
export function blackoutsAfter(now: number, calendar: Calendar, until = now + 400 * DAY): readonly Span[] {
  return calendar.blackouts
    .flatMap((period) => spansOf(period, now, until, 'blackout'))
    .filter(({ to }) => to > now)
    .sort((a, b) => a.from - b.from);
}

function openBetween(now: number, until: number, calendar: Calendar): readonly Span[] {
  const always: Span = { from: -Infinity, to: Infinity, zone: zoneOf(calendar) };
  const windows =
    calendar.windows.length === 0 ? [always] : united(calendar.windows.flatMap((period) => spansOf(period, now, until, 'window')));
  const blackouts = blackoutsAfter(now, calendar, until + DAY);
  return blackouts
    .reduce<readonly Span[]>((spans, blackout) => spans.flatMap((span) => without(span, blackout)), windows)
    .map((span) => (span.from <= now && span.to > until ? { ...span, to: Infinity } : span))
    .filter(({ to, from }) => to > now && (to <= until || to === Infinity) && from < until);
}

/** Zone to tell times in where no window says one. */
export function zoneOf(calendar: Calendar): string {
  return [...calendar.windows, ...calendar.blackouts].find(({ zone }) => zone !== undefined)?.zone ?? 'UTC';
}

/**
 * The times a period means that may matter from `now` until `until`. Where a wall clock shows a time twice, a window is the shorter
 * reading and a blackout the longer one. Nothing for a period that cannot be read: the linter refuses it.
 */
function spansOf(period: PlanPeriod, now: number, until: number, kind: 'window' | 'blackout'): readonly Span[] {
  const told = {
    ...(period.title === undefined ? {} : { title: period.title }),
    ...(period.because === undefined ? {} : { because: period.because }),
  };
  if (period.days === undefined) {
    const [from, to] = [instantOf(period.from), instantOf(period.to)];
    return from === undefined || to === undefined || to <= from ? [] : [{ from, to, zone: period.zone ?? offsetOf(period.from), ...told }];
  }
  const zone = period.zone ?? 'UTC';
  const [begin, end] = [timeOfDay(period.from), timeOfDay(period.to)];
  if (begin === undefined || end === undefined || !isZone(zone)) return [];
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

/** Milliseconds since midnight of `22:00`; `24:00` is the end of the day. */
function timeOfDay(text: string): number | undefined {
  const match = /^(\d\d?):(\d\d)$/.exec(text.trim());
  const minutes = match === null ? Infinity : Number(match[1]) * 60 + Number(match[2]);
  return minutes > 1440 || Number(match?.[2]) > 59 ? undefined : minutes * 60_000;
}

/** The instant that `2026-11-28T22:00+01:00` means; undefined without its offset, or when there is no such day. */
export function instantOf(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)$/.exec(text.trim());
  const instant = match === null ? NaN : Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}${match[3] ?? ''}`);
  return Number.isNaN(instant) ? undefined : instant;
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

function without(span: Span, blackout: Span): readonly Span[] {
  if (blackout.to <= span.from || blackout.from >= span.to) return [span];
  return [
    { ...span, to: blackout.from },
    { ...span, from: blackout.to },
  ].filter(({ from, to }) => to > from);
}
