import * as vscode from 'vscode';
import { readSettings } from '../runs/settings.js';
import { ReadOnlyTexts } from './readOnlyTexts.js';
import type { OutputSection, RunOutput } from './runOutput.js';

const SCHEME = 'runbook-output';

/** Of each attempt so much is shown, from its end; the rest is in a file. */
const MOST_LINES = 2000;
const MOST_BYTES = 256 * 1024;

/** What earlier runs have printed, as texts that can be read, searched and folded, with an outline. */
export class OutputTexts implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider {
  readonly #texts = new ReadOnlyTexts(SCHEME);
  readonly #shown = new Map<string, RunOutput>();

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#texts.register(),
      vscode.languages.registerDocumentSymbolProvider({ scheme: SCHEME }, this),
      vscode.languages.registerFoldingRangeProvider({ scheme: SCHEME }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === SCHEME) this.#shown.delete(uri.path);
      }),
    );
  }

  /** Opens what a run has printed. Returns the address of the text; undefined where its journal cannot be read. */
  async show(run: string): Promise<vscode.Uri | undefined> {
    const [{ outputText, readRun }, { runOutput }] = await Promise.all([import('../runs/journals.js'), import('./runOutput.js')]);
    const { state, directory } = readRun(readSettings().stateDirectory, run);
    if (state === undefined) return undefined;
    const path = `/${run}.output.txt`;
    const made = runOutput(state, (output) => outputText(directory, output, MOST_LINES, MOST_BYTES));
    this.#shown.set(path, made);
    const uri = this.#texts.put(path, made.text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
    return uri;
  }

  provideDocumentSymbols({ uri }: vscode.TextDocument): vscode.DocumentSymbol[] {
    return (this.#shown.get(uri.path)?.sections ?? []).map(symbolOf);
  }

  provideFoldingRanges({ uri }: vscode.TextDocument): vscode.FoldingRange[] {
    const fold = ({ start, end, children }: OutputSection): readonly vscode.FoldingRange[] => [
      new vscode.FoldingRange(start - 1, end - 1),
      ...children.flatMap(fold),
    ];
    return (this.#shown.get(uri.path)?.sections ?? []).flatMap(fold);
  }
}

function symbolOf({ name, detail, start, end, children }: OutputSection): vscode.DocumentSymbol {
  const range = new vscode.Range(start - 1, 0, end, 0);
  const kind = children.length > 0 ? vscode.SymbolKind.Event : vscode.SymbolKind.Field;
  const symbol = new vscode.DocumentSymbol(name, detail, kind, range, new vscode.Range(start - 1, 0, start - 1, 0));
  symbol.children = children.map(symbolOf);
  return symbol;
}
