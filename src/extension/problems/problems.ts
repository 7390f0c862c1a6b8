import * as vscode from 'vscode';
import { createChecker } from '../../language/index.js';
import type { Diagnostic, Checker, Workspace } from '../../language/index.js';
import { Checkers, judge, mendText, parseConfiguration, PlanFindings, QUIET_TIMES, suppressionsOf } from '../../review/index.js';
import type { FileFindings, JudgedFinding } from '../../review/index.js';
import { fileOf, isOurs, NOT_SEARCHED, RUNBOOK, RUNBOOK_FILES, uriOf } from '../documents.js';
import { configurationUri, isConfiguration, LintConfigurations } from './lintConfigurations.js';
import type { FolderConfiguration } from './lintConfigurations.js';
import { RulePages } from './rulePages.js';
import type { OtherPages } from './rulePages.js';
import type { ScriptFindings } from './scriptFindings.js';
import { placesIn } from '../ranges.js';
import type { Places } from '../ranges.js';
import { shownDiagnostic } from './shownDiagnostic.js';

/** A finding that is shown; `firm` where its rule, not only the team, calls it an error. */
export type ShownFinding = Diagnostic & { readonly firm?: boolean };

/** What problems are found with. */
export interface ProblemsOptions {
  readonly workspace: Workspace;
  readonly scripts: ScriptFindings;
  /** Where the extension lies, with its pages. */
  readonly extension: vscode.Uri;
  readonly otherPages?: OtherPages;
}

/** A file with all that its judgement needs. */
interface Subject {
  readonly document: vscode.TextDocument;
  readonly file: string;
  readonly service: Checker;
  readonly folder: FolderConfiguration;
}

/**
 * Shows in open runbooks and inventories what `runbook lint` would say of them: what their texts show as they are typed; when nobody types, what
 * only their plans show; and what ShellCheck has said of their scripts, which is asked when a file is opened or saved. A change in one file
 * may concern every other.
 */
export class Problems implements vscode.Disposable {
  readonly #texts = vscode.languages.createDiagnosticCollection('runbook');
  readonly #rest = vscode.languages.createDiagnosticCollection('runbook plans and scripts');
  readonly #workspace: Workspace;
  readonly #configurations: LintConfigurations;
  readonly #checkers: Checkers;
  readonly #plans = new PlanFindings({ now: Date.now, pass: () => new Promise((resolve) => setTimeout(resolve)) });
  readonly #scripts: ScriptFindings;
  readonly #pages: RulePages;
  readonly #listening: vscode.Disposable;
  /** What is shown of each document, by its address. */
  readonly #shown = new Map<string, { readonly texts: readonly ShownFinding[]; readonly rest: readonly ShownFinding[] }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;

