import type { Range } from '../../text/range.js';
import type { KeyNode, ScalarNode, SyntaxNode } from '../../text/syntaxNode.js';
import { resolveFile } from '../../model/useReference.js';
import { placeOfKey, ScalarPlaces } from './exactPlace.js';
import type { ExactPlace } from './exactPlace.js';
import { membersOf, memberOf, textOf, wholeOf } from './nodes.js';
import { keyOf } from './symbol.js';
import type { Declaration, Occurrence, PathMention, SymbolId, SymbolKind } from './symbol.js';

/** What a declaration is about, beside its name. */
interface Declared {
  readonly id: SymbolId;
  readonly whole: Range;
  readonly title: string | undefined;
  readonly among: number;
}

/** Gathers the names of one file. What an alias repeats stands in the text once, and means there all that it means anywhere. */
export class TableBuilder {
  readonly file: string;
  readonly text: string;
  readonly #found = new Map<number, Occurrence>();
  readonly #declarations = new Map<number, Declaration>();
  readonly #paths = new Map<number, PathMention>();

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  id(kind: SymbolKind, name: string, owner = '', file = this.file): SymbolId {
    return { file, kind, owner, name };
  }

  declare(place: ExactPlace, name: string, declared: Declared): void {
    const occurrence = this.#add(place, name, [[declared.id]], true, false);
    if (occurrence !== undefined && !this.#declarations.has(place.range.start))
      this.#declarations.set(place.range.start, {
        range: occurrence.range,
        name,
        meanings: occurrence.meanings,
        exact: occurrence.exact,
        isPath: false,
        declares: true,
        id: declared.id,
        whole: declared.whole,
        title: declared.title,
        among: declared.among,
      });
  }

  /** Every key of a mapping declares something. */
  declareKeys(node: SyntaxNode | undefined, kind: SymbolKind, owner = ''): void {
    for (const { key, value } of membersOf(node)) this.declareKey(node, key, value, this.id(kind, key.text, owner));
  }

  declareKey(container: SyntaxNode | undefined, key: KeyNode, value: SyntaxNode | undefined, id: SymbolId): void {
    const title = textOf(memberOf(value, 'title'));
    this.declare(placeOfKey(this.text, key), key.text, { id, whole: wholeOf(key, value), title, among: container?.start ?? 0 });
  }

  mention(place: ExactPlace, name: string, meanings: readonly (readonly SymbolId[])[], isPath = false): void {
    this.#add(place, name, meanings, false, isPath);
  }

  mentionKey(key: KeyNode, id: SymbolId): void {
    this.mention(placeOfKey(this.text, key), key.text, [[id]]);
  }

  /** A scalar that is a name as a whole. */
  mentionText(scalar: ScalarNode, id: SymbolId): void {
    const name = String(scalar.value);
    this.mention(new ScalarPlaces(this.text, scalar).whole(), name, [[id]]);
  }

  /** The path of a file, seen from this one. Addresses and absolute paths are none. */
  path(scalar: ScalarNode, path: string): PathMention | undefined {
    if (path === '' || path.includes('${{') || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:|#)/.test(path)) return undefined;
    const place = new ScalarPlaces(this.text, scalar).at(0, path.length);
    const mention: PathMention = {
      ...place,
      scalar: { start: scalar.start, end: scalar.end },
      path,
      rest: String(scalar.value).slice(path.length),
      target: resolveFile(this.file, path),
    };
    this.#paths.set(place.range.start, mention);
    return mention;
  }

  result(): { occurrences: readonly Occurrence[]; declarations: readonly Declaration[]; paths: readonly PathMention[] } {
    const inOrder = <T extends { readonly range: Range }>(all: Map<number, T>): T[] =>
      [...all.values()].sort((a, b) => a.range.start - b.range.start);
    return { occurrences: inOrder(this.#found), declarations: inOrder(this.#declarations), paths: inOrder(this.#paths) };
  }

  #add(
    place: ExactPlace,
    name: string,
    meanings: readonly (readonly SymbolId[])[],
    declares: boolean,
    isPath: boolean,
  ): Occurrence | undefined {
    if (name === '') return undefined;
    const { range, exact } = place;
    const known = this.#found.get(range.start);
    const occurrence: Occurrence =
      known === undefined
        ? { range, name, meanings, exact, isPath, declares }
        : { range, name, meanings: together(known.meanings, meanings), exact, isPath, declares: declares || known.declares };
    this.#found.set(range.start, occurrence);
    return occurrence;
  }
}

function together(some: Occurrence['meanings'], others: Occurrence['meanings']): Occurrence['meanings'] {
  const longer = some.length >= others.length ? some : others;
  return longer.map((_, index) => {
    const both = [...(some[index] ?? []), ...(others[index] ?? [])];
    return [...new Map(both.map((id) => [keyOf(id), id])).values()];
  });
}
