import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { HumanError } from '../../events/index.js';
import { readFromPanel } from '../../protocol/index.js';
import type { FromPanel, ToPanel } from '../../protocol/index.js';
import { noticeText } from '../noticeText.js';
import { briefingsOf } from '../runs/briefings.js';
import type { RunController } from '../runs/runController.js';
import type { ShownRun } from '../runs/shownRuns.js';
import type { HostTerminals } from '../terminals/hostTerminals.js';
import { chooseEvidenceFile } from './evidenceFile.js';
import { isBound, isShownAddress } from './panelGuard.js';
import { panelHtml } from './panelHtml.js';

export const PANEL = 'runbook.progress';

/** Shortest time between two states, in ms. */
const PAUSE_MS = 100;

/** The progress panel: one for the window, rebuilt from the state of the run whenever it is opened. */
export class ProgressPanel implements vscode.WebviewPanelSerializer {
  readonly #controller: RunController;
  readonly #terminals: HostTerminals;
  readonly #extension: vscode.Uri;
  readonly #disposables: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sent = '';

  constructor(controller: RunController, terminals: HostTerminals, extension: vscode.Uri) {
    this.#controller = controller;
    this.#terminals = terminals;
    this.#extension = extension;
    this.#disposables = vscode.Disposable.from(
      controller.onDidChange(() => {
        this.#timer ??= setTimeout(() => this.#send(), PAUSE_MS);
      }),
      vscode.window.registerWebviewPanelSerializer(PANEL, this),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposables.dispose();
    this.#panel?.dispose();
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** Brings the panel to the front, beside the editor the first time. */
  show(): void {
    if (this.#panel !== undefined) return this.#panel.reveal(undefined, true);
    this.#fill(vscode.window.createWebviewPanel(PANEL, 'Runbook Progress', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#fill(panel);
  }

  #fill(panel: vscode.WebviewPanel): void {
    const folder = vscode.Uri.joinPath(this.#extension, 'dist', 'webview');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [folder], enableCommandUris: false };
    // On a tab it is shown as it is, so it needs the colour of the theme.
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(this.#extension, 'media', `runbooks-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const at = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    this.#panel = panel;
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    webview.html = panelHtml({
      title: 'Runbook progress',
      source: webview.cspSource,
      script: at('panel.js'),
      style: at('panel.css'),
      nonce: randomBytes(16).toString('base64'),
    });
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const message = stateMessage(this.#controller.shown);
    this.#sent = JSON.stringify(message);
    this.#post(message);
  }

  #post(message: ToPanel): void {
    void this.#panel?.webview.postMessage(message);
  }

  async #receive(raw: unknown): Promise<void> {
    const message = readFromPanel(raw);
    if (message === undefined) return;
    if (message.type === 'ready') return this.#send();
    const { shown } = this.#controller;
    if (shown === undefined || !isBound(message, shown.state)) {
      if ('gate' in message)
        this.#post({ type: 'refused', run: message.run, gate: message.gate, message: 'This question is no longer open.' });
      return;
    }
    try {
      await this.#act(message, shown);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      const text = `${error.message} ${error.next}`;
      if ('gate' in message) this.#post({ type: 'refused', run: message.run, gate: message.gate, message: text });
      else void vscode.window.showErrorMessage(noticeText(text));
    }
  }

  async #act(message: Exclude<FromPanel, { type: 'ready' }>, { state }: ShownRun): Promise<void> {
    switch (message.type) {
      case 'answer':
        return this.#controller.answer(message.run, message.gate, message.answer);
      case 'choose_file': {
        const gate = state.gates.find(({ id }) => id === message.gate);
        const request = gate?.kind === 'manual' ? gate.evidence.find(({ id, kind }) => id === message.field && kind === 'file') : undefined;
        const given = request === undefined ? undefined : await chooseEvidenceFile(request.id, request.title);
        if (given !== undefined) this.#post({ type: 'file_chosen', run: message.run, gate: message.gate, given });
        return;
      }
      case 'open_link':
        if (isShownAddress(message.href, this.#sent)) await vscode.env.openExternal(vscode.Uri.parse(message.href, true));
        return;
      case 'open_terminal':
        if (message.host === 'local' || message.host in state.plan.hosts) this.#terminals.show(message.host);
        return;
      case 'reveal_step':
        await vscode.commands.executeCommand('runbook.revealStep', message.step);
        return;
      case 'stop':
        await vscode.commands.executeCommand('runbook.stop');
        return;
      case 'resume':
        await vscode.commands.executeCommand('runbook.resume', { run: message.run });
        return;
      case 'take_over':
        await vscode.commands.executeCommand('runbook.takeOver', { run: message.run });
    }
  }
}

function stateMessage(shown: ShownRun | undefined): ToPanel {
  if (shown === undefined)
    return { type: 'no_run', hint: 'No run yet. Open a runbook and choose "Run All Steps", or open one from the view "Runs".' };
  const { state, live, elsewhere } = shown;
  const by = elsewhere === undefined ? {} : { elsewhere: `${state.operator}, process ${String(elsewhere.pid)} on ${elsewhere.host}` };
  return { type: 'state', state, live, ...by, now: new Date().toISOString(), briefings: briefingsOf(state) };
}
