import type * as vscode from 'vscode';
import { createLanguageService } from '../../language/index.js';
import { registerCommands } from '../commands/commands.js';
import { TEXT_COMMANDS } from '../commands/textCommands.js';
import { documentationOf, editorWorkspace, liesInsideByName } from '../documents.js';
import { NO_SCRIPT_FINDINGS } from '../problems/scriptFindings.js';
import { NO_LAST_RUNS } from '../runs/lastRuns.js';
import { NO_RUNS } from '../runs/shownRuns.js';
import { createTextParts } from '../textParts.js';

/** Puts the parts together that work in a browser: texts and plans. Nothing can be run there, and nothing is started or connected to. */
export function activate(context: vscode.ExtensionContext): void {
  const workspace = editorWorkspace(liesInsideByName);
  const service = createLanguageService({ workspace, documentation: documentationOf(context.extensionUri) });
  const parts = createTextParts({ context, workspace, service, scripts: NO_SCRIPT_FINDINGS, shownRuns: NO_RUNS, lastRuns: NO_LAST_RUNS });
  context.subscriptions.push(registerCommands(TEXT_COMMANDS, parts));
}
