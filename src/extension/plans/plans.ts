import * as vscode from 'vscode';
import type { Checker } from '../../language/index.js';
import type { Draft } from '../../planner/index.js';
import { INVENTORY_FILES, isOurs, RUNBOOK_FILES } from '../documents.js';
import type { Inventories } from '../inventories/inventories.js';
import { draft } from '../draft.js';

/** Quiet time after a keystroke, in ms, before anything is planned anew. */
const PAUSE_MS = 200;

/**
 * The plans of runbooks on their chosen inventories, from the texts as they are in the editor now. Each is made once, and shared by all who ask,
 * until a text or the choice changes. Nothing is planned that nobody asks for.
 */
export class Plans implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** The answers may be others now: somebody stopped typing, a file changed on the disk, or another inventory was chosen. */
  readonly onDidChange: vscode.Event<void> = this.#changed.event;
  readonly #service: Checker;
  readonly #inventories: Inventories;
  readonly #listening: vscode.Disposable;
  readonly #made = new Map<string, Promise<Draft | undefined>>();
  /** Counts the changes: what was begun before the last one is worth nothing. */
  #generation = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #quiet: Promise<void> = Promise.resolve();
  #becomeQuiet: (() => void) | undefined;

  constructor(service: Checker, inventories: Inventories) {
    this.#service = service;
    this.#inventories = inventories;
    const text = (document: vscode.TextDocument): void => {
      if (isOurs(document)) this.#forget();
    };
    const onDisk = [RUNBOOK_FILES, INVENTORY_FILES].flatMap((files) => {
      const watcher = vscode.workspace.createFileSystemWatcher(files);
      return [watcher, ...[watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete].map((event) => event(() => this.#forget()))];
    });
    this.#listening = vscode.Disposable.from(
      ...onDisk,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) text(document);
      }),
      vscode.workspace.onDidOpenTextDocument(text),
      vscode.workspace.onDidCloseTextDocument(text),
      inventories.onDidChange(() => this.#forget()),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#becomeQuiet?.();
    this.#listening.dispose();
    this.#changed.dispose();
  }

  /**
   * The draft of a runbook on its inventory. Undefined where none is chosen, or a file cannot be read. While somebody types it waits until they
   * pause; whoever asked before a change gets what is true after it.
   */
  of(runbook: vscode.Uri): Promise<Draft | undefined> {
    const key = runbook.toString();
    const made = this.#made.get(key) ?? this.#make(runbook);
    this.#made.set(key, made);
    return made;
  }

  async #make(runbook: vscode.Uri): Promise<Draft | undefined> {
    const generation = this.#generation;
    await this.#quiet;
    const inventory = await this.#inventories.find(runbook);
    const isOld = (): boolean => generation !== this.#generation;
    const made = isOld() || inventory === undefined ? undefined : await draft(this.#service, runbook, inventory, { isOld });
    return isOld() ? this.of(runbook) : made;
  }

  #forget(): void {
    this.#generation++;
    this.#made.clear();
    clearTimeout(this.#timer);
    if (this.#becomeQuiet === undefined) this.#quiet = new Promise((resolve) => (this.#becomeQuiet = resolve));
    this.#timer = setTimeout(() => {
      this.#becomeQuiet?.();
      this.#becomeQuiet = undefined;
      this.#changed.fire();
    }, PAUSE_MS);
  }
}
