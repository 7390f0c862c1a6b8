import { compareVersions, matchWhole, namedGroups } from '../../language/index.js';

/** Versions of usual shapes, to begin with where a runbook compares with none. */
const SHAPES = ['7.0.2', '7.0', '7.0.2.1', '7', '7.0.000002', '7.0.2-1', 'v7.0.2', '2026.1', '2026.01.1', '7.0.2.100001'];

/**
 * Versions just below, at and just above each of some, of the shape of a scheme; oldest first, each once. Of those between two neighbours one
 * is enough, unless the scheme has fields that conditions may look at.
 */
export function versionPool(named: readonly string[], pattern: string | undefined): readonly string[] {
  const fits = (version: string): boolean => pattern === undefined || matchWhole(pattern, version) !== undefined;
  const bounds = distinct(named.length > 0 ? named : SHAPES.filter(fits).slice(0, 1)).filter(fits);
  const newest = bounds.at(-1);
  const hasFields = pattern !== undefined && namedGroups(pattern).length > 0;
  const around = bounds.flatMap((version, index) => {
    const lower = below(version);
    const previous = bounds[index - 1];
    const between = previous !== undefined && fits(above(previous)) && compareVersions(above(previous), version) < 0;
    const isNew = lower !== undefined && (previous === undefined || compareVersions(previous, lower) < 0);
    return [...(isNew && (hasFields || !between) ? [lower] : []), version, above(version)];
  });
  // Versions above all that are named: a path that crosses nothing, and one to another line.
  const beyond = newest === undefined ? [] : beyondOf(newest);
  return distinct([...around, ...beyond].filter(fits));
}

function distinct(versions: readonly string[]): readonly string[] {
  const sorted = [...versions].sort(compareVersions);
  return sorted.filter((version, index) => index === 0 || compareVersions(sorted[index - 1] ?? '', version) !== 0);
}

function above(version: string): string {
  return raised(version, numbersIn(version).length - 1);
}

function beyondOf(version: string): readonly string[] {
  const higher = numbersIn(version).map((_, index) => raised(version, index));
  return [...higher, `${version}.1`, ...higher.map(above)];
}

/** One more at this part, and 0 behind it. */
function raised(version: string, part: number): string {
  let index = -1;
  return version.replaceAll(/\d+/g, (digits) => {
    index++;
    if (index < part) return digits;
    return (index === part ? String(BigInt(digits) + 1n) : '0').padStart(digits.length, '0');
  });
}

/** One less, carrying as numbers do; undefined for the very first version. */
function below(version: string): string | undefined {
  const numbers = numbersIn(version);
  const last = numbers.findLastIndex((digits) => BigInt(digits) > 0n);
  if (last < 0) return undefined;
  let index = -1;
  return version.replaceAll(/\d+/g, (digits) => {
    index++;
    if (index < last) return digits;
    return index === last ? String(BigInt(digits) - 1n).padStart(digits.length, '0') : '9'.repeat(digits.length);
  });
}

function numbersIn(version: string): readonly string[] {
  return version.match(/\d+/g) ?? [];
}
