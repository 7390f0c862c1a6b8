import type * as vscode from 'vscode';
import type { Problems, ProblemsOptions, ShownFinding } from './problems.js';

/** What is found in documents, and shown there. */
export interface ShownFindings {
  /** What is shown of a document now. */
  of(document: vscode.TextDocument): readonly ShownFinding[];
  /** The text of a document after all mends that need no decision. */
  mended(document: vscode.TextDocument): Promise<string>;
}

/** Problems, loaded after the extension has begun: what judges is the greater half of the language, and nobody waits for it yet. */
export class LateProblems implements ShownFindings, vscode.Disposable {
  readonly #loading: Promise<void>;
  #problems: Problems | undefined;
  #isOver = false;

  constructor(options: ProblemsOptions) {
    this.#loading = this.#load(options);
  }

  of(document: vscode.TextDocument): readonly ShownFinding[] {
    return this.#problems?.of(document) ?? [];
  }

  async mended(document: vscode.TextDocument): Promise<string> {
    await this.#loading;
    return this.#problems?.mended(document) ?? document.getText();
  }

  dispose(): void {
    this.#isOver = true;
    this.#problems?.dispose();
  }

  async #load(options: ProblemsOptions): Promise<void> {
    const { Problems } = await import('./problems.js');
    if (!this.#isOver) this.#problems = new Problems(options);
  }
}
