import { relative, sep } from 'node:path';
import { LineIndex } from '../../language/index.js';
import type { Range } from '../../language/index.js';
import type { Place } from './report.js';

/** A file as a report names it: seen from where the command was called, with `/`. */
export function reportedName(cwd: string, file: string): string {
  const name = relative(cwd, file).replaceAll(sep, '/');
  return name === '' ? '.' : name;
}

/** Lines and columns of files whose texts are known; a text is looked at when one of its places is asked for. */
export class Places {
  readonly #texts: Map<string, string>;
  readonly #lines = new Map<string, LineIndex>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = new Map(texts);
  }

  add(file: string, text: string): void {
    this.#texts.set(file, text);
  }

  has(file: string): boolean {
    return this.#texts.has(file);
  }

  /** A stretch of a file; its beginning where the text is not known. */
  of(file: string, { start, end }: Range): Place {
    const lines = this.#lines.get(file) ?? new LineIndex(this.#texts.get(file) ?? '');
    this.#lines.set(file, lines);
    const [first, last] = [lines.position(start), lines.position(end)];
    return { line: first.line, column: first.column, endLine: last.line, endColumn: last.column };
  }
}
