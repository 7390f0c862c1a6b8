import { byText } from './byText.js';
import { createChecker, isInventoryFile, REMEMBERED } from './createChecker.js';
import { cardOf } from './features/card.js';
import { createNeighbours } from './features/declared/neighbours.js';
import { documentSymbolsOf } from './features/documentSymbols.js';
import { foldingRangesOf } from './features/foldingRanges.js';
import { formatEdits } from './features/formatting/format.js';
import { linksOf } from './features/links.js';
import { outlineOf } from './features/outline.js';
import { onEnterAt } from './features/onEnter.js';
import { readRoughly } from './features/rough/roughReader.js';
import { selectionRangesAt } from './features/selectionRanges.js';
import { inventoryTable } from './features/symbols/inventoryTable.js';
import { loadTables } from './features/symbols/loadTables.js';
import { rememberedIndex } from './features/symbols/rememberedIndex.js';
import { runbookTable } from './features/symbols/runbookTable.js';
import type { SymbolTable } from './features/symbols/symbol.js';
import type { SymbolIndex } from './features/symbols/symbolIndex.js';
import type { LanguageService, LanguageServiceOptions } from './languageService.js';
import { readSyntax } from './parser/readSyntax.js';
import type { Syntax } from './parser/readSyntax.js';
import type { JsonSchema } from './schema/jsonSchema.js';
import { inventorySchema, runbookSchema } from './schema/runbookSchema.js';

/** Files whose names are remembered: a search goes through all of them again and again. */
const INDEXED = 2000;

/** What may take a moment anyway is loaded when it is first asked for: a window opens without it. */
export function createLanguageService(options: LanguageServiceOptions): LanguageService {
  const { workspace, remembered = REMEMBERED, documentation } = options;
  const schemaOf = (file: string): JsonSchema => (isInventoryFile(file) ? inventorySchema : runbookSchema);
  const neighboursOf = createNeighbours(workspace);
  const roughOf = byText(remembered, (_file, text) => readRoughly(text));
  const syntaxOf = byText(remembered, (_file, text): Syntax => readSyntax(text));
  const readTable = (file: string, text: string): SymbolTable =>
    isInventoryFile(file) ? inventoryTable(file, text, readSyntax(text)) : runbookTable(file, text, readSyntax(text));
  const tableOf = byText(Math.max(remembered, INDEXED), readTable);
  const indexOf = rememberedIndex();
  const nearIndexOf = rememberedIndex();
  const indexAround = async (file: string, text: string): Promise<SymbolIndex> =>
    indexOf(await loadTables({ file, text }, workspace, tableOf));
  return {
    ...createChecker(options),
    outline: (file, text) => outlineOf(syntaxOf(file, text).root),
    documentSymbols(file, text) {
      const { root } = syntaxOf(file, text);
      return documentSymbolsOf(root, outlineOf(root));
    },
    card: (file, text) => cardOf(syntaxOf(file, text).root, file),
    links: (file, text) => linksOf(syntaxOf(file, text).root, file),
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
    async signatureHelp(file, text, offset) {
      const { signatureHelpAt } = await import('./features/onDemand.js');
      return signatureHelpAt(text, schemaOf(file), offset);
    },
    async definition(file, text, offset) {
      const { definitionAt } = await import('./features/onDemand.js');
      const table = tableOf(file, text);
      // What a runbook names is declared there or in what it uses; only the rest is worth a look at every file.
      const near = nearIndexOf(await loadTables({ file, text }, { readText: (other) => workspace.readText(other) }, tableOf));
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
      return findSymbols((await loadTables(undefined, workspace, tableOf)).values(), query);
    },
    async moveFiles(moves) {
      const { fileMoveEdits } = await import('./features/onDemand.js');
      return fileMoveEdits((await loadTables(undefined, workspace, tableOf)).values(), moves);
    },
    foldingRanges: (file, text) => foldingRangesOf(text, syntaxOf(file, text).root),
    selectionRanges: (file, text, offset) => selectionRangesAt(text, syntaxOf(file, text).root, offset),
    async semanticTokens(file, text) {
      const { semanticTokensOf } = await import('./features/onDemand.js');
      return semanticTokensOf(syntaxOf(file, text).root, schemaOf(file), tableOf(file, text));
    },
    async inlayHints(file, text, range) {
      const { inlayHintsIn } = await import('./features/onDemand.js');
      return inlayHintsIn(text, roughOf(file, text), schemaOf(file), range);
    },
    onEnter: (file, text, offset) => onEnterAt(text, schemaOf(file), offset),
    format: (_file, text, given) => formatEdits(text, given),
    async codeActions(file, text, range, asked) {
      const { codeActionsAt } = await import('./features/onDemand.js');
      return codeActionsAt({ ...asked, file, text, range, workspace });
    },
  };
}
