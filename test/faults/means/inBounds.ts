import type { Range, TextEdit } from '../../../src/language/index.js';

/** The texts that answers speak about, by file. */
export type Texts = ReadonlyMap<string, string>;

/** Throws where a place lies outside of its file, or in none. */
export function assertInside(texts: Texts, file: string, { start, end }: Range, what: string): void {
  const length = texts.get(file)?.length ?? -1;
  if (!(start >= 0 && start <= end && end <= length))
    throw new Error(`${what}: ${String(start)}-${String(end)} is outside of ${file}, which has ${String(length)} characters`);
}

/** Throws where edits lie outside of their files, are out of order, or change the same text twice. Gives the texts with the edits made. */
export function edited(texts: Texts, edits: ReadonlyMap<string, readonly TextEdit[]>, what: string): Texts {
  const made = new Map(texts);
  for (const [file, ofFile] of edits) {
    const text = texts.get(file) ?? '';
    let at = 0;
    let after = '';
    for (const { range, text: put } of ofFile) {
      assertInside(texts, file, range, what);
      if (range.start < at) throw new Error(`${what}: two edits change the text at ${String(range.start)} of ${file}`);
      after += text.slice(at, range.start) + put;
      at = range.end;
    }
    made.set(file, after + text.slice(at));
  }
  return made;
}
