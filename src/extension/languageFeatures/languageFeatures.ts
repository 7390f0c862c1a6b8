import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import type { Problems } from '../problems/problems.js';
import { provideCompletion } from './completion.js';
import { provideDocumentLinks } from './documentLinks.js';
import { provideDocumentSymbols } from './documentSymbols.js';
import { provideHover } from './hover.js';
import { offerQuickFixes } from './quickFixes.js';

const FEATURES = [provideDocumentSymbols, provideDocumentLinks, provideHover, provideCompletion];

/** Everything the editor knows about runbooks and inventories as text. Opens nothing and runs nothing. */
export function registerLanguageFeatures(service: LanguageService, problems: Problems): vscode.Disposable {
  return vscode.Disposable.from(offerQuickFixes(problems), ...FEATURES.map((feature) => feature(service)));
}
