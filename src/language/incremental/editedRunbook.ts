import type { Diagnostic } from '../diagnostic.js';
import { MAX_SCALARS, checkSize } from '../parser/limits.js';
import { judged } from '../parser/parse.js';
import type { RunbookReading } from '../parser/parse.js';
import type { ParsedRunbook } from '../project.js';
import type { Runbook } from '../schema/generated/runbook.js';
import { validateStep } from '../schema/validate.js';
import { LineIndex } from '../text/lineIndex.js';
import { PositionIndex } from '../text/positions.js';
import type { Edit } from './edit.js';
import { editBetween } from './edit.js';
import { shiftedFrame } from './frame.js';
import type { Frame } from './frame.js';
import { FramedPositions } from './framedPositions.js';
import type { Home } from './framedPositions.js';
import { endOfItem } from './itemLines.js';
import { readItem, scalarsIn } from './readItem.js';
import { shiftBy, shiftedDiagnostic } from '../text/shift.js';
import type { Shift } from '../text/shift.js';
import { labelOf, stepItemsOf } from './stepItem.js';
import type { StepItem } from './stepItem.js';
import { replacedAt } from './replacedAt.js';

/** This far from the limit, both readers count words alike. */
const MOST_SCALARS = MAX_SCALARS - 1000;

/** A text taken apart into its steps and what is around them. Never changed: an edit makes another. */
interface Apart {
  readonly text: string;
  readonly value: object;
  /** In order of place. */
  readonly items: readonly StepItem[];
  /** Where the first line of each item begins. */
  readonly starts: readonly number[];
  readonly frame: Frame;
  /** Trouble with the shape of what is around the steps. */
  readonly diagnostics: readonly Diagnostic[];
  readonly homes: WeakMap<object, Home>;
  /** At least as many keys and values as there are. */
  readonly scalars: number;
}

/** A runbook after an edit; `next` is absent where the text is broken, so that what follows is compared with what was sound last. */
export interface Edited {
  readonly parsed: ParsedRunbook;
  readonly next?: EditedRunbook;
}

/** A sound text of a runbook, from which one that differs in one step is read without reading the others. */
export class EditedRunbook {
  readonly #file: string;
  readonly #apart: Apart;
  readonly #parsed: ParsedRunbook;

  private constructor(apart: Apart, parsed: ParsedRunbook) {
    this.#file = parsed.file;
    this.#apart = apart;
    this.#parsed = parsed;
  }

  /** Undefined for what cannot be read in parts: a text with aliases, or close to a limit. */
  static from({ parsed, sound }: RunbookReading): EditedRunbook | undefined {
    const scalars = scalarsIn(sound?.root);
    const value = sound?.shape.value;
    if (sound === undefined || scalars === undefined || scalars > MOST_SCALARS || typeof value !== 'object' || value === null)
      return undefined;
    const bare = stepItemsOf(parsed.text, sound.root, value);
    const { items, rest } = withDiagnostics(parsed.text, bare, sound.shape.diagnostics);
    const homes = new WeakMap<object, Home>();
    for (const item of items) settle(item.step, { item, places: sound.shape.positions }, homes);
    const frame = new Map([...sound.shape.positions.entries].filter(([part]) => !homes.has(part)));
    const starts = items.map(({ origin }) => origin);
    return new EditedRunbook({ text: parsed.text, value, items, starts, frame, diagnostics: rest, homes, scalars }, parsed);
  }

