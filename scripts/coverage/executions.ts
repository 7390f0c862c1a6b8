import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';
import type { SourceMapInput } from '@jridgewell/trace-mapping';
import type { Range } from './branches.js';

interface Script {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly { startOffset: number; endOffset: number; count: number }[] }[];
}

interface Recorded {
  readonly result: readonly Script[];
  readonly 'source-map-cache'?: Readonly<Record<string, { readonly lineLengths: readonly number[]; readonly data: SourceMapInput | null }>>;
}

/** How often one process ran each part of one file. */
export interface Execution {
  /**
   * How often the code of a range was begun.
   * Undefined where nothing of it is left in what was run.
   */
  countOf(range: Range): number | undefined;
}

/**
 * What V8 recorded of files, process by process.
 * @param directory what `NODE_V8_COVERAGE` named
 * @param wanted whether a file, by its absolute path, is of interest
 */
export function readExecutions(directory: string, wanted: (file: string) => boolean): ReadonlyMap<string, readonly Execution[]> {
  const found = new Map<string, Execution[]>();
  for (const name of readdirSync(directory)) {
    const recorded = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Recorded;
    for (const script of recorded.result) {
      if (!script.url.startsWith('file:')) continue;
      const file = fileURLToPath(script.url.replace(/[?#].*$/, ''));
      const map = recorded['source-map-cache']?.[script.url];
      if (!wanted(file) || map?.data === undefined || map.data === null || !isOf(map.lineLengths, script)) continue;
      const execution = executionOf(script, map.lineLengths, map.data, readFileSync(file, 'utf8'));
      found.set(file, [...(found.get(file) ?? []), execution]);
    }
  }
  return found;
}

/** Whether lines of these lengths are what was run: of a source that was loaded in two shapes, Node keeps the map of one. */
function isOf(lineLengths: readonly number[], script: Script): boolean {
  const length = lineLengths.reduce((sum, line) => sum + line + 1, -1);
  return script.functions[0]?.ranges[0]?.endOffset === length;
}

function executionOf(script: Script, lineLengths: readonly number[], map: SourceMapInput, text: string): Execution {
  const places = placesOf(lineLengths, map, text);
  // The smallest range around a place is the one that counts; ranges of one script lie in one another, never across.
  const ranges = script.functions.flatMap((part) => part.ranges).sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
  return {
    countOf: (range) => {
      const place = places.find(({ original }) => original >= range.from);
      if (place === undefined || place.original >= range.to) return undefined;
      return ranges.find(({ startOffset, endOffset }) => startOffset <= place.generated && place.generated < endOffset)?.count ?? 0;
    },
  };
}

/** Offsets in the source with the offsets in what was run, in the order of the source. */
function placesOf(
  lineLengths: readonly number[],
  map: SourceMapInput,
  text: string,
): readonly { readonly original: number; readonly generated: number }[] {
  const starts = lineStarts(text.split('\n').map((line) => line.length));
  const generatedStarts = lineStarts(lineLengths);
  const places: { original: number; generated: number }[] = [];
  eachMapping(new TraceMap(map), ({ originalLine, originalColumn, generatedLine, generatedColumn }) => {
    if (originalLine === null) return;
    places.push({
      original: (starts[originalLine - 1] ?? 0) + originalColumn,
      generated: (generatedStarts[generatedLine - 1] ?? 0) + generatedColumn,
    });
  });
  return places.sort((a, b) => a.original - b.original || a.generated - b.generated);
}

function lineStarts(lengths: readonly number[]): readonly number[] {
  let next = 0;
  return lengths.map((length) => {
    const start = next;
    next += length + 1;
    return start;
  });
}
