import type { Workspace } from '../../project.js';
import type { SymbolTable } from './symbol.js';

/** Files that are read at most. */
const MOST_FILES = 5000;

/** Reads a file's names, remembered by its text. */
export type ReadTable = (file: string, text: string) => SymbolTable;

/**
 * The names of one text and of all files it may have to do with: those the workspace lists, and those that any of them uses. Texts are read anew each
 * time, so that what is typed and not saved counts.
 */
export async function loadTables(
  own: { readonly file: string; readonly text: string } | undefined,
  workspace: Workspace,
  read: ReadTable,
): Promise<ReadonlyMap<string, SymbolTable>> {
  const tables = new Map<string, SymbolTable>();
  const asked = new Set<string>();
  const add = (file: string, text: string | undefined): void => {
    if (text !== undefined) tables.set(file, read(file, text));
  };
  if (own !== undefined) {
    asked.add(own.file);
    add(own.file, own.text);
  }
  let wanted: readonly string[] = [...((await workspace.listFiles?.()) ?? []), ...[...tables.values()].flatMap(usedBy)];
  while (wanted.length > 0 && asked.size < MOST_FILES) {
    const files = [...new Set(wanted)].filter((file) => !asked.has(file)).slice(0, MOST_FILES - asked.size);
    for (const file of files) asked.add(file);
    const texts = await Promise.all(files.map((file) => workspace.readText(file)));
    files.forEach((file, index) => {
      add(file, texts[index]);
    });
    wanted = files.flatMap((file) => usedBy(tables.get(file)));
  }
  return tables;
}

/** Runbooks that a file names, `next` among them. */
function usedBy(table: SymbolTable | undefined): readonly string[] {
  return (table?.paths ?? []).map(({ target }) => target).filter((target) => /\.runbook\.ya?ml$/.test(target));
}
