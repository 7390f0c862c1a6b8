import type { Position, Range as ClientRange } from 'vscode-languageserver/node';
import { LineIndex } from '../../language/index.js';
import type { Range, TextEdit } from '../../language/index.js';

/** How the client counts within a line: units of UTF-16, or bytes of UTF-8. */
export type Encoding = 'utf-8' | 'utf-16';

/** The places of one text, as the client counts them and as the language does. */
export class TextPlaces {
  readonly #text: string;
  readonly #encoding: Encoding;
  readonly #lines: LineIndex;

  constructor(text: string | LineIndex, encoding: Encoding) {
    this.#lines = typeof text === 'string' ? new LineIndex(text) : text;
    this.#text = this.#lines.text;
    this.#encoding = encoding;
  }

  get text(): string {
    return this.#text;
  }

  /** Those of the text in which a part is replaced. */
  replaced(part: Range, by: string): TextPlaces {
    return new TextPlaces(this.#lines.replaced(part, by), this.#encoding);
  }

  position(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), this.#text.length);
    const { line } = this.#lines.position(inside);
    const start = this.#lines.lineStart(line);
    return { line: line - 1, character: this.#encoding === 'utf-16' ? inside - start : this.#bytes(start, inside) };
  }

  range({ start, end }: Range): ClientRange {
    return { start: this.position(start), end: this.position(end) };
  }

  edit({ range, text }: TextEdit): { readonly range: ClientRange; readonly newText: string } {
    return { range: this.range(range), newText: text };
  }

  /** A place behind the end of its line is the end of the line; a line behind the last one is the end of the text. */
  offset({ line, character }: Position): number {
    if (line < 0) return 0;
    if (line >= this.#lines.lineCount) return this.#text.length;
    const start = this.#lines.lineStart(line + 1);
    const end = this.#endOfLine(start, line);
    const wanted = Math.max(character, 0);
    return this.#encoding === 'utf-16' ? Math.min(start + wanted, end) : this.#afterBytes(start, end, wanted);
  }

  offsets({ start, end }: ClientRange): Range {
    const [from, to] = [this.offset(start), this.offset(end)];
    return { start: Math.min(from, to), end: Math.max(from, to) };
  }

  #endOfLine(start: number, line: number): number {
    let end = line + 1 < this.#lines.lineCount ? this.#lines.lineStart(line + 2) : this.#text.length;
    while (end > start && /[\r\n]/.test(this.#text.charAt(end - 1))) end--;
    return end;
  }

  #bytes(start: number, end: number): number {
    return Buffer.byteLength(this.#text.slice(start, end), 'utf8');
  }

  #afterBytes(start: number, end: number, wanted: number): number {
    let at = start;
    for (let bytes = 0; at < end;) {
      const character = String.fromCodePoint(this.#text.codePointAt(at) as number);
      bytes += Buffer.byteLength(character, 'utf8');
      if (bytes > wanted) break;
      at += character.length;
    }
    return at;
  }
}
