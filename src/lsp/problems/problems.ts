import { Checkers, judge, mendText, parseConfiguration, PlanFindings, QUIET_TIMES, suppressionsOf } from '../../review/index.js';
import type { JudgedFinding } from '../../review/index.js';
import { createChecker, isInventoryFile } from '../../language/index.js';
import type { Checker, Diagnostic } from '../../language/index.js';
import type { OpenDocument } from '../documents/openDocuments.js';
import type { Session } from '../session.js';
import { FolderConfigurations, isConfiguration } from './folderConfigurations.js';
import type { FolderConfiguration } from './folderConfigurations.js';
import { shownDiagnostic } from './shownDiagnostic.js';

/** An open file with all that its judgement needs. */
interface Subject {
  readonly document: OpenDocument;
  readonly checker: Checker;
  readonly folder: FolderConfiguration;
}

/**
 * Tells the client of open runbooks, inventories and configurations what `runbook lint` would say of them: what their texts show, and when nobody
 * types, what only their plans show. A change in one file may concern every other.
 */
export class Problems {
  readonly #session: Session;
  readonly #configurations: FolderConfigurations;
  readonly #checkers: Checkers;
  readonly #plans = new PlanFindings({ now: Date.now, pass: () => new Promise(setImmediate) });
  #timer: NodeJS.Timeout | undefined;
  #generation = 0;

  constructor(session: Session) {
    this.#session = session;
    this.#configurations = new FolderConfigurations(session.workspace, session.disk);
    this.#checkers = new Checkers(session.workspace);
  }

  /** Something has changed: open files are looked at again as soon as it is quiet. */
  refreshSoon(): void {
    const generation = ++this.#generation;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#refresh(generation).catch((error: unknown) => {
        this.#session.connection.console.error(`the problems could not be shown: ${String(error)}`);
      });
    }, QUIET_TIMES.text);
  }

  /** What a configuration says may have changed. */
  forgetConfigurations(): void {
    this.#configurations.forget();
    this.refreshSoon();
  }

  /** A file is closed: nothing is shown in it any more. */
  async forget({ uri, file }: OpenDocument): Promise<void> {
    this.#plans.forget(file);
    this.refreshSoon();
    await this.#session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** What is wrong with an open file now, as far as it is known: of its plans, what was found last. */
  async of(document: OpenDocument): Promise<readonly (Diagnostic & Partial<JudgedFinding>)[]> {
    if (isConfiguration(document.file)) return parseConfiguration(document.file, document.text).diagnostics;
    return document.isOurs ? this.#judged(await this.#subject(document)) : [];
  }

  /** The text of a document as `runbook lint --fix` would leave it, as far as its text alone shows what to mend. */
  async mended(document: OpenDocument): Promise<string> {
    const { file, text } = document;
    const { folder } = await this.#subject(document);
    if (!document.isOurs || folder.excludes(file)) return text;
    const { configuration } = folder;
    return mendText(text, async (now) => {
      const readText = async (name: string): Promise<string | undefined> => (name === file ? now : this.#session.workspace.readText(name));
      const diagnostics = await createChecker({ workspace: { readText }, ruleOptions: configuration.ruleOptions }).diagnose(file);
      return judge({ text: now, diagnostics, plansSeen: false, scriptsSeen: false }, configuration).findings;
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#generation++;
  }

  async #refresh(generation: number): Promise<void> {
    const isWanted = (): boolean => generation === this.#generation;
    await this.#showAll();
    await new Promise((resolve) => (this.#timer = setTimeout(resolve, QUIET_TIMES.plans)));
    for (const { file, isOurs } of this.#session.documents.all) {
      if (!isWanted()) return;
      const document = this.#session.documents.ofFile(file);
      if (!isOurs || document === undefined || isInventoryFile(file)) continue;
      const { folder, checker } = await this.#subject(document);
      if (!folder.excludes(file)) await this.#plans.find(file, checker, isWanted);
    }
    if (isWanted()) await this.#showAll();
  }

  async #showAll(): Promise<void> {
    for (const { file } of this.#session.documents.all) {
      const document = this.#session.documents.ofFile(file);
      if (document !== undefined && (document.isOurs || isConfiguration(file))) await this.#show(document);
    }
  }

  /** Shows what is wrong with a document, if it is still the same text. */
  async #show(document: OpenDocument): Promise<void> {
    const findings = await this.of(document);
    const diagnostics = await Promise.all(findings.map((finding) => shownDiagnostic(finding, document.places, this.#session)));
    const { uri, version, file } = document;
    if (this.#session.documents.ofFile(file) === document) await this.#session.connection.sendDiagnostics({ uri, version, diagnostics });
  }

  async #subject(document: OpenDocument): Promise<Subject> {
    const folder = await this.#configurations.of(document.file);
    return { document, folder, checker: this.#checkers.with(folder.configuration.ruleOptions) };
  }

  async #judged({ document: { file, text }, folder, checker }: Subject): Promise<readonly JudgedFinding[]> {
    if (folder.excludes(file)) return [];
    const own = await checker.diagnose(file);
    const diagnostics = [...own, ...this.#plans.in(file, text)].sort((a, b) => a.range.start - b.range.start);
    return judge({ text, diagnostics, plansSeen: await this.#plansSeen(text), scriptsSeen: false }, folder.configuration).findings;
  }

  /** Matters only where a comment silences something: then every runbook that may use this file must have been looked at. */
  async #plansSeen(text: string): Promise<boolean> {
    if (suppressionsOf(text).length === 0) return false;
    const files = await this.#session.workspace.listFiles();
    return this.#plans.hasSeen(files.filter((file) => !isInventoryFile(file)));
  }
}
