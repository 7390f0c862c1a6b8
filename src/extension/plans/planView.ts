import * as vscode from 'vscode';
import type { PlanProblem } from '../../planner/index.js';
import { readFromPlanPage } from '../../protocol/index.js';
import type { FromPlanPage, PlanSheet, ToPlanPage } from '../../protocol/index.js';
import { fileOf, isOurs, RUNBOOK } from '../documents.js';
import { nameOf } from '../inventories/inventories.js';
import { isShownAddress } from '../views/panelGuard.js';
import { panelHtml } from '../views/panelHtml.js';
import { currentMessage } from './currentMessage.js';
import type { PlanViewParts } from './currentMessage.js';
import { revealLine, revealProblem } from './revealing.js';
import { rowsAtCursor } from './rowsAtCursor.js';

export const PLAN_PANEL = 'runbook.plan';

/** Quiet time after the cursor has moved, in ms. */
const CURSOR_PAUSE_MS = 60;

/** What is told of windows is told anew after this time, in ms. */
const CLOCK_MS = 60_000;

/**
 * The plan beside the text: of one runbook, on its inventory, as the texts are now. It marks the step the cursor is in, and leads from a step to
 * its text.
 */
export class PlanView implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: PlanViewParts;
  readonly #listening: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #runbook: vscode.Uri | undefined;
  #sheet: PlanSheet | undefined;
  #problems: readonly PlanProblem[] = [];
  /** All that was sent last, for looking up what the page asks for. */
  #sent = '';
  /** A text has changed since: lines of the sheet may be others by now. */
  #isOld = false;
  #generation = 0;
  #cursorTimer: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(parts: PlanViewParts) {
    this.#parts = parts;
    this.#listening = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(PLAN_PANEL, this),
      parts.plans.onDidChange(() => void this.#update()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (isOurs(document) && contentChanges.length > 0) this.#isOld = true;
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#followSoon(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#followSoon(editor)),
    );
  }

  dispose(): void {
    clearTimeout(this.#cursorTimer);
    this.#listening.dispose();
    this.#panel?.dispose();
  }

  /** Shows the plan of a runbook beside it, without taking the cursor there. */
  show(runbook: vscode.Uri): void {
    const isOther = this.#runbook?.toString() !== runbook.toString();
    this.#runbook = runbook;
    if (isOther) this.#sheet = undefined;
    if (this.#panel === undefined) {
      this.#fill(
        vscode.window.createWebviewPanel(PLAN_PANEL, titleOf(runbook), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }),
      );
      return;
    }
    this.#panel.title = titleOf(runbook);
    this.#panel.reveal(undefined, true);
    if (isOther) void this.#update();
  }

  /** The panel of a window that was closed, with what its page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const address = typeof kept === 'object' && kept !== null && 'uri' in kept ? kept.uri : undefined;
    if (typeof address !== 'string' || this.#panel !== undefined) {
      panel.dispose();
      return;
    }
    this.#runbook = vscode.Uri.parse(address);
    panel.title = titleOf(this.#runbook);
    this.#fill(panel);
  }

  #fill(panel: vscode.WebviewPanel): void {
    const { extension } = this.#parts;
    const folder = vscode.Uri.joinPath(extension, 'dist', 'webview');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [folder], enableCommandUris: false };
    // On a tab it is shown as it is, so it needs the colour of the theme.
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', `runbooks-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#panel = panel;
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      clearInterval(this.#clock);
    });
    webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    const at = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.html = panelHtml({
      title: 'Plan of a runbook',
      source: webview.cspSource,
      script: at('plan.js'),
      style: at('plan.css'),
      nonce: crypto.randomUUID(),
    });
    clearInterval(this.#clock);
    this.#clock = setInterval(() => void this.#update(), CLOCK_MS);
  }

  /** Sends what the plan is now. A page that is hidden asks for it when it is shown again. */
  async #update(): Promise<void> {
    const runbook = this.#runbook;
    if (runbook === undefined || this.#panel?.visible !== true) return;
    const generation = ++this.#generation;
    const { message, problems } = await currentMessage(runbook, this.#parts);
    if (generation !== this.#generation) return;
    this.#problems = problems;
    if (message.type === 'plan') {
      this.#sheet = message.sheet;
      this.#isOld = false;
    }
    this.#sent = JSON.stringify(message);
    this.#post(message);
    this.#follow(editorOfText());
  }

  #post(message: ToPlanPage): void {
    void this.#panel?.webview.postMessage(message);
  }

  async #receive(raw: unknown): Promise<void> {
    const message = readFromPlanPage(raw);
    const runbook = this.#runbook;
    if (message === undefined || runbook === undefined) return;
    if (message.type === 'ready') return this.#update();
    await this.#act(message, runbook);
  }

  async #act(message: Exclude<FromPlanPage, { type: 'ready' }>, runbook: vscode.Uri): Promise<void> {
    switch (message.type) {
      case 'reveal':
        if (this.#sent.includes(`"place":${JSON.stringify({ file: message.file, line: message.line })}`))
          await revealLine(vscode.Uri.joinPath(runbook, '..', message.file), message.line);
        return;
      case 'reveal_problem': {
        const problem = this.#problems[message.index];
        if (problem !== undefined) await revealProblem(problem);
        return;
      }
      case 'open_link':
        if (isShownAddress(message.href, this.#sent)) await vscode.env.openExternal(vscode.Uri.parse(message.href, true));
        return;
      case 'choose_inventory':
        await this.#parts.inventories.choose(runbook);
        return;
      case 'as_text':
        await vscode.commands.executeCommand('runbook.planAsText', runbook);
    }
  }

  #followSoon(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || this.#panel?.visible !== true) return;
    clearTimeout(this.#cursorTimer);
    this.#cursorTimer = setTimeout(() => this.#follow(editor), CURSOR_PAUSE_MS);
  }

  /** Tells the page where the cursor is. Between a change and the next plan it says nothing: the lines are not those of the plan. */
  #follow(editor: vscode.TextEditor | undefined): void {
    const sheet = this.#sheet;
    const runbook = this.#runbook;
    if (editor?.document.languageId !== RUNBOOK || sheet === undefined || runbook === undefined || this.#isOld) return;
    const { document, selection } = editor;
    const file = this.#fileOfPlan(document.uri, runbook, sheet);
    if (file === undefined) return;
    const paths = rowsAtCursor(sheet, {
      file,
      outline: this.#parts.service.outline(fileOf(document.uri), document.getText()),
      offset: document.offsetAt(selection.active),
      lineAt: (offset) => document.positionAt(offset).line + 1,
    });
    this.#post({ type: 'cursor', paths });
  }

  /** How the plan names a file; undefined for one that has no part in it. */
  #fileOfPlan(uri: vscode.Uri, runbook: vscode.Uri, { sections }: PlanSheet): string | undefined {
    const files = new Set(sections.flatMap(({ rows }) => rows.map(({ place }) => place.file)));
    return [...files].find((file) => vscode.Uri.joinPath(runbook, '..', file).toString() === uri.toString());
  }
}

function titleOf(runbook: vscode.Uri): string {
  return `Plan: ${nameOf(runbook).replace(/\.runbook\.ya?ml$/, '')}`;
}

/** The text that is worked on; with the focus in the page there is none that is active. */
function editorOfText(): vscode.TextEditor | undefined {
  return vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => document.languageId === RUNBOOK);
}
