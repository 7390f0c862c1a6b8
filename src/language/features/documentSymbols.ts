import type { OutlineNode } from '../project.js';
import type { Range } from '../text/range.js';
import type { MemberNode, SyntaxNode } from '../text/syntaxNode.js';
import { itemsOf, memberOf, membersOf, solid, textOf, wholeOf } from './symbols/nodes.js';
import { DECLARED_IN } from './symbols/symbol.js';
import type { SymbolKind } from './symbols/symbol.js';

/** One entry of the outline of a file: a part of it, something it declares, or a step. */
export interface DocumentSymbol {
  readonly name: string;
  /** What is said beside the name: a title, an action. */
  readonly detail: string;
  /** `part`: a key of the file. `phase`: a step that holds steps. `item`: what has no name of its own. */
  readonly kind: SymbolKind | 'part' | 'phase' | 'item';
  readonly range: Range;
  /** Within `range`. */
  readonly selection: Range;
  readonly children: readonly DocumentSymbol[];
}

/** What the members of the keys of a runbook or an inventory are. */
const KINDS: Readonly<Record<string, SymbolKind>> = { ...DECLARED_IN, advisories: 'advisory', hosts: 'host', vars: 'role' };
const SECTIONS: ReadonlySet<string> = new Set(['prerequisites', 'procedures', 'steps', 'finally']);

/** The parts of a file with all that stands in them, in order, from broken text too. `steps` is the outline of its steps. */
export function documentSymbolsOf(root: SyntaxNode | undefined, steps: readonly OutlineNode[]): readonly DocumentSymbol[] {
  return membersOf(root).flatMap((member): DocumentSymbol[] => {
    const name = member.key.text;
    const inside = SECTIONS.has(name) ? steps.filter(({ section }) => section === name).map(stepSymbol) : declaredIn(member);
    if (inside.length === 0) return [];
    return [within({ name, detail: '', kind: 'part', range: wholeOf(member.key, member.value), selection: member.key, children: inside })];
  });
}

function declaredIn({ key: part, value }: MemberNode): readonly DocumentSymbol[] {
  const kind = Object.hasOwn(KINDS, part.text) ? KINDS[part.text] : undefined;
  const members = membersOf(value).map(({ key, value: of }): DocumentSymbol => {
    const detail = textOf(memberOf(of, 'title')) ?? textOf(of) ?? '';
    return within({ name: key.text, detail, kind: kind ?? 'item', range: wholeOf(key, of), selection: key, children: [] });
  });
  const items = itemsOf(value).flatMap((item): DocumentSymbol[] => {
    const found = solid(item);
    if (item === undefined || found?.kind !== 'mapping') return [];
    const [name, detail] = ['id', 'title', 'use', 'text', 'because'].flatMap((key) => textOf(memberOf(found, key)) ?? []);
    return [within({ name: name ?? part.text, detail: detail ?? '', kind: kind ?? 'item', range: item, selection: item, children: [] })];
  });
  return [...members, ...items].filter(({ name }) => name !== '');
}

function stepSymbol({ id, title, action, section, range, selection, children }: OutlineNode): DocumentSymbol {
  const isProcedure = action === 'steps' && section === 'procedures' && id === title;
  return within({
    name: title === '' ? (id ?? 'step') : title,
    detail: action ?? '',
    kind: isProcedure ? 'procedure' : children.length > 0 ? 'phase' : 'step',
    range,
    selection,
    children: children.map(stepSymbol),
  });
}

/** Plain ranges, the selection within the whole. */
function within(symbol: DocumentSymbol): DocumentSymbol {
  const { range, selection } = symbol;
  const isInside = range.start <= selection.start && selection.end <= range.end;
  const whole = { start: range.start, end: range.end };
  return { ...symbol, range: whole, selection: isInside ? { start: selection.start, end: selection.end } : whole };
}
