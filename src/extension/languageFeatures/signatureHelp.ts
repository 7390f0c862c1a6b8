import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';

/** Shows the parameters of a function while a call of it is typed in an expression. */
export function provideSignatureHelp(service: LanguageService): vscode.Disposable {
  const provider: vscode.SignatureHelpProvider = {
    async provideSignatureHelp(document, position) {
      const found = await service.signatureHelp(fileOf(document.uri), document.getText(), document.offsetAt(position));
      if (found === undefined) return undefined;
      const help = new vscode.SignatureHelp();
      help.activeSignature = found.active;
      help.activeParameter = found.argument;
      help.signatures = found.signatures.map(({ label, parameters, documentation }) => {
        const signature = new vscode.SignatureInformation(
          label,
          documentation === undefined ? undefined : new vscode.MarkdownString(documentation),
        );
        signature.parameters = parameters.map((parameter) => new vscode.ParameterInformation(parameter));
        return signature;
      });
      return help;
    },
  };
  return vscode.languages.registerSignatureHelpProvider(DOCUMENTS, provider, '(', ',');
}
