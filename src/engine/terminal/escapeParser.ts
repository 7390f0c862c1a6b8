/** A piece of terminal output. `escape`: a whole CSI sequence that was introduced with ESC. Everything else that steers a terminal is left out. */
export type TerminalPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'control'; readonly code: number }
  | { readonly kind: 'csi'; readonly parameters: string; readonly final: string };

/** Longer parameters are no colour and no move. */
const LONGEST_PARAMETERS = 64;

const ESC = 0x1b;
const LF = 0x0a;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
const CSI = 0x9b;
const ST = 0x9c;
const DEL = 0x7f;
const OSC = 0x9d;
/** What follows ESC to begin a string: P (DCS), X (SOS), ^ (PM), _ (APC); and `]` (OSC), which alone may end with BEL too. */
const STRING_STARTS = new Set('PX^_]');
const C1_STRING_STARTS = new Set([0x90, 0x98, OSC, 0x9e, 0x9f]);

type State = 'text' | 'escape' | 'escape_intermediate' | 'csi' | 'csi_ignored' | 'string' | 'osc';

/**
 * Cuts terminal output into pieces (ECMA-48, and the states of Paul Williams' parser for the VT500). Keeps its state between chunks
 * and a bounded amount of memory. A string that is not ended ends at its line, so that nobody can swallow what others print later.
 */
export class EscapeParser {
  #state: State = 'text';
  #parameters = '';
  #intermediate = false;
  #quiet = false;

  /** No sequence or string is under way. */
  get isIdle(): boolean {
    return this.#state === 'text';
  }

  parse(chunk: string, emit: (piece: TerminalPiece) => void): void {
    let start = -1;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      const plain = this.#state === 'text' && code >= 0x20 && code !== DEL && (code < 0x80 || code > 0x9f);
      if (plain) {
        if (start < 0) start = at;
        continue;
      }
      if (start >= 0) emit({ kind: 'text', text: chunk.slice(start, at) });
      start = -1;
      this.#steer(code, chunk[at] as string, emit);
    }
    if (start >= 0) emit({ kind: 'text', text: chunk.slice(start) });
  }

  #steer(code: number, character: string, emit: (piece: TerminalPiece) => void): void {
    if (code === ESC) {
      this.#state = 'escape';
      return;
    }
    if (code === CAN || code === SUB) {
      this.#state = 'text';
      return;
    }
    if (this.#state === 'string' || this.#state === 'osc') {
      if (code === LF) emit({ kind: 'control', code });
      if (code === LF || code === ST || (code === BEL && this.#state === 'osc')) this.#state = 'text';
      return;
    }
    if (code >= 0x80 && code <= 0x9f) {
      this.#c1(code);
      return;
    }
    if (code < 0x20 || (code === DEL && this.#state === 'text')) {
      // A terminal carries out a control inside a sequence at once; the sequence goes on after it.
      emit({ kind: 'control', code });
      if (code === LF) this.#state = 'text';
      return;
    }
    this.#inSequence(code, character, emit);
  }

  #c1(code: number): void {
    if (code === CSI) this.#beginCsi(true);
    else this.#state = code === OSC ? 'osc' : C1_STRING_STARTS.has(code) ? 'string' : 'text';
  }

  #beginCsi(quiet: boolean): void {
    this.#state = 'csi';
    this.#parameters = '';
    this.#intermediate = false;
    this.#quiet = quiet;
  }

  #inSequence(code: number, character: string, emit: (piece: TerminalPiece) => void): void {
    switch (this.#state) {
      case 'escape':
        if (character === '[') this.#beginCsi(false);
        else if (STRING_STARTS.has(character)) this.#state = character === ']' ? 'osc' : 'string';
        else this.#state = code < 0x30 ? 'escape_intermediate' : 'text';
        return;
      case 'escape_intermediate':
        if (code >= 0x30) this.#state = 'text';
        return;
      default:
        this.#inCsi(code, character, emit);
    }
  }

  #inCsi(code: number, character: string, emit: (piece: TerminalPiece) => void): void {
    if (code > 0x7f) {
      // Not part of any sequence: the sequence is broken off, the character is text.
      this.#state = 'text';
      emit({ kind: 'text', text: character });
    } else if (code >= 0x40 && code !== DEL) {
      const whole = this.#state === 'csi' && !this.#intermediate && !this.#quiet;
      this.#state = 'text';
      if (whole) emit({ kind: 'csi', parameters: this.#parameters, final: character });
    } else if (code < 0x30) {
      this.#intermediate = true;
    } else if (this.#parameters.length >= LONGEST_PARAMETERS) {
      this.#state = 'csi_ignored';
    } else {
      this.#parameters += character;
    }
  }
}
