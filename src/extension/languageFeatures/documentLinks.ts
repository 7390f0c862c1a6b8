import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { fileOf, RUNBOOK, uriOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** Related documents, pictures and the runbooks that are used open from where they are named. */
export function provideDocumentLinks(service: LanguageService): vscode.Disposable {
  const provider: vscode.DocumentLinkProvider = {
    provideDocumentLinks: (document) =>
      service
        .links(fileOf(document.uri), document.getText())
        .map(({ range, target }) => new vscode.DocumentLink(rangeIn(document, range), uriOf(target))),
  };
  return vscode.languages.registerDocumentLinkProvider({ language: RUNBOOK }, provider);
}
