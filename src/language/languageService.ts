import type { Diagnostic } from './diagnostic.js';
import type { RuleOptions } from './linter/rule.js';
import type { OutlineNode, ParsedInventory, ParsedRunbook, Project, Workspace } from './project.js';
import type { Range, TextEdit } from './text/range.js';

/** A completion. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'reference' | 'snippet';
  readonly detail?: string;
  readonly documentation?: string;
  /** What taking it changes. */
  readonly edit: TextEdit;
}

/** What a list of runbooks says about one of them. */
export interface RunbookCard {
  readonly file: string;
  readonly title: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** Place in a list; lower comes first. */
  readonly priority?: number;
  /** Where else to read; `target` is an address or a file. */
  readonly related: readonly { readonly title: string; readonly target: string }[];
}

/** A text that leads somewhere: to an address or a file. */
export interface TextLink {
  readonly range: Range;
  readonly target: string;
}

/** The one door to the language. Pure: no process, socket, clock or file but through {@link Workspace}; never throws on bad input. */
export interface LanguageService {
  parseRunbook(file: string, text: string): ParsedRunbook;
  /** Reads an inventory and applies every rule: where its diagnostics have an error, nothing may be planned with it. */
  parseInventory(file: string, text: string): ParsedInventory;
  /** Reads a runbook and every file it uses, and applies every rule. Undefined when the file cannot be read. */
  loadProject(file: string): Promise<Project | undefined>;
  /** Diagnostics of one file, runbook or inventory (told apart by its name). */
  diagnose(file: string): Promise<readonly Diagnostic[]>;
  /** Outline of a runbook, from broken text too. */
  outline(file: string, text: string): readonly OutlineNode[];
  /** What a list of runbooks says about this one, from broken text too. */
  card(file: string, text: string): RunbookCard;
  /** Where texts of a runbook lead, from broken text too. */
  links(file: string, text: string): readonly TextLink[];
  /** Markdown about the key or value at an offset. */
  hover(file: string, text: string, offset: number): { readonly range: Range; readonly markdown: string } | undefined;
  /** What may stand at an offset. */
  complete(file: string, text: string, offset: number): readonly CompletionItem[];
}

export interface LanguageServiceOptions {
  readonly workspace: Workspace;
  /** What the team has set for rules that have options. */
  readonly ruleOptions?: RuleOptions;
  /** Files whose last reading is remembered: 200 by default. Fewer do where each file is looked at once. */
  readonly remembered?: number;
}
