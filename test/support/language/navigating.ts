import { createLanguageService, LineIndex } from '../../../src/language/index.js';
import type { LanguageService, Place } from '../../../src/language/index.js';
import { withCursor } from './cursor.js';

/** Files of a workspace, with the cursor in the first of them. */
export interface Cursor {
  readonly service: LanguageService;
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  readonly files: ReadonlyMap<string, string>;
}

/** A workspace of these files. The first has a `|` where the cursor is. */
export function cursorIn(marked: Readonly<Record<string, string>>): Cursor {
  const [[file, first] = ['', ''], ...others] = Object.entries(marked);
  const { text, offset } = withCursor(first);
  const files = new Map([[file, text], ...others]);
  return { service: workspaceOf(files), file, text, offset, files };
}

/** A language service that knows these files and lists them. */
export function workspaceOf(files: ReadonlyMap<string, string>): LanguageService {
  return createLanguageService({
    workspace: { readText: async (file) => files.get(file), listFiles: async () => [...files.keys()] },
  });
}

/** Places as `file:line:column text`. */
export function inWords(places: readonly Place[], files: ReadonlyMap<string, string>): readonly string[] {
  return places.map(({ file, range }) => {
    const text = files.get(file) ?? '';
    const { line, column } = new LineIndex(text).position(range.start);
    return `${file.slice(1)}:${String(line)}:${String(column)} ${text.slice(range.start, range.end)}`;
  });
}
