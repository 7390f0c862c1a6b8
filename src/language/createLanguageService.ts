import { byText } from './byText.js';
import { createChecker, isInventoryFile, REMEMBERED } from './createChecker.js';
import { cardOf } from './features/card.js';
import { createNeighbours } from './features/declared/neighbours.js';
import { documentSymbolsOf } from './features/documentSymbols.js';
import { foldingRangesOf } from './features/foldingRanges.js';
import { formatEdits } from './features/formatting/format.js';
import { linksOf } from './features/links.js';
import { outlineOf } from './features/outline.js';
import { readRoughly } from './features/rough/roughReader.js';
import { selectionRangesAt } from './features/selectionRanges.js';
import { signatureHelpAt } from './features/signatureHelp.js';
import { inventoryTable } from './features/symbols/inventoryTable.js';
import { loadIndex } from './features/symbols/loadIndex.js';
import { runbookTable } from './features/symbols/runbookTable.js';
import type { SymbolTable } from './features/symbols/symbol.js';
import type { SymbolIndex } from './features/symbols/symbolIndex.js';
import type { LanguageService, LanguageServiceOptions } from './languageService.js';
import { compose } from './parser/compose.js';
import type { Composed } from './parser/compose.js';
import { readSyntax } from './parser/readSyntax.js';
import type { Syntax } from './parser/readSyntax.js';
import type { JsonSchema } from './schema/jsonSchema.js';
import { inventorySchema, runbookSchema } from './schema/runbookSchema.js';

/** Files whose names are remembered: a search goes through all of them again and again. */
const INDEXED = 2000;

/** What may take a moment anyway is loaded when it is first asked for: a window opens without it. */
export function createLanguageService(options: LanguageServiceOptions): LanguageService {
  const { workspace, remembered = REMEMBERED, documentation } = options;
  const composedOf = byText(remembered, (_file, text): Composed => compose(text));
  const schemaOf = (file: string): JsonSchema => (isInventoryFile(file) ? inventorySchema : runbookSchema);
  const neighboursOf = createNeighbours(workspace);
  const roughOf = byText(remembered, (_file, text) => readRoughly(text));
  const syntaxOf = byText(remembered, (_file, text): Syntax => readSyntax(text));
  const readTable = (file: string, text: string): SymbolTable =>
    isInventoryFile(file) ? inventoryTable(file, text, readSyntax(text)) : runbookTable(file, text, readSyntax(text));
  const tableOf = byText(Math.max(remembered, INDEXED), readTable);
  const indexAround = (file: string, text: string): Promise<SymbolIndex> => loadIndex({ file, text }, workspace, tableOf);
  return {
    ...createChecker(options),
    outline(file, text) {
      const { document } = composedOf(file, text);
      return document === undefined ? [] : outlineOf(document, text);
    },
    documentSymbols(file, text) {
      const { document } = composedOf(file, text);
      return documentSymbolsOf(syntaxOf(file, text).root, document === undefined ? [] : outlineOf(document, text));
    },
    card: (file, text) => cardOf(composedOf(file, text).document, file),
    links(file, text) {
      const { document } = composedOf(file, text);
      return document === undefined ? [] : linksOf(document, file);
    },
    async hover(file, text, offset, sections) {
      const { hoverAt } = await import('./features/onDemand.js');
      return hoverAt({
        file,
        text,
        root: roughOf(file, text),
        offset,
        schema: schemaOf(file),
        isInventory: isInventoryFile(file),
        neighbours: neighboursOf(file),
        documentation,
        sections,
      });
    },
    async complete(file, text, offset) {
      const { completeAt } = await import('./features/onDemand.js');
      return completeAt({ file, text, offset, schema: schemaOf(file), isInventory: isInventoryFile(file), neighbours: neighboursOf(file) });
    },
    signatureHelp: (file, text, offset) => signatureHelpAt(text, schemaOf(file), offset),
    async definition(file, text, offset) {
      const { definitionAt } = await import('./features/onDemand.js');
      const table = tableOf(file, text);
      // What a runbook names is declared there or in what it uses; only the rest is worth a look at every file.
      const near = await loadIndex({ file, text }, { readText: (other) => workspace.readText(other) }, tableOf);
      const found = table.kind === 'runbook' ? definitionAt(near, table, offset) : undefined;
      return found ?? definitionAt(await indexAround(file, text), table, offset);
    },
    async references(file, text, offset, wanted) {
      const { referencesAt } = await import('./features/onDemand.js');
      return referencesAt(await indexAround(file, text), tableOf(file, text), offset, wanted);
    },
    async prepareRename(file, text, offset) {
      const { prepareRenameAt } = await import('./features/onDemand.js');
      return prepareRenameAt(await indexAround(file, text), tableOf(file, text), offset);
    },
    async rename(file, text, offset, newName) {
      const { renameAt } = await import('./features/onDemand.js');
      return renameAt(await indexAround(file, text), tableOf(file, text), offset, newName, readTable);
    },
    async symbols(query) {
      const { findSymbols } = await import('./features/onDemand.js');
      return findSymbols((await loadIndex(undefined, workspace, tableOf)).tables.values(), query);
    },
    async moveFiles(moves) {
      const { fileMoveEdits } = await import('./features/onDemand.js');
      return fileMoveEdits((await loadIndex(undefined, workspace, tableOf)).tables.values(), moves);
    },
    foldingRanges: (file, text) => foldingRangesOf(text, syntaxOf(file, text).root),
    selectionRanges: (file, text, offset) => selectionRangesAt(text, syntaxOf(file, text).root, offset),
    format: (_file, text, given) => formatEdits(text, given),
    async codeActions(file, text, range, diagnostics) {
      const { codeActionsAt } = await import('./features/onDemand.js');
      return codeActionsAt({ file, text, range, diagnostics, workspace });
    },
  };
}
