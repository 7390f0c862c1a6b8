import type { OutlineNode } from '../../language/index.js';
import type { PlanSheet } from '../../protocol/index.js';

/** Where a cursor is: a file as the plan names it, what its text is made of, and an offset. */
export interface CursorPlace {
  readonly file: string;
  readonly outline: readonly OutlineNode[];
  readonly offset: number;
  /** The line of an offset, 1 for the first. */
  readonly lineAt: (offset: number) => number;
}

/** Paths of the rows that stand for the innermost step or group around the cursor, in the order of the plan: a procedure that is used twice has two. */
export function rowsAtCursor(sheet: Pick<PlanSheet, 'sections'>, { file, outline, offset, lineAt }: CursorPlace): readonly string[] {
  const byLine = new Map<number, string[]>();
  for (const { rows } of sheet.sections) {
    for (const { path, place } of rows) {
      if (place.file === file) byLine.set(place.line, [...(byLine.get(place.line) ?? []), path]);
    }
  }
  const around: OutlineNode[] = [];
  let level = outline;
  for (;;) {
    // Before the first word of its line, a cursor is in what begins there.
    const node =
      level.find(({ range }) => range.start <= offset && offset <= range.end) ??
      level.find(({ range }) => offset < range.start && lineAt(range.start) === lineAt(offset));
    if (node === undefined) break;
    around.push(node);
    level = node.children;
  }
  for (const node of around.reverse()) {
    const found = byLine.get(lineAt(node.range.start));
    if (found !== undefined) return found;
  }
  return [];
}
