import * as vscode from 'vscode';
import { PAST_SCHEME, uriOf } from '../documents.js';
import { ReadOnlyTexts } from '../views/readOnlyTexts.js';
import type { DifferenceText } from './differenceText.js';

const MEANING_SCHEME = 'runbook-difference';

/** A runbook as it was, or another version of it. */
export interface Past {
  /** What people call it: a branch, a tag, a file. */
  readonly name: string;
  readonly text: string;
}

/** Shows two states of a runbook side by side, and beside them what the difference means. */
export class ComparisonView implements vscode.DocumentLinkProvider {
  readonly #texts = new ReadOnlyTexts(PAST_SCHEME);
  readonly #meanings = new ReadOnlyTexts(MEANING_SCHEME);
  /** By the path of the text that says what a difference means. */
  readonly #places = new Map<string, DifferenceText['places']>();

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#texts.register(),
      this.#meanings.register(),
      vscode.languages.registerDocumentLinkProvider({ scheme: MEANING_SCHEME }, this),
    );
  }

  async show(past: Past, runbook: vscode.Uri, meaning: DifferenceText): Promise<void> {
    const name = runbook.path.split('/').at(-1) ?? 'runbook';
    const left = this.#texts.put(`/${past.name}/${name}`, past.text);
    const column = { viewColumn: vscode.ViewColumn.One, preview: true };
    await vscode.commands.executeCommand('vscode.diff', left, runbook, `${name} (${past.name} ↔ now)`, column);
    const path = `/${name} since ${past.name.replaceAll('/', '∕')}.txt`;
    this.#places.set(path, meaning.places);
    await this.#meanings.showBeside(path, meaning.text, true);
  }

  /** Each place of the runbook opens where it is named. */
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.#places.get(document.uri.path) ?? []).map(({ row, file, line }) => {
      const { range, firstNonWhitespaceCharacterIndex: start } = document.lineAt(row);
      return new vscode.DocumentLink(range.with(range.start.translate(0, start)), uriOf(file).with({ fragment: `L${String(line)}` }));
    });
  }
}
