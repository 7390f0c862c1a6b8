import type { Range } from '../../text/range.js';
import { lineBreakOf, lineEnd, moved } from './insertMember.js';
import { addToSection } from './section.js';
import { memberOf, valueOf } from '../../text/asWritten.js';
import { stepsIn } from './spots.js';
import type { Rewriting, Selected, StepSpot } from './spots.js';
import { lineStart } from '../../text/lines.js';

/** Makes a procedure of the steps that are selected, which stand side by side, and uses it in their place. */
export function extractProcedure(selected: Selected): Rewriting | undefined {
  const { text, root, range } = selected;
  const spots = stepsSelected(selected);
  const [first] = spots;
  const last = spots.at(-1);
  if (first === undefined || last === undefined || text[first.list.start] !== '-') return undefined;
  const start = dashOf(text, first);
  const column = start === undefined ? undefined : start - lineStart(text, start);
  // Only whole lines can move.
  if (start === undefined || column === undefined || text.slice(lineStart(text, start), start).trim() !== '') return undefined;
  const taken: Range = { start: commentsAbove(text, lineStart(text, start), range.start), end: lineEnd(text, last.step.end) };
  const name = freeName(selected);
  const lineBreak = lineBreakOf(text);
  const lines = text.slice(taken.start, taken.end).split(/\r?\n/);
  const inside = [`  ${name}:`, ...lines.map((line) => moved(line, 4 - column))];
  const added = addToSection(text, root, 'procedures', inside);
  if (added === undefined || (added.range.start > taken.start && added.range.start < taken.end)) return undefined;
  const use = { range: taken, text: `${' '.repeat(column)}- use: '#${name}'` };
  // Where the procedure goes right below the steps themselves, both are one change.
  const edits =
    added.range.start === taken.end
      ? [{ range: taken, text: use.text + added.text }]
      : added.range.start === taken.start
        ? [{ range: taken, text: added.text + (added.text.endsWith(lineBreak) ? '' : lineBreak) + use.text }]
        : [use, added].sort((a, b) => a.range.start - b.range.start);
  return { title: 'Make a procedure of these steps', edits };
}

/** The outermost steps of one list that the selection touches. */
function stepsSelected({ root, range }: Selected): readonly StepSpot[] {
  if (range.start === range.end) return [];
  const touched = [...stepsIn(root)].filter(({ step }) => step.start < range.end && range.start < step.end);
  // A group with one of its steps selected is around the selection, and is not meant.
  const meant = touched.filter(
    ({ step }) => !encloses(step, range) || !touched.some((other) => other.step !== step && within(other.step, step)),
  );
  const list = meant[0]?.list;
  return meant.filter((spot) => spot.list === list);
}

function encloses(step: Range, range: Range): boolean {
  return step.start < range.start && range.end < step.end;
}

function within(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The dash of a list item, on the line the item begins on. */
function dashOf(text: string, { step }: StepSpot): number | undefined {
  const before = /-[ \t]+$/.exec(text.slice(lineStart(text, step.start), step.start));
  return before === null ? undefined : lineStart(text, step.start) + before.index;
}

/** Comments right above the first step go with it as far as they are selected. */
function commentsAbove(text: string, at: number, from: number): number {
  let start = at;
  while (start > from) {
    const before = lineStart(text, start - 1);
    if (!text.slice(before, start).trimStart().startsWith('#')) break;
    start = before;
  }
  return start;
}

function freeName({ root }: Selected): string {
  const procedures = valueOf(root, 'procedures');
  const ids = new Set(
    [...stepsIn(root)].map(({ step }) => valueOf(step, 'id')).map((id) => (id?.kind === 'scalar' ? id.value : undefined)),
  );
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'extracted' : `extracted_${String(number)}`;
    if (memberOf(procedures, name) === undefined && !ids.has(name)) return name;
  }
}
