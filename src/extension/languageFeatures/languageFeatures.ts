import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import type { ShownFindings } from '../problems/lateProblems.js';
import { provideCodeLenses } from './codeLens.js';
import { provideCompletion } from './completion.js';
import { provideDefinition } from './definition.js';
import { provideDocumentLinks } from './documentLinks.js';
import { provideDocumentSymbols } from './documentSymbols.js';
import { keepPathsRight } from './fileRename.js';
import { offerFixAll } from './fixAll.js';
import { takeFiles } from './dropFiles.js';
import { provideFolding } from './folding.js';
import { provideFormatting } from './formatting.js';
import { provideHover } from './hover.js';
import { provideInlayHints } from './inlayHints.js';
import type { HintParts } from './inlayHints.js';
import { showLanguageStatus } from './languageStatus.js';
import { provideOnEnter } from './onEnter.js';
import { offerQuickFixes } from './quickFixes.js';
import { provideReferences } from './references.js';
import { provideRename } from './rename.js';
import { offerRewritings } from './rewritings.js';
import { provideSelectionRanges } from './selectionRanges.js';
import { provideSemanticTokens } from './semanticTokens.js';
import { provideSignatureHelp } from './signatureHelp.js';
import { provideWorkspaceSymbols } from './workspaceSymbols.js';

const FEATURES = [
  provideDocumentSymbols,
  provideDocumentLinks,
  provideCompletion,
  provideSignatureHelp,
  provideDefinition,
  provideReferences,
  provideRename,
  provideWorkspaceSymbols,
  provideFolding,
  provideSelectionRanges,
  provideFormatting,
  provideOnEnter,
  provideSemanticTokens,
  keepPathsRight,
];

/** Everything the editor knows about runbooks and inventories as text, and within the text about their plans and runs. Opens nothing and runs nothing. */
export function registerLanguageFeatures(
  service: LanguageService,
  problems: ShownFindings,
  known: Omit<HintParts, 'service'>,
): vscode.Disposable {
  return vscode.Disposable.from(
    provideHover(service, known.plans),
    provideCodeLenses({ service, ...known }),
    provideInlayHints({ service, ...known }),
    showLanguageStatus(known.plans),
    takeFiles(),
    offerFixAll(problems),
    offerQuickFixes(problems),
    offerRewritings(service, problems),
    ...FEATURES.map((feature) => feature(service)),
  );
}
