import { SymbolKind } from 'vscode-languageserver/node';
import type { SymbolInformation } from 'vscode-languageserver/node';
import { DRAWN_AS } from '../../language/index.js';
import type { Feature } from './feature.js';

/** Finds steps, roles, inputs, hosts and all else that runbooks and inventories declare. */
export const workspaceSymbols: Feature = {
  offer: () => ({ workspaceSymbolProvider: true }),
  answer: ({ connection, service, documents, placesOf }) =>
    connection.onWorkspaceSymbol(async ({ query }) => {
      const shown: SymbolInformation[] = [];
      for (const { name, kind, container, file, range } of await service.symbols(query)) {
        const location = { uri: documents.uriOf(file), range: (await placesOf(file)).range(range) };
        shown.push({ name, kind: SymbolKind[DRAWN_AS[kind]], containerName: container, location });
      }
      return shown;
    }),
};
