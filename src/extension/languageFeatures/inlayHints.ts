import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { DOCUMENTS, fileOf, isOurs, RUNBOOK } from '../documents.js';
import type { Plans } from '../plans/plans.js';
import type { LastRuns } from '../runs/lastRuns.js';
import { momentText } from '../runs/momentText.js';

/** What hints are made of. */
export interface HintParts {
  readonly service: LanguageService;
  readonly plans: Plans;
  readonly lastRuns: LastRuns;
}

/** Says within the lines what values mean, and at their ends what the plan on the chosen inventory makes of a step. */
export function provideInlayHints({ service, plans, lastRuns }: HintParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.InlayHintsProvider = {
    onDidChangeInlayHints: changed.event,
    async provideInlayHints(document, range, token) {
      const wanted = vscode.workspace.getConfiguration('runbook.inlayHints', document);
      const values = wanted.get('values', true) ? await valueHints(service, document, range) : [];
      const isPlanned = wanted.get('plan', true) && document.languageId === RUNBOOK && isOurs(document);
      const planned = isPlanned ? await planHintsOf({ service, plans, lastRuns }, document, token) : [];
      return [...values, ...planned.filter(({ position }) => range.contains(position))];
    },
  };
  return vscode.Disposable.from(
    changed,
    plans.onDidChange(() => changed.fire()),
    lastRuns.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('runbook.inlayHints')) changed.fire();
    }),
    vscode.languages.registerInlayHintsProvider(DOCUMENTS, provider),
  );
}

async function valueHints(service: LanguageService, document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
  const part = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  const found = await service.inlayHints(fileOf(document.uri), document.getText(), part);
  return found.map(({ at, label, tooltip }) => hint(document.positionAt(at), label, tooltip));
}

async function planHintsOf(
  { service, plans, lastRuns }: HintParts,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<vscode.InlayHint[]> {
  const { uri } = document;
  const [draft, last] = await Promise.all([plans.of(uri), lastRuns.of(uri)]);
  if (draft?.plan === undefined || token.isCancellationRequested) return [];
  const { digestHint, planHints } = await import('../plans/planHints.js');
  const outline = service.outline(fileOf(uri), document.getText());
  const lineAt = (offset: number): number => document.positionAt(offset).line + 1;
  const digest = last === undefined ? '' : digestHint(draft, last, momentText(last.createdAt));
  const all = planHints(draft.plan, uri.path.split('/').at(-1) ?? '', outline, lineAt);
  const state = digest === '' ? [] : [{ line: 1, label: digest, tooltip: 'The plan as it is now, compared with that of the last run' }];
  return [...state, ...all].flatMap(({ line, label, tooltip }) =>
    line > document.lineCount ? [] : [hint(document.lineAt(line - 1).range.end, label, tooltip)],
  );
}

function hint(position: vscode.Position, label: string, tooltip: string): vscode.InlayHint {
  const made = new vscode.InlayHint(position, label);
  made.tooltip = tooltip;
  made.paddingLeft = true;
  return made;
}
