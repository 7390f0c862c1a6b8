import { comparisonHolds } from './comparison.js';
import { compareVersions } from './version.js';

type Comparator = '<' | '<=' | '>' | '>=' | '=';

interface Bound {
  readonly comparator: Comparator;
  readonly version: string;
}

/** Versions that are meant together: any of `alternatives`, each of which is all of its bounds. */
export interface VersionRange {
  readonly alternatives: readonly (readonly Bound[])[];
}

const BOUND = /^\s*,?\s*(<=|>=|<|>|=)?\s*(v?\d+(?:[.-]\w+)*(?: [A-Z]+(?![\w.]))?)/;

/**
 * Reads `>= 7.1.000015`, `>= 10.0 < 10.6`, `9.1 || >= 9.3`: a space or comma means and, `||` or; a version by itself means that one.
 * Undefined for anything else.
 */
export function parseVersionRange(text: string): VersionRange | undefined {
  const alternatives: Bound[][] = [];
  for (const part of text.split('||')) {
    const bounds: Bound[] = [];
    let rest = part;
    while (rest.trim() !== '') {
      const match = BOUND.exec(rest);
      if (match?.[2] === undefined) return undefined;
      bounds.push({ comparator: (match[1] ?? '=') as Comparator, version: match[2] });
      rest = rest.slice(match[0].length);
    }
    if (bounds.length === 0) return undefined;
    alternatives.push(bounds);
  }
  return { alternatives };
}

/** Whether a version lies in a range. */
export function isWithin(version: string, range: VersionRange): boolean {
  return range.alternatives.some((bounds) =>
    bounds.every((bound) => comparisonHolds(compareVersions(version, bound.version), bound.comparator)),
  );
}

/** Whether a range has any version below another one; by itself: whether it has any at all. Between two versions there is always room. */
export function hasVersionBelow(range: VersionRange, version?: string): boolean {
  return range.alternatives.some(
    (bounds) =>
      !isEmpty(bounds) && (version === undefined || lowerBounds(bounds).every((bound) => compareVersions(bound.version, version) < 0)),
  );
}

/** Whether a range has a version, or any above it. */
export function hasVersionFrom(range: VersionRange, version: string): boolean {
  return range.alternatives.some(
    (bounds) =>
      !isEmpty(bounds) &&
      upperBounds(bounds).every(
        (bound) =>
          compareVersions(bound.version, version) > 0 || comparisonHolds(compareVersions(version, bound.version), bound.comparator),
      ),
  );
}

function isEmpty(bounds: readonly Bound[]): boolean {
  return lowerBounds(bounds).some((lower) =>
    upperBounds(bounds).some((upper) => {
      const order = compareVersions(lower.version, upper.version);
      return order > 0 || (order === 0 && (lower.comparator === '>' || upper.comparator === '<'));
    }),
  );
}

function lowerBounds(bounds: readonly Bound[]): readonly Bound[] {
  return bounds.filter(({ comparator }) => comparator !== '<' && comparator !== '<=');
}

function upperBounds(bounds: readonly Bound[]): readonly Bound[] {
  return bounds.filter(({ comparator }) => comparator !== '>' && comparator !== '>=');
}

/** Every version a range names, in the order of its text. */
export function versionsOfRange(range: VersionRange): readonly string[] {
  return range.alternatives.flatMap((bounds) => bounds.map(({ version }) => version));
}
