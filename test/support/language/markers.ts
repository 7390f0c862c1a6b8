import type { Diagnostic } from '../../../src/language/index.js';
import { LineIndex } from '../../../src/language/index.js';

const MARKER = /^\s*#\s*(\^+) (\S+) (.*)$/;

/** Lines such as `#   ^^^^ rule-id part of the message`, which speak of the line above them. */
export function markersIn(text: string): readonly string[] {
  const markers: string[] = [];
  let about = 0;
  text.split('\n').forEach((line, index) => {
    const match = MARKER.exec(line);
    if (match === null) about = index + 1;
    else markers.push(`${about}:${line.indexOf('^') + 1}+${(match[1] as string).length} ${match[2] as string} ${match[3] as string}`);
  });
  return markers.sort();
}

/** Diagnostics in the spelling of {@link markersIn}, with their whole message. */
export function spelledLikeMarkers(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  const lines = new LineIndex(text);
  return diagnostics
    .map(({ code, range, message }) => {
      const { line, column } = lines.position(range.start);
      const rest = text.slice(range.start, range.end).split('\n')[0] as string;
      return `${line}:${column}+${Math.max(1, rest.length)} ${code} ${message}`;
    })
    .sort();
}

/** A text with a marker line for each diagnostic: how a golden file is renewed. */
export function withMarkers(text: string, diagnostics: readonly Diagnostic[], partOf: (message: string) => string): string {
  const lines = new LineIndex(text);
  return text
    .split('\n')
    .filter((line) => !MARKER.test(line))
    .flatMap((line, index) => [
      line,
      ...diagnostics
        .filter(({ range }) => lines.position(range.start).line === index + 1)
        .map(({ code, range, message }) => {
          const { column } = lines.position(range.start);
          const length = Math.max(1, (text.slice(range.start, range.end).split('\n')[0] as string).length);
          return `#${' '.repeat(Math.max(0, column - 2))}${'^'.repeat(length)} ${code} ${partOf(message)}`;
        }),
    ])
    .join('\n');
}
