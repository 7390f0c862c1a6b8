import type { TextEdit } from '../../text/range.js';
import type { Atom, Column } from './atom.js';
import { columnOf } from '../../text/lines.js';

/** One level of indentation. */
const STEP = 2;
const ONLY_SPACE = /^[ \t\r\n]*$/;

/** What turns the space between the parts of a text into that of the house style. Undefined where there is something else between them. */
export function gapEdits(text: string, atoms: readonly Atom[]): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  let end = 0;
  for (const [index, atom] of atoms.entries()) {
    const gap = text.slice(end, atom.start);
    if (!ONLY_SPACE.test(gap)) return undefined;
    const breaks = gap.match(/\r?\n/g) ?? [];
    const fresh = end === 0 || text[end - 1] === '\n';
    const wanted = atom.body
      ? (breaks[0] ?? '')
      : fresh || breaks.length > 0
        ? emptyLine(breaks, end, fresh) + ' '.repeat(indentationOf(text, atoms, index))
        : atom.blanks === undefined
          ? gap || ' '
          : ' '.repeat(atom.blanks);
    if (wanted !== gap) edits.push({ range: { start: end, end: atom.start }, text: wanted });
    edits.push(...atom.inside);
    end = atom.end;
  }
  const rest = text.slice(end);
  if (!ONLY_SPACE.test(rest)) return undefined;
  const last = text[end - 1] === '\n' ? '' : (/\r?\n/.exec(rest)?.[0] ?? (text.includes('\r\n') ? '\r\n' : '\n'));
  if (rest !== last) edits.push({ range: { start: end, end: text.length }, text: last });
  return edits.map((edit) => smallest(text, edit)).filter(({ range, text: put }) => range.start < range.end || put !== '');
}

/** The line break, and one empty line where there was any; none at the beginning of the text. */
function emptyLine(breaks: readonly string[], end: number, fresh: boolean): string {
  if (end === 0) return '';
  return fresh ? (breaks[0] ?? '') : (breaks[0] ?? '') + (breaks[1] ?? '');
}

function indentationOf(text: string, atoms: readonly Atom[], index: number): number {
  const atom = atoms[index] as Atom;
  return atom.indentation ?? besides(text, atoms, index);
}

/** Columns of a comment on lines of its own: it stays with what it is in line with, above all with what follows. */
function besides(text: string, atoms: readonly Atom[], index: number): number {
  const at = columnOf(text, (atoms[index] as Atom).start);
  const next = atoms.slice(index + 1).find((atom) => !atom.comment);
  const before = atoms.slice(0, index).findLast((atom) => !atom.comment);
  const near = [next === undefined ? { before: 0, after: 0 } : { before: columnOf(text, next.start), after: next.indentation ?? 0 }];
  for (let column: Column | undefined = before?.column; column !== undefined; column = column.parent) near.push(column);
  const outermost = near.reduce((deepest, column) => (column.before > deepest.before ? column : deepest));
  // What is further in than everything else belongs to what is above; below a block scalar it would become a part of it.
  if (at > outermost.before && before?.body !== true) return outermost.after + STEP;
  return near.reduce((best, column) => (Math.abs(column.before - at) < Math.abs(best.before - at) ? column : best)).after;
}

/** The same edit without what it leaves as it is. */
function smallest(text: string, { range, text: put }: TextEdit): TextEdit {
  let [start, end, last] = [range.start, range.end, put.length];
  while (end > start && last > 0 && text[end - 1] === put[last - 1]) {
    end--;
    last--;
  }
  let from = 0;
  while (start < end && from < last && text[start] === put[from]) {
    start++;
    from++;
  }
  return { range: { start, end }, text: put.slice(from, last) };
}