  constructor({ workspace, scripts, extension, otherPages }: ProblemsOptions) {
    this.#workspace = workspace;
    this.#configurations = new LintConfigurations(workspace);
    this.#checkers = new Checkers(workspace);
    this.#scripts = scripts;
    this.#pages = new RulePages(extension, otherPages);
    const changed = (document: vscode.TextDocument): void => {
      if (isOurs(document)) this.#refreshSoon();
    };
    const opened = (document: vscode.TextDocument): void => {
      changed(document);
      void this.#askScripts(document);
    };
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(opened),
      vscode.workspace.onDidSaveTextDocument(opened),
      vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#askAllScripts()),
      this.#configurations.onDidChange(() => {
        this.#refreshSoon();
        this.#askAllScripts();
      }),
    );
    this.#askAllScripts();
    void this.#refresh(++this.#generation);
  }

  /** What is shown of a document now. */
  of(document: vscode.TextDocument): readonly ShownFinding[] {
    const { texts = [], rest = [] } = this.#shown.get(document.uri.toString()) ?? {};
    return [...texts, ...rest];
  }

  /** The text of a document as `runbook lint --fix` would leave it, as far as its text alone shows what to mend. */
  async mended(document: vscode.TextDocument): Promise<string> {
    const text = document.getText();
    const { file, folder } = await this.#subject(document);
    if (folder.excludes(file)) return text;
    const { configuration } = folder;
    return mendText(text, async (now): Promise<readonly JudgedFinding[]> => {
      const workspace: Workspace = { readText: async (name) => (name === file ? now : this.#workspace.readText(name)) };
      const diagnostics = await createChecker({ workspace, ruleOptions: configuration.ruleOptions }).diagnose(file);
      return judge({ text: now, diagnostics, plansSeen: false, scriptsSeen: false }, configuration).findings;
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#generation++;
    vscode.Disposable.from(this.#listening, this.#texts, this.#rest, this.#configurations, this.#scripts).dispose();
  }

  #forget({ uri }: vscode.TextDocument): void {
    this.#texts.delete(uri);
    this.#rest.delete(uri);
    this.#shown.delete(uri.toString());
    this.#plans.forget(fileOf(uri));
    this.#refreshSoon();
  }

  #refreshSoon(pause: number = QUIET_TIMES.text): void {
    clearTimeout(this.#timer);
    const generation = ++this.#generation;
    this.#timer = setTimeout(() => void this.#refresh(generation), pause);
  }

  async #refresh(generation: number): Promise<void> {
    const isWanted = (): boolean => generation === this.#generation;
    const subjects = await Promise.all(vscode.workspace.textDocuments.filter(isOurs).map((document) => this.#subject(document)));
    await Promise.all([...subjects.map((subject) => this.#showText(subject)), this.#showConfigurations()]);
    await new Promise((resolve) => (this.#timer = setTimeout(resolve, QUIET_TIMES.plans)));
    for (const { document, file, service, folder } of subjects) {
      if (!isWanted()) return;
      if (document.languageId === RUNBOOK && !folder.excludes(file)) await this.#plans.find(file, service, isWanted);
    }
    if (isWanted()) await this.#showRest(isWanted);
  }

  async #subject(document: vscode.TextDocument): Promise<Subject> {
    const folder = await this.#configurations.of(document.uri);
    return { document, file: fileOf(document.uri), folder, service: this.#checkers.with(folder.configuration.ruleOptions) };
  }

  /** Shows what the text of a document alone shows, if it is still the same text. */
  async #showText(subject: Subject): Promise<void> {
    const { document } = subject;
    const { version } = document;
    const findings = await this.#judgedText(subject);
    const shown = await this.#shownAs(findings, document);
    if (document.isClosed || document.version !== version) return;
    this.#texts.set(document.uri, shown);
    this.#shown.set(document.uri.toString(), { texts: findings, rest: [] });
  }

  async #judgedText({ document, file, folder, service }: Subject): Promise<readonly ShownFinding[]> {
    if (folder.excludes(file)) return [];
    const text = document.getText();
    const diagnostics = await service.diagnose(file);
    return judge({ text, diagnostics, plansSeen: false, scriptsSeen: false }, folder.configuration).findings;
  }

  /** Shows what plans and scripts show beyond that, wherever it lies. */
  async #showRest(isWanted: () => boolean): Promise<void> {
    const open = vscode.workspace.textDocuments.filter(isOurs);
    const known = new Set(open.map(({ uri }) => fileOf(uri)));
    const others = await Promise.all([...new Set(this.#plans.files)].filter((file) => !known.has(file)).map(openIfThere));
    const documents = [...open, ...others.filter((document) => document !== undefined)];
    const found = await Promise.all(documents.map((document) => this.#restOf(document)));
    if (!isWanted()) return;
    this.#rest.clear();
    for (const { document, shown, rest } of found) {
      if (document.isClosed) continue;
      this.#rest.set(document.uri, shown);
      const key = document.uri.toString();
      this.#shown.set(key, { texts: this.#shown.get(key)?.texts ?? [], rest });
    }
  }

  async #restOf(document: vscode.TextDocument): Promise<{
    readonly document: vscode.TextDocument;
    readonly shown: readonly vscode.Diagnostic[];
    readonly rest: readonly ShownFinding[];
  }> {
    const subject = await this.#subject(document);
    const known = new Set((await this.#judgedText(subject)).map(keyOf));
    const rest = (await this.#judgedWhole(subject)).filter((finding) => !known.has(keyOf(finding)));
    return { document, shown: await this.#shownAs(rest, document), rest };
  }

  async #judgedWhole({ document, file, folder, service }: Subject): Promise<readonly ShownFinding[]> {
    if (folder.excludes(file)) return [];
    const text = document.getText();
    const scripts =
      document.languageId === RUNBOOK
        ? this.#scripts.recall(document, service.parseRunbook(file, text))
        : { diagnostics: [], complete: false };
    const diagnostics = [...(await service.diagnose(file)), ...this.#plans.in(file, text), ...scripts.diagnostics].sort(
      (a, b) => a.range.start - b.range.start,
    );
    const findings: FileFindings = { text, diagnostics, plansSeen: await this.#allPlansSeen(text), scriptsSeen: scripts.complete };
    return judge(findings, folder.configuration).findings;
  }

  /** Matters only where a comment silences something: then all runbooks of the workspace must have been looked at, since any may use this one. */
  async #allPlansSeen(text: string): Promise<boolean> {
    if (suppressionsOf(text).length === 0) return false;
    const runbooks = await vscode.workspace.findFiles(RUNBOOK_FILES, NOT_SEARCHED);
    return this.#plans.hasSeen(runbooks.map(fileOf));
  }

  /** Shows what is wrong with the configurations of the folders, open or not, and with every other one that is open. */
  async #showConfigurations(): Promise<void> {
    const own = vscode.workspace.workspaceFolders?.map(configurationUri) ?? [];
    const open = vscode.workspace.textDocuments.filter(isConfiguration).map(({ uri }) => uri);
    for (const uri of new Map([...own, ...open].map((one) => [one.toString(), one])).values()) {
      const text = await this.#workspace.readText(fileOf(uri));
      const { diagnostics } = text === undefined ? { diagnostics: [] } : parseConfiguration(fileOf(uri), text);
      this.#texts.set(uri, await this.#shownAs(diagnostics, placesIn(text ?? '')));
      this.#shown.set(uri.toString(), { texts: diagnostics, rest: [] });
    }
  }

  #shownAs(findings: readonly Diagnostic[], document: Places): Promise<vscode.Diagnostic[]> {
    return Promise.all(findings.map((finding) => shownDiagnostic(finding, document, this.#pages)));
  }

  #askAllScripts(): void {
    for (const document of vscode.workspace.textDocuments) void this.#askScripts(document);
  }

  async #askScripts(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== RUNBOOK || !isOurs(document)) return;
    const { file, folder, service } = await this.#subject(document);
    if (folder.excludes(file)) return;
    if (await this.#scripts.ask(document, service.parseRunbook(file, document.getText()))) this.#refreshSoon(0);
  }
}

async function openIfThere(file: string): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uriOf(file));
  } catch {
    return undefined;
  }
}

function keyOf({ code, range, message }: Diagnostic): string {
  return JSON.stringify([code, range, message]);
}
