import * as vscode from 'vscode';
import { HumanError, isActingHere } from '../../engine/index.js';
import type { Engine, RunHandle, TakeOver } from '../../engine/index.js';
import type { GateAnswer, Owner, RunEvent, RunOutput, RunState } from '../../events/index.js';
import type { LanguageService } from '../../language/index.js';
import { asLeft, isOver } from '../../protocol/index.js';
import { fileOf } from '../documents.js';
import { goesOnDespiteChanges } from './changedFiles.js';
import { localFolderOf } from './localFolder.js';
import { Observer, others } from './observer.js';
import { assertMayAct } from './permission.js';
import { pathNamed } from './planPaths.js';
import { readSettings } from './settings.js';
import type { ShownRun, ShownRuns } from './shownRuns.js';
import type { StoredSecrets } from './storedSecrets.js';

export interface StartRequest {
  readonly runbook: vscode.Uri;
  readonly inventory: vscode.Uri;
  /** Path or id of the one step to carry out. */
  readonly only?: string;
  /** Path or id of the step to begin with. */
  readonly from?: string;
}

const KEPT = 'runbook.shownRun';

/** The one run of this window: starts it, resumes it, stops it, and tells every view how it stands. */
export class RunController implements ShownRuns {
  readonly #changed = new vscode.EventEmitter<ShownRun | undefined>();
  readonly #events = new vscode.EventEmitter<{ readonly event: RunEvent; readonly state: RunState }>();
  readonly #output = new vscode.EventEmitter<RunOutput>();
  readonly #interrupted = new vscode.EventEmitter<undefined>();
  /** After every event, and when another run is shown. */
  readonly onDidChange = this.#changed.event;
  readonly onEvent = this.#events.event;
  readonly onOutput = this.#output.event;
  /** Whoever carried the shown run out has gone before its end. */
  readonly onDidInterrupt = this.#interrupted.event;
  readonly #service: LanguageService;
  readonly #secrets: StoredSecrets;
  readonly #memory: vscode.Memento;
  readonly #version: string;
  readonly #listening: vscode.Disposable;
  readonly #observer = new Observer();
  #handle: RunHandle | undefined;
  #state: RunState | undefined;
  #elsewhere: Owner | undefined;
  #starting = false;

