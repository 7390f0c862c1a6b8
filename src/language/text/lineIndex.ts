import type { Position, Range } from './range.js';

/** Turns offsets into lines and columns. A line ends with LF, CRLF or CR. */
export class LineIndex {
  readonly #text: string;
  #known: readonly number[] | undefined;

  /** `known`: where its lines begin, where that has been found already. */
  constructor(text: string, known?: readonly number[]) {
    this.#text = text;
    this.#known = known;
  }

  /** The index of the text that comes of this one when a part of it is replaced. Where lines begin elsewhere is not looked for again. */
  replaced({ start, end }: Range, by: string): LineIndex {
    const text = this.#text.slice(0, start) + by + this.#text.slice(end);
    const delta = by.length - (end - start);
    // Whether a line begins at either end of the part depends on both sides of it.
    const before = this.#starts.filter((at) => at === 0 || at < start);
    const between: number[] = [];
    for (let at = Math.max(start, 1); at <= start + by.length; at++) if (beginsLine(text, at)) between.push(at);
    const behind = this.#starts.flatMap((at) => (at > end ? at + delta : []));
    return new LineIndex(text, [...before, ...between, ...behind]);
  }

  /** The text it is about. */
  get text(): string {
    return this.#text;
  }

  /** Found when first asked for: most texts are read anew before anybody wants a line of them. */
  get #starts(): readonly number[] {
    return (this.#known ??= startsOfLines(this.#text));
  }

  /** Line and column of an offset, both 1-based. Offsets outside the text give its nearest end. */
  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(0, offset - (this.#starts[low] as number)) + 1 };
  }

  /** Offset of the start of a 1-based line. */
  lineStart(line: number): number {
    return this.#starts[Math.min(Math.max(line, 1), this.#starts.length) - 1] as number;
  }

  get lineCount(): number {
    return this.#starts.length;
  }
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = 1; at <= text.length; at++) if (beginsLine(text, at)) starts.push(at);
  return starts;
}

/** Whether a line begins behind the first character of a text: after LF, CRLF or CR. */
function beginsLine(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return code === 10 || (code === 13 && text.charCodeAt(at) !== 10);
}
