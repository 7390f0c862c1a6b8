import * as vscode from 'vscode';
import type { LanguageService, ParsedRunbook } from '../../language/index.js';
import { findInPlans } from '../../planner/index.js';
import type { PlanProblem } from '../../planner/index.js';
import { fileOf, RUNBOOK, uriOf } from '../documents.js';
import { shownDiagnostic } from './shownDiagnostic.js';

/** Quiet time after everything else has been said, in ms. */
const PAUSE_MS = 300;
/** How long to work before others have their turn, in ms. */
const SLICE_MS = 10;

/** What the plans of one open runbook show, and the files it was found in. */
interface Found {
  readonly documents: readonly ParsedRunbook[];
  readonly problems: readonly PlanProblem[];
}

/**
 * Shows what only the plans of open runbooks show. Works when nobody types, a little at a time, and gives up as soon as a text changes.
 * A finding may lie in a file that a runbook uses; it stays until the runbook is closed or mended.
 */
export class PlanDiagnostics {
  readonly #collection = vscode.languages.createDiagnosticCollection('runbook plans');
  readonly #byRoot = new Map<string, Found>();
  readonly #service: LanguageService;
  #timer: NodeJS.Timeout | undefined;
  #generation = 0;

  constructor(service: LanguageService) {
    this.#service = service;
  }

  refreshSoon(): void {
    this.giveUp();
    this.#timer = setTimeout(() => void this.#refresh(this.#generation), PAUSE_MS);
  }

  giveUp(): void {
    clearTimeout(this.#timer);
    this.#generation++;
  }

  forget(document: vscode.TextDocument): void {
    if (this.#byRoot.delete(fileOf(document.uri))) void this.#show(this.#generation);
  }

  dispose(): void {
    this.giveUp();
    this.#collection.dispose();
  }

  async #refresh(generation: number): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      if (document.languageId !== RUNBOOK) continue;
      await this.#find(fileOf(document.uri), generation);
      if (generation !== this.#generation) return;
    }
    await this.#show(generation);
  }

  async #find(root: string, generation: number): Promise<void> {
    const project = await this.#service.loadProject(root);
    if (project === undefined || generation !== this.#generation) return;
    const documents = [...project.known.values()];
    const known = this.#byRoot.get(root)?.documents;
    // The same text gives the same document again.
    if (known?.length === documents.length && known.every((document, index) => document === documents[index])) return;
    const parts = findInPlans(project);
    for (let since = Date.now(); ;) {
      const part = parts.next();
      if (part.done === true) {
        this.#byRoot.set(root, { documents, problems: part.value });
        return;
      }
      if (Date.now() - since < SLICE_MS) continue;
      await new Promise(setImmediate);
      if (generation !== this.#generation) return;
      since = Date.now();
    }
  }

  async #show(generation: number): Promise<void> {
    const byFile = new Map<string, PlanProblem[]>();
    for (const { problems } of this.#byRoot.values()) {
      for (const problem of problems) {
        const known = byFile.get(problem.file) ?? [];
        const isKnown = known.some(
          ({ diagnostic: { code, range } }) => code === problem.diagnostic.code && range.start === problem.diagnostic.range.start,
        );
        byFile.set(problem.file, isKnown ? known : [...known, problem]);
      }
    }
    const shown = await Promise.all(
      [...byFile].map(async ([file, problems]): Promise<[vscode.Uri, vscode.Diagnostic[]]> => {
        const document = await vscode.workspace.openTextDocument(uriOf(file));
        return [document.uri, await Promise.all(problems.map(({ diagnostic }) => shownDiagnostic(diagnostic, document)))];
      }),
    );
    if (generation !== this.#generation) return;
    this.#collection.clear();
    this.#collection.set(shown);
  }
}