  /** The runbook that another text is; undefined where only reading all of it can tell. */
  read(text: string): Edited | undefined {
    const before = this.#apart;
    if (text === before.text) return { parsed: this.#parsed, next: this };
    const edit = editBetween(before.text, text);
    const at = before.starts.findLastIndex((start) => start <= edit.start);
    const item = before.items[at];
    const start = before.starts[at];
    if (item === undefined || start === undefined || checkSize(text) !== undefined) return undefined;
    const lines = linesOf(item, start, edit, before.text, text);
    const next = before.starts[at + 1] ?? Infinity;
    if (lines === undefined || next < lines.oldEnd || this.#endOf(item, start) > lines.oldEnd) return undefined;
    const read = readItem(text.slice(start, lines.newEnd), item.path.length);
    if (read === undefined) return undefined;
    const shared = { kind: 'runbook', file: this.#file, text, lines: new LineIndex(text) } as const;
    if (read.kind === 'broken') {
      const found = read.diagnostics.map((diagnostic) => shiftedDiagnostic(diagnostic, this.#file, shiftBy(start)));
      return { parsed: { ...shared, value: undefined, positions: new PositionIndex(), diagnostics: judged(found, false).diagnostics } };
    }
    const scalars = before.scalars + read.scalars;
    if (scalars > MOST_SCALARS) return undefined;
    const shape = validateStep(this.#file, text.slice(start, lines.newEnd), read.node, labelOf(item));
    const made: StepItem = { ...item, step: shape.value as object, origin: 0, diagnostics: shape.diagnostics };
    settle(made.step, { item: made, places: shape.positions }, before.homes);
    const { value, madeAnew } = replacedAt(before.value, item.path, made.step);
    const delta = text.length - before.text.length;
    const shift = shiftAround(start, lines.oldEnd, delta, start + read.node.end);
    const after: Apart = {
      text,
      value,
      items: before.items.with(at, made),
      starts: before.starts.map((other, index) => (index > at ? other + delta : other)),
      frame: shiftedFrame(before.frame, madeAnew, shift),
      diagnostics: before.diagnostics.map((diagnostic) => shiftedDiagnostic(diagnostic, this.#file, shift)),
      homes: before.homes,
      scalars,
    };
    const parsed: ParsedRunbook = { ...shared, ...this.#judged(after) };
    return { parsed, next: new EditedRunbook(after, parsed) };
  }

  #judged(apart: Apart): Pick<ParsedRunbook, 'value' | 'positions' | 'diagnostics'> {
    const { items, starts, frame, homes } = apart;
    const found = items.flatMap(({ diagnostics, origin }, index) =>
      diagnostics.map((diagnostic) => shiftedDiagnostic(diagnostic, this.#file, shiftBy((starts[index] ?? 0) - origin))),
    );
    const { isWhole, diagnostics } = judged([...apart.diagnostics, ...found], true);
    const positions = new FramedPositions(frame, homes, new Map(items.map((item, index) => [item, starts[index] ?? 0])));
    return { value: isWhole ? (apart.value as Runbook) : undefined, positions, diagnostics };
  }

  /** Behind the last visible character of a step. */
  #endOf(item: StepItem, start: number): number {
    const end = this.#apart.homes.get(item.step)?.places.of(item.step)?.end;
    return end === undefined ? Infinity : end - item.origin + start;
  }
}

/** Where the lines of an item end before and after an edit that is within them and leaves its dash alone; undefined for others. */
function linesOf(
  { indent }: StepItem,
  start: number,
  edit: Edit,
  before: string,
  after: string,
): { readonly oldEnd: number; readonly newEnd: number } | undefined {
  if (edit.start < start + indent + 2) return undefined;
  const oldEnd = endOfItem(before, start, indent);
  const newEnd = endOfItem(after, start, indent);
  return edit.oldEnd <= oldEnd && newEnd - oldEnd === after.length - before.length ? { oldEnd, newEnd } : undefined;
}

/** For what is around an item. What ended with the item ends with it again. */
function shiftAround(start: number, oldEnd: number, delta: number, itemEnd: number): Shift {
  return (range) => {
    if (range.start >= oldEnd) return { start: range.start + delta, end: range.end + delta };
    const end = range.end <= start ? range.end : range.end <= oldEnd ? itemEnd : range.end + delta;
    return { start: range.start, end };
  };
}

/** Says of all data of a step that its places are kept with it. */
function settle(data: unknown, home: Home, homes: WeakMap<object, Home>): void {
  if (typeof data !== 'object' || data === null) return;
  homes.set(data, home);
  for (const part of Object.values(data)) settle(part, home, homes);
}

function withDiagnostics(
  text: string,
  items: readonly StepItem[],
  diagnostics: readonly Diagnostic[],
): { readonly items: readonly StepItem[]; readonly rest: readonly Diagnostic[] } {
  const own = new Map<StepItem, Diagnostic[]>();
  const rest = diagnostics.filter((diagnostic) => {
    const item = items.findLast(({ origin }) => origin <= diagnostic.range.start);
    if (item === undefined || endOfItem(text, item.origin, item.indent) < diagnostic.range.end) return true;
    own.set(item, [...(own.get(item) ?? []), diagnostic]);
    return false;
  });
  return { items: items.map((item) => (own.has(item) ? { ...item, diagnostics: own.get(item) ?? [] } : item)), rest };
}
