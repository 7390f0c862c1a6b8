import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { fileOf, isOurs, RUNBOOK } from '../documents.js';
import type { Plans } from '../plans/plans.js';
import type { LastRuns } from '../runs/lastRuns.js';
import { momentText } from '../runs/momentText.js';
import type { Lens } from './lensModel.js';

/** What lenses are made of. */
export interface LensParts {
  readonly service: LanguageService;
  readonly plans: Plans;
  readonly lastRuns: LastRuns;
}

/** Lines above runbooks, phases and steps that lead on: to the plan, to running them, to how they ended last. Only what can be done now is offered. */
export function provideCodeLenses({ service, plans, lastRuns }: LensParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!isOurs(document)) return [];
      const { uri } = document;
      const [draft, lastRun] = await Promise.all([plans.of(uri), lastRuns.of(uri)]);
      if (token.isCancellationRequested || document.isClosed) return [];
      const { runbookLenses, stepLenses } = await import('./lensModel.js');
      const subject = {
        file: uri.path.split('/').at(-1) ?? '',
        outline: service.outline(fileOf(uri), document.getText()),
        lineAt: (offset: number) => document.positionAt(offset).line + 1,
        plan: draft?.plan,
        lastRun,
        canRun: lastRuns.canRun(uri),
        when: momentText,
      };
      return [...runbookLenses(subject, uri), ...stepLenses(subject)].map(shown);
    },
  };
  return vscode.Disposable.from(
    changed,
    plans.onDidChange(() => changed.fire()),
    lastRuns.onDidChange(() => changed.fire()),
    vscode.languages.registerCodeLensProvider({ language: RUNBOOK }, provider),
  );
}

function shown({ line, title, command, args }: Lens): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line - 1, 0, line - 1, 0), { title, command, arguments: [...args] });
}
