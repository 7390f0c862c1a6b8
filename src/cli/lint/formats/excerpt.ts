import { plainText } from './plainText.js';

/** A line of source as a terminal shows it, and what stands under it. */
export interface Excerpt {
  readonly text: string;
  readonly marks: string;
}

/** What one character of the source looks like, and how many columns of a terminal it takes. */
interface Cell {
  readonly shown: string;
  readonly width: number;
  readonly marked: boolean;
}

/** No terminal is wider; of a line that is far longer only so much before and behind the mark is looked at. */
const NEAR = 1000;

/** Characters that most terminals draw two columns wide. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
/** Characters drawn onto the one before. */
const COMBINING = /[\p{Mn}\p{Me}\u200c\u200d]/u;

/**
 * A line of source with `^^^` under the columns from `start` up to `end` (from 1, in UTF-16 units), one at least. Of a line with more than `width`
 * columns, what surrounds the mark.
 */
export function excerptOf(line: string, start: number, end: number, width: number): Excerpt {
  const skipped = Math.max(0, Math.min(start, line.length) - NEAR);
  const near = line.slice(skipped, skipped + 2 * NEAR);
  const cells = cellsOf(near, start - 1 - skipped, Math.max(end, start + 1) - 1 - skipped);
  const { from, to } = section(cells, width);
  const [cutBefore, cutAfter] = [from + skipped > 0 ? '…' : '', to < cells.length || skipped + near.length < line.length ? '…' : ''];
  const shown = cells.slice(from, to);
  const text = plainText(shown.map((cell) => cell.shown).join(''));
  const marks = shown.map((cell) => (cell.marked ? '^' : ' ').repeat(cell.width)).join('');
  return { text: `${cutBefore}${text}${cutAfter}`.trimEnd(), marks: `${' '.repeat(cutBefore.length)}${marks}`.trimEnd() || '^' };
}

/** The line by characters; at its end a blank that can be marked. */
function cellsOf(line: string, start: number, end: number): readonly Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  for (const character of [...line, ' ']) {
    const marked = (at < end && at + character.length > start) || (at === line.length && start > at);
    const shown = character === '\t' ? '  ' : plainText(character);
    cells.push({ shown, width: widthOf(shown), marked });
    at += character.length;
  }
  return cells;
}

function widthOf(shown: string): number {
  if (COMBINING.test(shown)) return 0;
  return WIDE.test(shown) ? 2 : shown.length === 2 && !shown.startsWith(' ') ? 1 : shown.length;
}

/** Which cells fit into so many columns: all, or some before the mark and what follows. */
function section(cells: readonly Cell[], width: number): { readonly from: number; readonly to: number } {
  const room = Math.max(width, 20);
  const fits = (from: number, columns: number): number => {
    let [to, left] = [from, columns];
    for (; to < cells.length && (cells[to] as Cell).width <= left; to++) left -= (cells[to] as Cell).width;
    return to;
  };
  if (fits(0, room + 1) === cells.length) return { from: 0, to: cells.length };
  let from = Math.max(
    0,
    cells.findIndex(({ marked }) => marked),
  );
  let before = Math.floor(room / 3);
  while (from > 0 && (cells[from - 1] as Cell).width <= before) before -= (cells[--from] as Cell).width;
  return { from, to: Math.max(from + 1, fits(from, room - 2)) };
}
