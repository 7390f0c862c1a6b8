import * as vscode from 'vscode';
import type { LanguageService } from '../../language/index.js';
import { isOver } from '../../protocol/index.js';
import { fileOf } from '../documents.js';
import type { Inventories } from '../inventories/inventories.js';
import type { Plans } from '../plans/plans.js';
import type { ShownRun, ShownRuns } from '../runs/shownRuns.js';
import { columnFor } from './columns.js';
import { runFile } from './currentRunbook.js';
import type { CurrentRunbook } from './currentRunbook.js';
import { standingIcon } from './standingIcons.js';
import { nodesOfOutline, nodesOfPlan, nodesOfRun } from './stepsModel.js';
import type { StepNode } from './stepsModel.js';

/** Shortest time between two drawings, in ms. */
const PAUSE_MS = 100;

/** The view *Runbook Steps*: a run where one is shown, else the plan for the chosen inventory, else the runbook as it is written. */
export class StepsTree implements vscode.TreeDataProvider<StepNode> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #service: LanguageService;
  readonly #runs: ShownRuns;
  readonly #current: CurrentRunbook;
  readonly #inventories: Inventories;
  readonly #plans: Plans;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(service: LanguageService, runs: ShownRuns, current: CurrentRunbook, inventories: Inventories, plans: Plans) {
    this.#service = service;
    this.#runs = runs;
    this.#current = current;
    this.#inventories = inventories;
    this.#plans = plans;
  }

  /** Puts the view into the window and keeps it true. */
  register(): vscode.Disposable {
    const view = vscode.window.createTreeView('runbook.steps', { treeDataProvider: this, showCollapseAll: true });
    const redraw = (): void => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#describe(view);
        this.#changed.fire(undefined);
      }, PAUSE_MS);
    };
    this.#describe(view);
    return vscode.Disposable.from(
      view,
      this.#changed,
      this.#runs.onDidChange(redraw),
      this.#current.onDidChange(redraw),
      this.#plans.onDidChange(redraw),
      new vscode.Disposable(() => clearTimeout(this.#timer)),
    );
  }

  async getChildren(node?: StepNode): Promise<StepNode[]> {
    return [...(node === undefined ? await this.#roots() : node.children)];
  }

  getTreeItem(node: StepNode): vscode.TreeItem {
    const state =
      node.children.length === 0
        ? vscode.TreeItemCollapsibleState.None
        : node.kind === 'phase' && node.closed !== true
          ? vscode.TreeItemCollapsibleState.Expanded
          : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(node.label, state);
    item.id = node.id;
    item.description = node.description;
    item.tooltip = node.tooltip;
    if (node.standing !== undefined) item.iconPath = standingIcon(node.standing);
    else if (node.kind === 'host') item.iconPath = new vscode.ThemeIcon('vm');
    item.contextValue = [
      node.kind,
      node.kind === 'host' ? '' : 'runnable',
      node.host === undefined ? '' : 'terminal',
      node.skipGate === undefined ? '' : 'skippable',
    ]
      .filter((word) => word !== '')
      .join(' ');
    item.command = { command: 'runbook.revealStep', title: 'Go to the Step', arguments: [node] };
    return item;
  }

  /** Shows where the text of a line stands. */
  async reveal(node: StepNode): Promise<void> {
    const { place } = node;
    const uri =
      'offset' in place
        ? this.#current.uri
        : ((this.#isOfRun() ? runFile(this.#runs, place.file) : undefined) ?? this.#beside('file' in place ? place.file : ''));
    if (uri === undefined) return;
    const document = await vscode.workspace.openTextDocument(uri);
    const at = 'offset' in place ? document.positionAt(place.offset) : new vscode.Position(Math.max(0, place.line - 1), 0);
    await vscode.window.showTextDocument(document, { viewColumn: columnFor(uri), selection: new vscode.Range(at, at), preview: true });
  }

  async #roots(): Promise<readonly StepNode[]> {
    const { shown } = this.#runs;
    if (shown !== undefined && this.#isOfRun()) return nodesOfRun(shown.state, shown.live);
    const uri = this.#current.uri;
    if (uri === undefined) return [];
    const planned = await this.#plans.of(uri);
    if (planned?.plan !== undefined) return nodesOfPlan(planned.plan);
    const document = await vscode.workspace.openTextDocument(uri);
    return nodesOfOutline(this.#service.outline(fileOf(uri), document.getText()));
  }

  /** A run is shown, and it is a run of the runbook the view is about; a live one always is. */
  #isOfRun(): boolean {
    const { shown } = this.#runs;
    if (shown === undefined) return false;
    const uri = this.#current.uri;
    return shown.live || uri === undefined || runFile(this.#runs, shown.state.plan.runbook.file)?.toString() === uri.toString();
  }

  #beside(file: string): vscode.Uri | undefined {
    return this.#current.uri === undefined ? undefined : vscode.Uri.joinPath(this.#current.uri, '..', file);
  }

  #describe(view: vscode.TreeView<StepNode>): void {
    const { shown } = this.#runs;
    const inventory = this.#current.uri === undefined ? undefined : this.#inventories.of(this.#current.uri);
    const waiting = shown?.live === true ? shown.state.gates.length : 0;
    view.description =
      shown !== undefined && this.#isOfRun()
        ? `${shown.state.plan.environment.title}, ${standingOfRun(shown)}`
        : (inventory?.path.split('/').at(-1) ?? '');
    view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: 'Waiting for you' };
  }
}

function standingOfRun({ state, live, elsewhere }: ShownRun): string {
  if (live) return 'live';
  if (elsewhere !== undefined) return 'live elsewhere';
  return isOver(state) ? state.status : 'interrupted';
}
