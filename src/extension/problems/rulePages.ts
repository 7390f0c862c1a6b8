import * as vscode from 'vscode';
import { shellCheckPage } from '../../shellcheck/index.js';

const FOLDER = ['docs', 'rules'];

/** Where to read on about the rules: pages that the extension brings along, and ShellCheck's own. */
export class RulePages {
  readonly #folder: vscode.Uri;
  #names: Promise<ReadonlySet<string>> | undefined;

  constructor(extension: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extension, ...FOLDER);
  }

  /** The page of a rule; undefined where there is none. */
  async of(rule: string): Promise<vscode.Uri | undefined> {
    const ofShellCheck = /^shellcheck\/(SC\d+)$/.exec(rule)?.[1];
    if (ofShellCheck !== undefined) return vscode.Uri.parse(shellCheckPage(ofShellCheck));
    this.#names ??= namesIn(this.#folder);
    const name = `${rule}.md`;
    return (await this.#names).has(name) ? vscode.Uri.joinPath(this.#folder, name) : undefined;
  }
}

async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    return new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  } catch {
    return new Set();
  }
}
