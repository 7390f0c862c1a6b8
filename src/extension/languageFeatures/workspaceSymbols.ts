import * as vscode from 'vscode';
import { DRAWN_AS } from '../../language/index.js';
import type { LanguageService } from '../../language/index.js';
import { uriOf } from '../documents.js';
import { rangeIn } from '../ranges.js';
import { placesOf } from './otherFiles.js';

/** Finds steps, roles, inputs, hosts and all else that runbooks and inventories declare. */
export function provideWorkspaceSymbols(service: LanguageService): vscode.Disposable {
  const provider: vscode.WorkspaceSymbolProvider = {
    async provideWorkspaceSymbols(query) {
      const found = await service.symbols(query);
      const placesIn = await placesOf(found.map(({ file }) => file));
      return found.map(
        ({ name, kind, container, file, range }) =>
          new vscode.SymbolInformation(
            name,
            vscode.SymbolKind[DRAWN_AS[kind]],
            container,
            new vscode.Location(uriOf(file), rangeIn(placesIn(file), range)),
          ),
      );
    },
  };
  return vscode.languages.registerWorkspaceSymbolProvider(provider);
}
