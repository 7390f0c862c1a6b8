const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** Reading of a wall clock, as the instant that UTC would call so. Days of it have 24 hours each, so it can be counted with. */
export type WallTime = number;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Most weeks whose offset is remembered. */
const MOST_REMEMBERED = 20_000;
const offsets = new Map<string, number>();

/** Whether a name is a time zone: one of the IANA database, or an offset such as `+01:00`. */
export function isZone(zone: string): boolean {
  if (fixedOffset(zone) !== undefined) return true;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What a wall clock of the zone shows at an instant (milliseconds since 1970). Throws a RangeError for an unknown zone. */
export function wallTimeOf(instant: number, zone: string): WallTime {
  return instant + (fixedOffset(zone) ?? offsetAt(instant, zone));
}

/** What clocks are ahead of UTC. To ask the calendar is slow; clocks change once in a week at most, so where both its ends agree all of it does. */
function offsetAt(instant: number, zone: string): number {
  const week = Math.floor(instant / WEEK);
  const begin = offsetOfWeek(week, zone);
  return begin === offsetOfWeek(week + 1, zone) ? begin : readClock(instant, zone) - instant;
}

function offsetOfWeek(week: number, zone: string): number {
  const key = `${zone} ${String(week)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = readClock(week * WEEK, zone) - week * WEEK;
    if (offsets.size >= MOST_REMEMBERED) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

function readClock(instant: number, zone: string): WallTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const whole = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
  return whole + (((instant % SECOND) + SECOND) % SECOND);
}

/**
 * Every instant at which a wall clock of the zone shows this, the earliest first: two in the hour that comes twice. A time that is left
 * out when the clocks go forward is the instant at which they do.
 */
export function instantsOf(wall: WallTime, zone: string): readonly [number, ...number[]] {
  const before = wallTimeOf(wall - DAY, zone) - (wall - DAY);
  const after = wallTimeOf(wall + DAY, zone) - (wall + DAY);
  const found = [...new Set([wall - before, wall - after])].filter((instant) => wallTimeOf(instant, zone) === wall).sort((a, b) => a - b);
  const [first, ...more] = found;
  return first === undefined ? [changeBetween(wall - after, wall - before, zone)] : [first, ...more];
}

/** The first whole second with the later offset, where the clocks of a zone change once between two instants. */
function changeBetween(from: number, to: number, zone: string): number {
  const offset = wallTimeOf(to, zone) - to;
  let [low, high] = [Math.floor(from / SECOND), Math.ceil(to / SECOND)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallTimeOf(middle * SECOND, zone) - middle * SECOND === offset) high = middle;
    else low = middle;
  }
  return high * SECOND;
}

/** Midnight at the begin of the day of a wall clock. */
export function startOfDay(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY;
}

/** 0 Sunday … 6 Saturday. */
export function weekday(wall: WallTime): number {
  return new Date(wall).getUTCDay();
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant for people: `Sat 28 Nov 2026, 22:00`, by the clocks of a zone. */
export function wallText(instant: number, zone: string): string {
  const wall = new Date(wallTimeOf(instant, zone));
  const day = `${WEEKDAYS[wall.getUTCDay()] ?? ''} ${String(wall.getUTCDate())} ${MONTHS[wall.getUTCMonth()] ?? ''}`;
  return `${day} ${String(wall.getUTCFullYear())}, ${wall.toISOString().slice(11, 16)}`;
}

/** Milliseconds of `Z`, `+01:00`; undefined for a zone with a name. */
function fixedOffset(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'UTC') return 0;
  const match = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (match === null) return undefined;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * MINUTE;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}