  constructor(service: LanguageService, secrets: StoredSecrets, context: vscode.ExtensionContext) {
    this.#service = service;
    this.#secrets = secrets;
    this.#memory = context.workspaceState;
    // A remote window may learn its settings only after it has begun.
    this.#listening = vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('runbook.stateDirectory')) return;
      this.#changed.fire(this.shown);
      void this.restore();
    });
    this.#version = String((context.extension.packageJSON as { version: unknown }).version);
  }

  dispose(): void {
    this.#observer.stop();
    this.#listening.dispose();
    this.#changed.dispose();
    this.#events.dispose();
    this.#output.dispose();
    this.#interrupted.dispose();
  }

  get shown(): ShownRun | undefined {
    const state = this.#state;
    if (state === undefined) return undefined;
    if (this.#handle !== undefined) return { state, live: true };
    if (this.#elsewhere === undefined) return { state: asLeft(state), live: false };
    return { state, live: false, ...(isOver(state) ? {} : { elsewhere: this.#elsewhere }) };
  }

  /** The run that is being carried out. */
  get handle(): RunHandle | undefined {
    return this.#handle;
  }

  /** Begins a run. Undefined when the person turns away before it. Throws a HumanError when there is nothing that can be run. */
  start(request: StartRequest): Promise<RunHandle | undefined> {
    return this.#exclusively(async () => {
      await saveAll(request);
      const engine = await this.#engine(localFolderOf(request.runbook));
      const { settledDraft } = await import('./drafting.js');
      const settled = await settledDraft(this.#service, engine, request.runbook, request.inventory);
      if (settled === undefined) return undefined;
      const only = request.only === undefined ? undefined : named(settled.plan, request.only);
      const from = request.from === undefined ? undefined : named(settled.plan, request.from);
      const { plan, digest, facts, inputs } = settled;
      return this.#follow(
        await engine.start({
          plan,
          digest,
          facts,
          approval: 'ask',
          documents: { runbook: fileOf(request.runbook), inventory: fileOf(request.inventory), inputs },
          ...(only === undefined ? {} : { only }),
          ...(from === undefined ? {} : { from }),
        }),
      );
    });
  }

  /** Goes on with a run where its journal ends; with `takeOver`, once whoever carries it out has let it go. */
  resume(run: string, takeOver?: TakeOver): Promise<RunHandle | undefined> {
    return this.#exclusively(async () => {
      const { state } = await runNamed(run);
      if (!(await goesOnDespiteChanges(state))) return undefined;
      await this.show(run);
      const options = { onUnknown: 'ask', approval: 'ask', ...(takeOver === undefined ? {} : { takeOver }) } as const;
      const engine = await this.#engine(state.base);
      return this.#follow(await engine.resume(run, options));
    });
  }

  /** Shows a run from its journal, without carrying it out. One that is carried out elsewhere is followed. */
  async show(run: string): Promise<void> {
    if (this.#isCarriedOutHere(run)) return;
    const { state, holder } = await runNamed(run);
    // One may have been begun meanwhile.
    if (this.#isCarriedOutHere(run)) return;
    this.#elsewhere = holder;
    await this.#present(state);
    this.#watch(state.run);
  }

  /** Shows the run that was shown when the window was last open, where its journal can still be read. */
  async restore(): Promise<void> {
    const run = this.#memory.get<string>(KEPT);
    if (run === undefined || this.shown !== undefined) return;
    try {
      await this.show(run);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
    }
  }

  /** Answers an open gate of the shown run. Throws a HumanError when it is not open, or the answer does not fit. */
  answer(run: string, gate: string, answer: GateAnswer): void {
    const handle = this.#handle;
    if (handle === undefined && this.#elsewhere !== undefined)
      throw new HumanError('This run is carried out elsewhere.', 'Answer there, or take the run over first.');
    if (handle?.run !== run) throw new HumanError('This run is not being carried out in this window.', 'Resume it first.');
    handle.answer(gate, answer, answer.kind === 'done' ? answer.by : undefined);
  }

  /** Stops the run; what is under way is ended. Resolves when the journal is closed. */
  async stop(why: string): Promise<void> {
    await this.#handle?.stop(why);
  }

  /**
   * The window goes away. Steps on other machines run on and are found again at resume; with one on this machine, which would be
   * left alone, the whole run is stopped.
   */
  async letGo(): Promise<void> {
    const state = this.#handle?.state;
    if (state === undefined) return;
    if (isActingHere(state)) await this.stop('The window was closed or reloaded.');
  }

  /** Throws a HumanError where this window carries another one out. */
  #isCarriedOutHere(run: string): boolean {
    if (this.#handle === undefined || this.#handle.run === run) return this.#handle !== undefined;
    throw new HumanError('Another run is being carried out in this window.', 'Stop it first, or open the other run in a second window.');
  }

  /** One beginning at a time, and no second run beside a live one. */
  async #exclusively(begin: () => Promise<RunHandle | undefined>): Promise<RunHandle | undefined> {
    assertMayAct();
    if (this.#handle !== undefined || this.#starting)
      throw new HumanError('A run is being carried out in this window.', 'Wait for its end, or stop it.');
    this.#starting = true;
    try {
      return await begin();
    } finally {
      this.#starting = false;
    }
  }

  async #engine(baseDirectory: string): Promise<Engine> {
    const { windowEngine } = await import('./windowEngine.js');
    return windowEngine({ baseDirectory, version: this.#version, secrets: this.#secrets });
  }

  #follow(handle: RunHandle): RunHandle {
    this.#observer.stop();
    this.#handle = handle;
    this.#elsewhere = undefined;
    handle.onOutput((output) => this.#output.fire(output));
    handle.onEvent((event, state) => {
      this.#state = state;
      this.#events.fire({ event, state });
      this.#changed.fire(this.shown);
    });
    // What the window cannot show any more, because it is being closed, is in the journal.
    this.#presentLive(handle).catch((error: unknown) => console.error(`run ${handle.run} could not be shown:`, error));
    return handle;
  }

  /** Shows a run while it is carried out here, and what has become of it. */
  async #presentLive(handle: RunHandle): Promise<void> {
    const ended = handle.finished.then((state) => {
      this.#handle = undefined;
      return state;
    });
    await this.#present(handle.state);
    // It may have been let go: then somebody else goes on with it.
    const state = await ended;
    await this.#present(state);
    this.#watch(state.run);
  }

  /** Keeps a run that is shown true while others carry it out. */
  #watch(run: string): void {
    const isAbout = (): boolean => this.#handle === undefined && this.#state?.run === run;
    let carriedOut = this.#elsewhere !== undefined;
    this.#observer.follow(run, {
      told: (state, holder) => {
        carriedOut ||= holder !== undefined;
        if (!isAbout() || (this.#state?.lastSeq === state.lastSeq && this.#elsewhere?.pid === holder?.pid)) return;
        this.#state = state;
        this.#elsewhere = holder;
        this.#changed.fire(this.shown);
      },
      paused: (end) => {
        if (isAbout() && carriedOut && end === 'interrupted') this.#interrupted.fire(undefined);
        carriedOut = false;
      },
    });
  }

  async #present(state: RunState): Promise<void> {
    this.#state = state;
    await vscode.commands.executeCommand('setContext', 'runbook.live', this.#handle !== undefined);
    await vscode.commands.executeCommand('setContext', 'runbook.shown', true);
    await this.#memory.update(KEPT, state.run);
    this.#changed.fire(this.shown);
  }
}

async function runNamed(run: string): Promise<{ readonly state: RunState; readonly holder: Owner | undefined }> {
  const { readRun } = await import('./journals.js');
  const { state, summary } = readRun(readSettings().stateDirectory, run);
  if (state !== undefined) return { state, holder: others(summary.holder) };
  throw new HumanError(`Run ${run} cannot be shown. ${summary.problem ?? ''}`.trim(), 'Start a new run.');
}

/** What is run is what is saved: the file on disk and the plan agree. */
async function saveAll({ runbook, inventory }: StartRequest): Promise<void> {
  for (const uri of [runbook, inventory]) {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open?.isDirty === true && !(await open.save()))
      throw new HumanError(`${vscode.workspace.asRelativePath(uri)} could not be saved.`, 'Save it, then start again.');
  }
}

function named(plan: Parameters<typeof pathNamed>[0], name: string): string {
  const path = pathNamed(plan, name);
  if (path === undefined)
    throw new HumanError(`There is no step "${name}" in this plan, or more than one.`, 'Choose it in the view Runbook Steps.');
  return path;
}
