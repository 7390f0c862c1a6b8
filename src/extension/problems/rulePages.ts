import * as vscode from 'vscode';
import { shellCheckPage } from '../../shellcheck/index.js';

const FOLDER = ['docs', 'rules'];

/** Where to read on about the rules: pages that the extension brings along, and ShellCheck's own. */
export class RulePages {
  readonly #folder: vscode.Uri;
  readonly #names: ReadonlySet<string>;

  private constructor(folder: vscode.Uri, names: ReadonlySet<string>) {
    this.#folder = folder;
    this.#names = names;
  }

  static async in(extension: vscode.Uri): Promise<RulePages> {
    const folder = vscode.Uri.joinPath(extension, ...FOLDER);
    const found = await vscode.workspace.fs.readDirectory(folder).then(
      (entries) => entries.map(([name]) => name),
      () => [],
    );
    return new RulePages(folder, new Set(found));
  }

  /** The page of a rule; undefined where there is none. */
  of(rule: string): vscode.Uri | undefined {
    const ofShellCheck = /^shellcheck\/(SC\d+)$/.exec(rule)?.[1];
    if (ofShellCheck !== undefined) return vscode.Uri.parse(shellCheckPage(ofShellCheck));
    const name = `${rule}.md`;
    return this.#names.has(name) ? vscode.Uri.joinPath(this.#folder, name) : undefined;
  }
}
