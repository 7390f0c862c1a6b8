import { LineIndex } from '../../../language/index.js';
import type { Range } from '../../../language/index.js';
import type { Place } from '../report.js';

/** The texts that were checked, by lines. */
export class SourceTexts {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #lines = new Map<string, LineIndex>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  /** A line without its end; undefined where the file or the line is not there. */
  line(file: string, line: number): string | undefined {
    const [text, lines] = [this.#texts.get(file), this.#linesOf(file)];
    if (text === undefined || lines === undefined || line < 1 || line > lines.lineCount) return undefined;
    if (line === lines.lineCount) return text.slice(lines.lineStart(line));
    const next = lines.lineStart(line + 1);
    return text.slice(lines.lineStart(line), text.slice(next - 2, next) === '\r\n' ? next - 2 : next - 1);
  }

  /** Lines and columns of a stretch of a file; undefined where its text is not there. */
  place(file: string, range: Range): Place | undefined {
    const lines = this.#linesOf(file);
    if (lines === undefined) return undefined;
    const [start, end] = [lines.position(range.start), lines.position(range.end)];
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  /** Whether the text of a file begins with a byte order mark. */
  hasMark(file: string): boolean {
    return this.#texts.get(file)?.startsWith('\ufeff') === true;
  }

  #linesOf(file: string): LineIndex | undefined {
    const text = this.#texts.get(file);
    if (text === undefined) return undefined;
    const known = this.#lines.get(file) ?? new LineIndex(text);
    this.#lines.set(file, known);
    return known;
  }
}
