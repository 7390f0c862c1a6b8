import * as vscode from 'vscode';
import { PacedText } from './pacedText.js';

export interface HostTerminalInput {
  typed(data: string): void;
  resized(columns: number, rows: number): void;
}

/** The terminal of one host: shows what its steps print, and passes on what is typed. */
export class HostTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#written.event;
  readonly #input: HostTerminalInput;
  readonly #text: PacedText;

  /** `sharers`: how many terminals the window has for the run, this one included. */
  constructor(input: HostTerminalInput, sharers: () => number) {
    this.#input = input;
    this.#text = new PacedText((text) => this.#written.fire(text), sharers);
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    if (size !== undefined) this.#input.resized(size.columns, size.rows);
    this.#text.open();
  }

  close(): void {
    this.#text.close();
  }

  handleInput(data: string): void {
    this.#input.typed(data);
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#input.resized(size.columns, size.rows);
  }

  /** Output of a step, already free of escapes that could do harm. */
  write(text: string): void {
    this.#text.write(text);
  }
}
