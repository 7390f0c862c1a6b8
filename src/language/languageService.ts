import type { Diagnostic } from './diagnostic.js';
import type { CodeAction, CodeActionOptions } from './features/actions/codeAction.js';
import type { CompletionItem } from './features/completion/item.js';
import type { Definition, Place } from './features/definition.js';
import type { DocumentSymbol } from './features/documentSymbols.js';
import type { FileMove } from './features/fileRename.js';
import type { FoldingRange } from './features/foldingRanges.js';
import type { FormatOptions } from './features/formatting/format.js';
import type { Hover, HoverSections } from './features/hover/hoverSubject.js';
import type { FileEdits, Refusal, RenameStart } from './features/rename.js';
import type { InlayHint } from './features/inlayHints/inlayHints.js';
import type { SemanticToken } from './features/semanticTokens/token.js';
import type { SignatureHelp } from './features/signatureHelp.js';
import type { WorkspaceSymbol } from './features/workspaceSymbols.js';
import type { RuleOptions } from './linter/rule.js';
import type { OutlineNode, ParsedInventory, ParsedRunbook, Project, Workspace } from './project.js';
import type { Range, TextEdit } from './text/range.js';

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

/** Reads and judges runbooks and inventories. Pure: no process, socket, clock or file but through {@link Workspace}; never throws on bad input. */
export interface Checker {
  parseRunbook(file: string, text: string): ParsedRunbook;
  /** Reads an inventory and applies every rule: where its diagnostics have an error, nothing may be planned with it. */
  parseInventory(file: string, text: string): ParsedInventory;
  /** Reads a runbook and every file it uses, and applies every rule. Undefined when the file cannot be read. */
  loadProject(file: string): Promise<Project | undefined>;
  /** Diagnostics of one file, runbook or inventory (told apart by its name). */
  diagnose(file: string): Promise<readonly Diagnostic[]>;
}

/** The one door to the language for whoever writes it: a {@link Checker} that also helps. Pure in the same way. */
export interface LanguageService extends Checker {
  /** Outline of a runbook, from broken text too. */
  outline(file: string, text: string): readonly OutlineNode[];
  /** The parts of a runbook or an inventory with what they declare and the steps, for outlines and breadcrumbs, from broken text too. */
  documentSymbols(file: string, text: string): readonly DocumentSymbol[];
  /** What a list of runbooks says about this one, from broken text too. */
  card(file: string, text: string): RunbookCard;
  /** Where texts of a runbook lead, from broken text too. */
  links(file: string, text: string): readonly TextLink[];
  /** Markdown about the key, value or name at an offset, from broken text too; `sections` may add to it what the text alone does not say. */
  hover(file: string, text: string, offset: number, sections?: HoverSections): Promise<Hover | undefined>;
  /** What may stand at an offset, the likeliest first. Files beside it are read only where their names may stand. */
  complete(file: string, text: string, offset: number): Promise<readonly CompletionItem[]>;
  /** The forms of the function that is called around an offset, within an expression. */
  signatureHelp(file: string, text: string, offset: number): Promise<SignatureHelp | undefined>;
  /** Where what stands at an offset is declared, in whichever file. Undefined for what is no name, or declared nowhere. */
  definition(file: string, text: string, offset: number): Promise<Definition | undefined>;
  /** Every place that names what stands at an offset, in all files; with `declarations`, where it is declared as well. In order of file and place. */
  references(file: string, text: string, offset: number, wanted: { readonly declarations: boolean }): Promise<readonly Place[]>;
  /** The name at an offset, if it can be changed; else why not. */
  prepareRename(file: string, text: string, offset: number): Promise<RenameStart | Refusal>;
  /** The edits that change a name wherever it stands, so that everything means what it meant; else why that cannot be. */
  rename(file: string, text: string, offset: number, newName: string): Promise<FileEdits | Refusal>;
  /** What the files of the workspace declare, by a part of its name or title. Empty without {@link Workspace.listFiles}. */
  symbols(query: string): Promise<readonly WorkspaceSymbol[]>;
  /** The edits, in files at their old places, that keep paths right when files or folders move. */
  moveFiles(moves: readonly FileMove[]): Promise<FileEdits>;
  /** Lines that can be folded away, from broken text too. */
  foldingRanges(file: string, text: string): readonly FoldingRange[];
  /** What a growing selection takes in at an offset, the smallest first, each within the next. */
  selectionRanges(file: string, text: string, offset: number): readonly Range[];
  /** The words of a text that are names or parts of expressions, by what they mean, from broken text too. In order, none over several lines. */
  semanticTokens(file: string, text: string): Promise<readonly SemanticToken[]>;
  /** What is said within the lines of a part of a text, because a reader would have to work it out: times and ranges in words, pauses nobody has set. */
  inlayHints(file: string, text: string, range: Range): Promise<readonly InlayHint[]>;
  /** The edits behind a line break that was just typed before an offset: the indentation that belongs there, and a dash where a list goes on. */
  onEnter(file: string, text: string, offset: number): readonly TextEdit[];
  /** Edits that lay a text out in the house style, none for one that is: only space between its parts changes. None for a text that cannot be read. */
  format(file: string, text: string, options?: FormatOptions): readonly TextEdit[];
  /** What can be done about or with what is selected, in order of likelihood: mends of the diagnostics given that touch it (else of those found in this file), and rewritings. */
  codeActions(file: string, text: string, range: Range, options?: CodeActionOptions): Promise<readonly CodeAction[]>;
}

export interface CheckerOptions {
  readonly workspace: Workspace;
  /** What the team has set for rules that have options. */
  readonly ruleOptions?: RuleOptions;
  /** Files whose last reading is remembered: 200 by default. Fewer do where each file is looked at once. */
  readonly remembered?: number;
}

export interface LanguageServiceOptions extends CheckerOptions {
  /** Address of a page of the documentation, named from its folder (`language.md#step`, `rules/missing-timeout.md`), for those who read on. */
  readonly documentation?: (page: string) => string | undefined;
}
