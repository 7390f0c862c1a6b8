import type { Range } from '../text/range.js';
import type { SymbolKind, SymbolTable } from './symbols/symbol.js';
import { fileName } from '../text/fileName.js';

/** Something declared in some file, as a search lists it. */
export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** What it belongs to: the title of the runbook or inventory, and the role or step within it. */
  readonly container: string;
  readonly file: string;
  readonly range: Range;
}

/** Most that one search gives. */
const MOST = 1000;
/** What nobody looks for by name in other files. */
const INNER: ReadonlySet<SymbolKind> = new Set(['local', 'anchor', 'path', 'field']);

/**
 * What files declare whose names or titles have the letters of the query in their order, any case. Those that begin with the query come first, then
 * those that contain it.
 */
export function findSymbols(tables: Iterable<SymbolTable>, query: string): readonly WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  for (const table of tables) {
    const title = table.declarations.find(({ id }) => id.kind === 'runbook' || id.kind === 'environment');
    const book = title?.title ?? fileName(table.file);
    for (const { id, name, range, title: own } of table.declarations) {
      if (INNER.has(id.kind)) continue;
      const rank = Math.min(rankOf(name, wanted), own === undefined ? Infinity : rankOf(own, wanted) + 1);
      if (rank === Infinity) continue;
      const within = (id.kind === 'variable' || id.kind === 'value') && !id.owner.startsWith('@') ? `, ${id.owner}` : '';
      found.push({ symbol: { name, kind: id.kind, container: `${book}${within}`, file: table.file, range }, rank });
    }
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ symbol }) => symbol);
}

function rankOf(name: string, wanted: string): number {
  const there = name.toLowerCase().replaceAll(/\s+/g, '');
  const at = there.indexOf(wanted);
  if (at >= 0) return at === 0 ? 0 : 2;
  let from = 0;
  for (const letter of wanted) {
    from = there.indexOf(letter, from) + 1;
    if (from === 0) return Infinity;
  }
  return 4;
}
