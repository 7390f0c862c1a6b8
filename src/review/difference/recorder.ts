import type { ParsedDocument, Range } from '../../language/index.js';
import { isAtLeast } from './change.js';
import type { Change, ChangePlace, Danger } from './change.js';
import { dangerOf } from './kinds.js';
import type { ChangeKind } from './kinds.js';
import { cut } from './words.js';

/** A place in a document as its data has it: a mapping or list, or one member of it. Without `container`: the document as a whole. */
export interface Spot {
  readonly document: ParsedDocument;
  readonly container?: object | undefined;
  readonly key?: string | number | undefined;
}

/** Circumstances of a change. */
export interface Told {
  readonly old?: Spot | undefined;
  readonly now?: Spot | undefined;
  readonly path?: string | undefined;
  readonly about?: string;
  readonly danger?: Danger;
}

/** Most characters of what was written that a change carries. */
const LONGEST_QUOTE = 2000;
const LONGEST_SENTENCE = 400;

/** Collects changes. One that was told of the same places already, on another way through the runbook, is told once, with the greater danger. */
export class Recorder {
  readonly #changes = new Map<string, Change>();

  get changes(): readonly Change[] {
    return [...this.#changes.values()];
  }

  add(kind: ChangeKind, what: string, { old, now, path, about, danger }: Told): void {
    const [before, after] = [sourceOf(old), sourceOf(now)];
    this.#put({
      kind,
      danger: danger ?? dangerOf(kind),
      what: cut(what, LONGEST_SENTENCE),
      where: { ...(old === undefined ? {} : { old: placeOf(old) }), ...(now === undefined ? {} : { new: placeOf(now) }) },
      ...(path === undefined ? {} : { path }),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      about: about ?? (typeof now?.key === 'string' ? now.key : typeof old?.key === 'string' ? old.key : ''),
    });
  }

  /** Of something that is no data, such as a comment: a place in the new text. */
  addAt(kind: ChangeKind, what: string, place: ChangePlace, about: string): void {
    this.#put({ kind, danger: dangerOf(kind), what: cut(what, LONGEST_SENTENCE), where: { new: place }, about });
  }

  #put(change: Change): void {
    const key = JSON.stringify([change.kind, change.about, change.where]);
    const told = this.#changes.get(key);
    if (told === undefined) this.#changes.set(key, change);
    else if (told.danger !== change.danger && isAtLeast(change.danger, told.danger))
      this.#changes.set(key, { ...told, danger: change.danger });
  }
}

/** The source of a member; of a step as a whole or of a document, nothing: it would be quoted for every part of it. */
function sourceOf(spot: Spot | undefined): string | undefined {
  if (spot?.container === undefined || spot.key === undefined) return undefined;
  const { document, container, key } = spot;
  const range = document.positions.value(container, key);
  return range === undefined ? undefined : cut(document.text.slice(range.start, range.end), LONGEST_QUOTE, false);
}

/** Where a spot stands: a member with its key, a mapping by its `id` or `title`, a document by its first line. */
export function placeOf({ document, container, key }: Spot): ChangePlace {
  const { file } = document;
  if (container === undefined) return { file, range: lineAt(document, 0) };
  const value = key === undefined ? undefined : document.positions.value(container, key);
  if (value === undefined) return { file, range: headOf(document, container) };
  const start = (typeof key === 'string' ? document.positions.key(container, key)?.start : undefined) ?? value.start;
  return { file, range: { start, end: withoutBlankEnd(document.text, start, value.end) } };
}

function headOf(document: ParsedDocument, container: object): Range {
  const { positions } = document;
  const whole = positions.of(container);
  return positions.value(container, 'id') ?? positions.value(container, 'title') ?? lineAt(document, whole?.start ?? 0);
}

function lineAt({ text }: ParsedDocument, start: number): Range {
  const end = text.indexOf('\n', start);
  return { start, end: withoutBlankEnd(text, start, end < 0 ? text.length : end) };
}

/** A block ends before the line breaks that follow it. */
function withoutBlankEnd(text: string, start: number, end: number): number {
  let last = Math.min(end, text.length);
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--;
  return last;
}
