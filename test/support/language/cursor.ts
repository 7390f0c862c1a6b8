/** A text with `|` where the cursor is: without it, and its offset. */
export function withCursor(marked: string): { text: string; offset: number } {
  const offset = marked.lastIndexOf('|');
  if (offset < 0) throw new Error('no cursor in the text');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
