import * as vscode from 'vscode';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../../language/index.js';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** Colours names and expressions by what they mean. */
export function provideSemanticTokens(service: LanguageService): vscode.Disposable {
  const legend = new vscode.SemanticTokensLegend([...TOKEN_TYPES], [...TOKEN_MODIFIERS]);
  const provider: vscode.DocumentSemanticTokensProvider = {
    async provideDocumentSemanticTokens(document) {
      const builder = new vscode.SemanticTokensBuilder(legend);
      for (const token of await service.semanticTokens(fileOf(document.uri), document.getText()))
        builder.push(rangeIn(document, token), token.type, token.modifiers);
      return builder.build();
    },
  };
  return vscode.languages.registerDocumentSemanticTokensProvider(DOCUMENTS, provider, legend);
}
