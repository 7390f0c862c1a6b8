import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { provideCompletion } from './completion.js';
import { showDiagnostics } from './diagnostics.js';
import { provideDocumentLinks } from './documentLinks.js';
import { provideDocumentSymbols } from './documentSymbols.js';
import { provideHover } from './hover.js';
import { offerQuickFixes } from './quickFixes.js';

const FEATURES = [showDiagnostics, offerQuickFixes, provideDocumentSymbols, provideDocumentLinks, provideHover, provideCompletion];

/** Everything the editor knows about runbooks and inventories as text. Opens nothing and runs nothing. */
export function registerLanguageFeatures(service: LanguageService): vscode.Disposable {
  return vscode.Disposable.from(...FEATURES.map((feature) => feature(service)));
}
