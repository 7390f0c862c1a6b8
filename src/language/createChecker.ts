import { byText } from './byText.js';
import type { Checker, CheckerOptions } from './languageService.js';
import { lintInventory } from './linter/lintInventory.js';
import { loadProject } from './loadProject.js';
import { parseInventory } from './parser/parse.js';
import type { ParsedInventory } from './project.js';
import { RememberedRunbooks } from './rememberedRunbooks.js';

/** Files whose last reading is remembered where nobody says otherwise. */
export const REMEMBERED = 200;

/** Whether a file is an inventory, by its name. */
export function isInventoryFile(file: string): boolean {
  return /\.inventory\.ya?ml$/.test(file);
}

/** Reads and judges, and brings nothing that only helps to write: for the command line and the engine. */
export function createChecker({ workspace, ruleOptions = {}, remembered = REMEMBERED }: CheckerOptions): Checker {
  const runbooks = new RememberedRunbooks(remembered);
  const projectOf: Checker['loadProject'] = (file) =>
    loadProject(
      file,
      workspace,
      (name, text) => runbooks.read(name, text),
      ruleOptions,
      (document) => runbooks.lintMemoryOf(document),
    );
  const inventoryOf = byText(remembered, (file, text): ParsedInventory => {
    const parsed = parseInventory(file, text);
    return { ...parsed, diagnostics: [...parsed.diagnostics, ...lintInventory(parsed)] };
  });
  return {
    parseRunbook: (file, text) => runbooks.read(file, text),
    parseInventory: inventoryOf,
    loadProject: projectOf,
    async diagnose(file) {
      if (!isInventoryFile(file)) return (await projectOf(file))?.diagnostics.get(file) ?? [];
      const text = await workspace.readText(file);
      return text === undefined ? [] : inventoryOf(file, text).diagnostics;
    },
  };
}
