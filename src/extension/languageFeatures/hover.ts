import * as vscode from 'vscode';
import { showControls } from '../../events/index.js';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf } from '../documents.js';
import { rangeIn } from '../ranges.js';

/** Explains the key, the value or the name under the pointer. */
export function provideHover(service: LanguageService): vscode.Disposable {
  return vscode.languages.registerHoverProvider(DOCUMENTS, {
    async provideHover(document, position) {
      const found = await service.hover(fileOf(document.uri), document.getText(), document.offsetAt(position));
      return found === undefined
        ? undefined
        : new vscode.Hover(new vscode.MarkdownString(showControls(found.markdown)), rangeIn(document, found.range));
    },
  });
}
