import { visible } from '../visible.js';

/** How a text is to look. */
export interface Look {
  readonly color: boolean;
  /** Characters in a line. */
  readonly width: number;
}

/** Words in lines of at most `width` characters; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.trimEnd().split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/).filter((part) => part !== '')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

/** Wrapped text behind a mark, its further lines under the first word. */
export function hanging(mark: string, text: string, indent: number, width: number): readonly string[] {
  const at = indent + mark.length;
  return wrap(text, Math.max(width - at, 20)).map((line, index) =>
    index === 0 ? `${' '.repeat(indent)}${mark}${line}` : `${' '.repeat(at)}${line}`,
  );
}

/** Names with their values in a second column. */
export function fields(rows: readonly (readonly [name: string, value: string])[], width: number): readonly string[] {
  const column = Math.max(...rows.map(([name]) => name.length), 0) + 2;
  return rows.flatMap(([name, value]) => hanging(name.padEnd(column), value, 0, width));
}

/**
 * The same value, with every control character in its texts but line breaks as a visible escape: what stands in a runbook must not move
 * the cursor or turn the direction of text.
 */
export function harmless<T>(value: T): T {
  if (typeof value === 'string') return value.split('\n').map(visible).join('\n') as T;
  if (Array.isArray(value)) return value.map(harmless) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, harmless(member)])) as T;
}
