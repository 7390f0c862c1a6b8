import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';
import { versionsNow, workspaceEditOf } from './otherFiles.js';

/** Changes a name wherever it stands. Where that cannot be right, the editor shows why. */
export function provideRename(service: LanguageService): vscode.Disposable {
  const provider: vscode.RenameProvider = {
    async prepareRename(document, position) {
      const start = await service.prepareRename(fileOf(document.uri), document.getText(), document.offsetAt(position));
      if ('refusal' in start) throw new Error(start.refusal);
      return { range: rangeIn(document, start.range), placeholder: start.name };
    },
    async provideRenameEdits(document, position, newName) {
      const stood = versionsNow();
      const result = await service.rename(fileOf(document.uri), document.getText(), document.offsetAt(position), newName);
      if ('refusal' in result) throw new Error(result.refusal);
      return workspaceEditOf(result, stood);
    },
  };
  return vscode.languages.registerRenameProvider(DOCUMENTS, provider);
}
