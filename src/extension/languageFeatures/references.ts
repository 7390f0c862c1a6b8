import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf, uriOf } from '../documents.js';
import { rangeIn } from '../ranges.js';
import { placesOf } from './otherFiles.js';

/** Every place that names the same thing, in runbooks and inventories. */
export function provideReferences(service: LanguageService): vscode.Disposable {
  const provider: vscode.ReferenceProvider = {
    async provideReferences(document, position, { includeDeclaration }) {
      const offset = document.offsetAt(position);
      const found = await service.references(fileOf(document.uri), document.getText(), offset, { declarations: includeDeclaration });
      const placesIn = await placesOf(found.map(({ file }) => file));
      return found.map(({ file, range }) => new vscode.Location(uriOf(file), rangeIn(placesIn(file), range)));
    },
  };
  return vscode.languages.registerReferenceProvider(DOCUMENTS, provider);
}
