import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { ParsedRunbook } from '../../language/index.js';
import type { KnownOfScripts, ScriptFindings } from '../problems/scriptFindings.js';
import { checkScripts, findShellCheck, recallScripts, ScriptMemory, shellCheckPage } from '../../shellcheck/index.js';

/** What ShellCheck says of the scripts in runbooks. It is asked only where the workspace is trusted and the person has not switched it off. */
export class ShellCheckFindings implements ScriptFindings {
  readonly #memory = new ScriptMemory();
  readonly #stopped = new AbortController();
  /** One document at a time: each brings as many processes as are good at once. */
  #queue: Promise<unknown> = Promise.resolve();

  ask(document: vscode.TextDocument, parsed: ParsedRunbook): Promise<boolean> {
    const asked = this.#queue.then(() => this.#ask(document, parsed));
    this.#queue = asked;
    return asked;
  }

  async #ask(document: vscode.TextDocument, parsed: ParsedRunbook): Promise<boolean> {
    if (!mayAsk(document)) return false;
    const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.fsPath) ?? [];
    const executable = await findShellCheck(process.env['PATH'], [...folders, dirname(document.uri.fsPath)]);
    if (executable === undefined || !mayAsk(document)) return false;
    await checkScripts([parsed], { executable, memory: this.#memory, signal: this.#stopped.signal });
    return true;
  }

  recall(document: vscode.TextDocument, parsed: ParsedRunbook): KnownOfScripts {
    return mayAsk(document) ? recallScripts(parsed, this.#memory) : { diagnostics: [], complete: false };
  }

  dispose(): void {
    this.#stopped.abort();
  }
}

function mayAsk({ uri }: vscode.TextDocument): boolean {
  return vscode.workspace.isTrusted && uri.scheme === 'file' && vscode.workspace.getConfiguration('runbook.lint').get('shellcheck', true);
}

/** Where ShellCheck explains one of its findings; undefined for all others. */
export function pageOfShellCheck(rule: string): string | undefined {
  const code = /^shellcheck\/(SC\d+)$/.exec(rule)?.[1];
  return code === undefined ? undefined : shellCheckPage(code);
}
