import type { Diagnostic, Range } from '../../language/index.js';

/** A finding that was there when a team began to lint, and that it lives with for now. */
export interface BaselineEntry {
  readonly fingerprint: string;
  /** Relative to the tree, with `/`. */
  readonly file: string;
  readonly rule: string;
  /** What the finding said, for those who read the baseline. */
  readonly message: string;
}

/** A baseline that was read. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

const FORMAT = 1;
const FINGERPRINT = /^[0-9a-f]{32}$/;

/** Text of a baseline: sorted, one finding a line, so that two branches that change it can be merged. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const sorted = [...entries].sort((a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint));
  const lines = sorted.map(({ fingerprint, file, rule, message }) => `    ${JSON.stringify({ fingerprint, file, rule, message })}`);
  return `{\n  "format": ${String(FORMAT)},\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

/** Reads a baseline; undefined for a text that is none. */
export function readBaseline(text: string): Baseline | undefined {
  const parsed = jsonOf(text);
  if (!isRecord(parsed) || parsed['format'] !== FORMAT || !Array.isArray(parsed['findings'])) return undefined;
  const entries = (parsed['findings'] as unknown[]).map(entryOf);
  return entries.every((entry) => entry !== undefined) ? { entries } : undefined;
}

/**
 * Entries that nothing was found for, as information at their places in the text of the baseline. `judged`: whether what an entry tells of would have
 * been found, had it still been there.
 */
export function staleEntries(
  baseline: Baseline,
  text: string,
  found: ReadonlySet<string>,
  judged: (entry: BaselineEntry) => boolean,
): readonly Diagnostic[] {
  return baseline.entries
    .filter((entry) => !found.has(entry.fingerprint) && judged(entry))
    .map(({ fingerprint, file, rule }) => ({
      code: 'stale-baseline',
      severity: 'information',
      range: placeOf(text, fingerprint),
      message: `"${rule}" no longer finds this in ${file}; write the baseline anew, so that it cannot come back unseen`,
    }));
}

function placeOf(text: string, fingerprint: string): Range {
  const start = Math.max(0, text.indexOf(fingerprint));
  return { start, end: start + fingerprint.length };
}

function entryOf(value: unknown): BaselineEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { fingerprint, file, rule, message } = value;
  if (typeof fingerprint !== 'string' || !FINGERPRINT.test(fingerprint)) return undefined;
  if (typeof file !== 'string' || typeof rule !== 'string' || typeof message !== 'string') return undefined;
  return { fingerprint, file, rule, message };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
