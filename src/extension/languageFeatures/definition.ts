import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf, uriOf } from '../documents.js';
import { rangeIn } from '../ranges.js';
import { placesOf } from './otherFiles.js';

/** Leads from a name to where it is declared, in whichever file. */
export function provideDefinition(service: LanguageService): vscode.Disposable {
  const provider: vscode.DefinitionProvider = {
    async provideDefinition(document, position) {
      const found = await service.definition(fileOf(document.uri), document.getText(), document.offsetAt(position));
      if (found === undefined) return undefined;
      const placesIn = await placesOf(found.places.map(({ file }) => file));
      return found.places.map(({ file, range, whole }): vscode.DefinitionLink => ({
        originSelectionRange: rangeIn(document, found.origin),
        targetUri: uriOf(file),
        targetRange: rangeIn(placesIn(file), whole ?? range),
        targetSelectionRange: rangeIn(placesIn(file), range),
      }));
    },
  };
  return vscode.languages.registerDefinitionProvider(DOCUMENTS, provider);
}
