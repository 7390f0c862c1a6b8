/** Cut after so many characters, between two of them, with a mark; in one line unless said otherwise. */
export function cut(text: string, most: number, oneLine = true): string {
  // Texts may be as long as files; a character is at most two units, and what is cut is still longer than what is kept.
  const start = text.slice(0, most * 4);
  const line = oneLine ? start.replace(/\s+/g, ' ').trim() : start;
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** A value in one line, as short as people can still tell it from another one. */
export function short(value: unknown): string {
  if (value === undefined) return 'none';
  return cut(flow(value), MOST_SHOWN);
}

/** Characters of a value in a sentence. */
const MOST_SHOWN = 80;

function flow(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, MOST_SHOWN * 4);
  if (Array.isArray(value)) return value.length === 1 ? flow(value[0]) : `[${value.slice(0, MOST_SHOWN).map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .slice(0, MOST_SHOWN)
    .map(
      ([key, member]) =>
        `${key}: ${typeof member === 'object' && member !== null && !Array.isArray(member) ? `{ ${flow(member)} }` : flow(member)}`,
    )
    .join(', ');
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? 'none') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** A title of the author's in quotes. */
export function quoted(text: string): string {
  return `"${cut(text, 80)}"`;
}

/** `30m → 2h`. */
export function beforeAfter(before: unknown, after: unknown): string {
  return `${short(before)} → ${short(after)}`;
}
