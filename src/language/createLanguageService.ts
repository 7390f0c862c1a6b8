import { cardOf } from './features/card.js';
import { completeAt } from './features/completion.js';
import { hoverAt } from './features/hover.js';
import { linksOf } from './features/links.js';
import { outlineOf } from './features/outline.js';
import type { LanguageService, LanguageServiceOptions } from './languageService.js';
import { lintInventory } from './linter/lint.js';
import { loadProject } from './loadProject.js';
import { compose } from './parser/compose.js';
import type { Composed } from './parser/compose.js';
import { parseInventory, parseRunbook } from './parser/parse.js';
import type { ParsedInventory, ParsedRunbook } from './project.js';
import type { JsonSchema } from './schema/jsonSchema.js';
import { inventorySchema, runbookSchema } from './schema/runbookSchema.js';

/** Files whose last reading is remembered. */
const REMEMBERED = 200;

/** Whether a file is an inventory, by its name. */
export function isInventoryFile(file: string): boolean {
  return /\.inventory\.ya?ml$/.test(file);
}

export function createLanguageService({ workspace, ruleOptions = {}, remembered = REMEMBERED }: LanguageServiceOptions): LanguageService {
  const runbookOf = byText(remembered, parseRunbook);
  const inventoryOf = byText(remembered, (file, text): ParsedInventory => {
    const parsed = parseInventory(file, text);
    return { ...parsed, diagnostics: [...parsed.diagnostics, ...lintInventory(parsed)] };
  });
  const composedOf = byText(remembered, (_file, text): Composed => compose(text));
  const schemaOf = (file: string): JsonSchema => (isInventoryFile(file) ? inventorySchema : runbookSchema);
  return {
    parseRunbook: (file, text): ParsedRunbook => runbookOf(file, text),
    parseInventory: (file, text): ParsedInventory => inventoryOf(file, text),
    loadProject: (file) => loadProject(file, workspace, runbookOf, ruleOptions),
    async diagnose(file) {
      if (!isInventoryFile(file)) return (await loadProject(file, workspace, runbookOf, ruleOptions))?.diagnostics.get(file) ?? [];
      const text = await workspace.readText(file);
      if (text === undefined) return [];
      return inventoryOf(file, text).diagnostics;
    },
    outline(file, text) {
      const { document } = composedOf(file, text);
      return document === undefined ? [] : outlineOf(document, text);
    },
    card: (file, text) => cardOf(composedOf(file, text).document, file),
    links(file, text) {
      const { document } = composedOf(file, text);
      return document === undefined ? [] : linksOf(document, file);
    },
    hover(file, text, offset) {
      const { document } = composedOf(file, text);
      return document === undefined ? undefined : hoverAt(document, text, schemaOf(file), offset);
    },
    complete: (file, text, offset) => completeAt(text, schemaOf(file), offset),
  };
}

/** Remembers what came of the last text of each file. */
function byText<Result>(most: number, read: (file: string, text: string) => Result): (file: string, text: string) => Result {
  const remembered = new Map<string, { text: string; result: Result }>();
  return (file, text) => {
    const known = remembered.get(file);
    if (known?.text === text) return known.result;
    const result = read(file, text);
    remembered.delete(file);
    remembered.set(file, { text, result });
    const oldest = remembered.keys().next();
    if (remembered.size > most && oldest.done !== true) remembered.delete(oldest.value);
    return result;
  };
}
