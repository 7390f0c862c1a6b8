import * as vscode from 'vscode';
import type { RunHandle } from '../../engine/index.js';
import { HumanError } from '../../events/index.js';
import { showInLine } from '../../events/index.js';
import type { RunEvent, RunState } from '../../events/index.js';
import { progressOf, titlesOf } from '../../protocol/index.js';
import { exitCodeOf, NOT_BEGUN } from './exitCode.js';

/** A run as a task: one line for what matters, an exit code at its end. Closing the task stops the run. */
export class RunTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;
  readonly #begin: () => Promise<RunHandle | undefined>;
  #handle: RunHandle | undefined;

  constructor(begin: () => Promise<RunHandle | undefined>) {
    this.#begin = begin;
  }

  open(): void {
    void this.#run();
  }

  close(): void {
    void this.#handle?.stop('The task was ended.');
  }

  async #run(): Promise<void> {
    try {
      const handle = await this.#begin();
      this.#handle = handle;
      if (handle === undefined) return this.#end('Nothing was run.', NOT_BEGUN.declined);
      this.#say(`Run ${handle.run}`);
      handle.onEvent((event, state) => {
        const line = lineOf(event, state);
        if (line !== undefined) this.#say(line);
      });
      const state = await handle.finished;
      this.#end(state.closing ?? state.status, exitCodeOf(state));
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.#end(`${error.message} ${error.next}`, NOT_BEGUN.unsound);
    }
  }

  #say(line: string): void {
    this.#written.fire(`${showInLine(line)}\r\n`);
  }

  #end(line: string, code: number): void {
    this.#say(line);
    this.#closed.fire(code);
  }
}

function lineOf(event: RunEvent, state: RunState): string | undefined {
  switch (event.type) {
    case 'attempt_ended':
    case 'skipped': {
      const { done, total } = progressOf(state);
      const outcome = event.type === 'skipped' ? `skipped (${event.text})` : event.outcome;
      const where = event.target === '-' ? '' : ` on ${event.target}`;
      const why = event.type === 'attempt_ended' && event.failure !== undefined ? `: ${event.failure.message}` : '';
      return `[${String(done)}/${String(total)}] ${titlesOf(state, event.step).join(' › ')}${where}: ${outcome}${why}`;
    }
    case 'gate_opened':
      return 'Waiting for you; see the progress panel.';
    default:
      return undefined;
  }
}
