import * as vscode from 'vscode';
import { forTerminal } from './terminalText.js';

/** At most this many drawings a second. */
const DRAW_EVERY_MS = 40;
/** What may wait to be drawn, in UTF-16 code units; older output gives way, and the person is told. */
const MOST_WAITING = 262_144;

export interface HostTerminalInput {
  typed(data: string): void;
  resized(columns: number, rows: number): void;
}

/** The terminal of one host: shows what its steps print, and passes on what is typed. */
export class HostTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#written.event;
  readonly #input: HostTerminalInput;
  #waiting = '';
  #dropped = false;
  #isOpen = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(input: HostTerminalInput) {
    this.#input = input;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#isOpen = true;
    if (size !== undefined) this.#input.resized(size.columns, size.rows);
    this.#draw();
  }

  close(): void {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  handleInput(data: string): void {
    this.#input.typed(data);
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#input.resized(size.columns, size.rows);
  }

  /** Output of a step, already free of escapes that could do harm. */
  write(text: string): void {
    this.#waiting += forTerminal(text);
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting = this.#waiting.slice(-MOST_WAITING / 2);
      this.#dropped = true;
    }
    if (this.#isOpen) this.#timer ??= setTimeout(() => this.#draw(), DRAW_EVERY_MS);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting === '') return;
    const text = this.#dropped
      ? `\x1b[0m\r\n\x1b[2m… output left out here; the run keeps its beginning and end …\x1b[0m\r\n${this.#waiting}`
      : this.#waiting;
    this.#waiting = '';
    this.#dropped = false;
    this.#written.fire(text);
  }
}
