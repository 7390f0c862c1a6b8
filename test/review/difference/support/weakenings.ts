import { isMap, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { copyOf, written } from '../../../mutants/support/tree.js';
import type { Tree } from '../../../mutants/support/tree.js';
import type { ChangeKind } from '../../../../src/review/index.js';

type Path = readonly (string | number)[];

/** A document in which one protection is missing or less, and what must be said of it. */
export interface Weakening {
  /** `timeout removed: steps/3/timeout`. */
  readonly what: string;
  readonly kinds: readonly ChangeKind[];
  readonly text: string;
  /** Where it was written: the change says a place within this one of the old text … */
  readonly old?: readonly [number, number];
  /** … or within this one of the new text. */
  readonly now?: readonly [number, number];
}

/** A place in the data of a document. */
interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: unknown;
}

/** Every place of a document, from the outermost. */
function placesIn(value: unknown, path: Path = [], parent: unknown = undefined): readonly Place[] {
  const here: Place[] = path.length === 0 ? [] : [{ path, value, key: path.at(-1) ?? '', parent }];
  if (Array.isArray(value)) return [...here, ...value.flatMap((item: unknown, index) => placesIn(item, [...path, index], value))];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key], value))];
}

/** Ways to weaken a document, each with what must be said. Nothing in it is shared: what an alias stands for is there as often as it is used. */
export class Weakener {
  readonly text: string;
  readonly data: Tree;
  readonly places: readonly Place[];
  readonly #document: Document;

  constructor(text: string) {
    this.data = copyOf(text);
    this.text = written(this.data);
    this.#document = parseDocument(this.text);
    this.places = placesIn(this.data);
  }

  /** Without a key or an item. */
  without(path: Path, what: string, ...kinds: readonly ChangeKind[]): Weakening {
    const text = this.#changed(path, (parent, key) => {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete (parent as Tree)[String(key)];
    });
    return { what: `${what}: ${path.join('/')}`, kinds, text, old: rangeOf(this.#document, path) };
  }

  /** With another value at a place, which may be new. */
  with(path: Path, value: unknown, what: string, ...kinds: readonly ChangeKind[]): Weakening {
    const text = this.#changed(path, (parent, key) => ((parent as Tree)[String(key)] = value));
    return { what: `${what}: ${path.join('/')}`, kinds, text, now: rangeOf(parseDocument(text), path) };
  }

  #changed(path: Path, change: (parent: unknown, key: string | number) => void): string {
    const copy = structuredClone(this.data);
    const parent = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Tree)[String(key)], copy);
    change(parent, path.at(-1) ?? '');
    return written(copy);
  }
}

function rangeOf(document: Document, path: Path): readonly [number, number] {
  const container = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const node = document.getIn(path, true) as Node | undefined;
  const pair = isMap(container) ? container.items.find((item) => (item.key as { value?: unknown }).value === key) : undefined;
  const start = (pair?.key as Node | undefined)?.range?.[0] ?? node?.range?.[0] ?? 0;
  return [start, node?.range?.[2] ?? start];
}

/** A list of steps, wherever it stands. */
export function isStepList(path: Path): boolean {
  const [top] = path;
  const key = path.at(-1);
  return (
    (path.length === 1 && (top === 'prerequisites' || top === 'steps' || top === 'finally')) ||
    (path.length === 2 && top === 'procedures') ||
    (key === 'steps' && typeof path.at(-2) === 'number')
  );
}
