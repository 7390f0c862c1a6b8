import * as vscode from 'vscode';
import { ruleCard } from '../../review/index.js';

const FOLDER = ['docs', 'rules'];

/** What knows the page of a finding that is none of our own rules. */
export type OtherPages = (rule: string) => string | undefined;

/** Where to read on about the rules: pages that the extension brings along, and those of others. */
export class RulePages {
  readonly #folder: vscode.Uri;
  readonly #others: OtherPages;

  constructor(extension: vscode.Uri, others: OtherPages = () => undefined) {
    this.#folder = vscode.Uri.joinPath(extension, ...FOLDER);
    this.#others = others;
  }

  /** The page of a rule; undefined where there is none. */
  of(rule: string): vscode.Uri | undefined {
    const other = this.#others(rule);
    if (other !== undefined) return vscode.Uri.parse(other);
    const id = ruleCard(rule)?.id;
    return id === undefined ? undefined : vscode.Uri.joinPath(this.#folder, `${id}.md`);
  }
}
