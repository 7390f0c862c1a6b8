import { placesOf, replaced } from './support/mutant.js';
import type { Mutant } from './support/mutant.js';

/** A version that is another one. */
export interface VersionChange extends Mutant {
  readonly before: string;
  readonly after: string;
}

/** Every version that a runbook compares with, as another one: a later one of its line, one of another line, one with a digit missing. */
export function* versionChanges(text: string): Generator<VersionChange> {
  for (const { pair, name, above } of placesOf(text)) {
    const { range } = pair.value as { range?: readonly [number, number, number] };
    if (range === undefined || pair.value === null || typeof (pair.value as { value?: unknown }).value !== 'string') continue;
    const key = String(pair.key.value);
    const written = text.slice(range[0], range[1]);
    const isPath =
      above[0] === 'upgrade' && (key === 'range' || key === 'via' || (above.includes('stops') && (key === 'from' || key === 'to')));
    for (const { index, version } of isPath ? inRange(written) : inCalls(written)) {
      for (const after of othersThan(version)) {
        const at = range[0] + index;
        yield {
          text: replaced(text, at, at + version.length, after),
          what: `version: ${name}: ${version} as ${after}`,
          before: version,
          after,
        };
      }
    }
  }
}

interface Found {
  readonly index: number;
  readonly version: string;
}

function inRange(written: string): readonly Found[] {
  return [...written.matchAll(/\d+(?:\.\d+)+/g)].map((match) => ({ index: match.index, version: match[0] }));
}

/** In `version("…")`, `crosses("…")` and `within("…")`. */
function inCalls(written: string): readonly Found[] {
  return [...written.matchAll(/\b(?:version|crosses|within)\(\s*["']([^"']*)["']/g)].flatMap((call) =>
    inRange(call[1] ?? '').map(({ index, version }) => ({ index: call.index + call[0].indexOf(call[1] ?? '') + index, version })),
  );
}

function othersThan(version: string): readonly string[] {
  const parts = version.split('.');
  const last = parts.at(-1) ?? '';
  const later = [...parts.slice(0, -1), String(Number(last) + 1).padStart(last.length, '0')].join('.');
  const line = [String(Number(parts[0]) + 1), ...parts.slice(1)].join('.');
  const shorter = /^0\d+$/.test(last) || last.length > 3 ? [version.slice(0, -1)] : [];
  return [later, line, ...shorter];
}
