import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import type { Problems } from '../problems/problems.js';
import { provideCompletion } from './completion.js';
import { provideDefinition } from './definition.js';
import { provideDocumentLinks } from './documentLinks.js';
import { provideDocumentSymbols } from './documentSymbols.js';
import { keepPathsRight } from './fileRename.js';
import { provideFolding } from './folding.js';
import { provideFormatting } from './formatting.js';
import { provideHover } from './hover.js';
import { offerQuickFixes } from './quickFixes.js';
import { provideReferences } from './references.js';
import { provideRename } from './rename.js';
import { offerRewritings } from './rewritings.js';
import { provideSelectionRanges } from './selectionRanges.js';
import { provideSignatureHelp } from './signatureHelp.js';
import { provideWorkspaceSymbols } from './workspaceSymbols.js';

const FEATURES = [
  provideDocumentSymbols,
  provideDocumentLinks,
  provideHover,
  provideCompletion,
  provideSignatureHelp,
  provideDefinition,
  provideReferences,
  provideRename,
  provideWorkspaceSymbols,
  provideFolding,
  provideSelectionRanges,
  provideFormatting,
  keepPathsRight,
];

/** Everything the editor knows about runbooks and inventories as text. Opens nothing and runs nothing. */
export function registerLanguageFeatures(service: LanguageService, problems: Problems): vscode.Disposable {
  return vscode.Disposable.from(
    offerQuickFixes(problems),
    offerRewritings(service, problems),
    ...FEATURES.map((feature) => feature(service)),
  );
}
