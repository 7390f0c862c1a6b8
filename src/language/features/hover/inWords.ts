import type { TextFormat } from '../../schema/jsonSchema.js';
import { parseDuration } from '../../model/duration.js';
import { parseLeadTime } from '../../model/leadTime.js';
import { parseVersionRange } from '../../model/versionRange.js';
import type { VersionRange } from '../../model/versionRange.js';

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
  [1, 'millisecond'],
];

const COMPARATORS: Readonly<Record<string, (version: string) => string>> = {
  '>=': (version) => `${version} or later`,
  '>': (version) => `later than ${version}`,
  '<=': (version) => `up to ${version}`,
  '<': (version) => `before ${version}`,
  '=': (version) => `exactly ${version}`,
};

/** `1h30m` as "1 hour and 30 minutes"; undefined for what is no duration. */
export function durationInWords(text: string): string | undefined {
  const milliseconds = parseDuration(text);
  return milliseconds === undefined ? undefined : millisecondsInWords(milliseconds);
}

/** `2 working days`, or a duration in words; undefined for neither. */
function leadTimeInWords(text: string): string | undefined {
  const time = parseLeadTime(text);
  if (time === undefined) return undefined;
  return time.unit === 'ms' ? millisecondsInWords(time.value) : `${counted(time.value, 'working day')}: Saturdays and Sundays do not count`;
}

/** `>= 7.1 < 8 || 9.1` as "7.1 or later, and before 8; or exactly 9.1"; undefined for what is no range. */
export function versionRangeInWords(text: string): string | undefined {
  const range: VersionRange | undefined = parseVersionRange(text);
  return range?.alternatives
    .map((bounds) => bounds.map(({ comparator, version }) => COMPARATORS[comparator]?.(version) ?? version).join(', and '))
    .join('; or ');
}

function millisecondsInWords(milliseconds: number): string {
  let rest = milliseconds;
  const parts: string[] = [];
  for (const [size, unit] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(counted(count, unit));
  }
  const last = parts.pop() ?? 'no time at all';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

function counted(count: number, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

/** A value of one of these formats in plain words; undefined for others, and for one that is wrong. */
export function inWords(format: TextFormat | undefined, written: string): string | undefined {
  switch (format) {
    case 'duration':
      return durationInWords(written);
    case 'lead_time':
      return leadTimeInWords(written);
    case 'version_range':
      return versionRangeInWords(written);
    default:
      return undefined;
  }
}
