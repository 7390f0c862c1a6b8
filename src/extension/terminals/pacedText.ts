import { forTerminal } from './terminalText.js';

/** One terminal draws at most 25 times a second; several share that. */
const DRAW_EVERY_MS = 40;
/** What may wait to be drawn, in UTF-16 code units; older output gives way, and the person is told how much. */
const MOST_WAITING = 262_144;

/** Text on its way to a terminal: drawn at a pace a window can follow, in bounded memory, however fast it comes. */
export class PacedText {
  readonly #draw: (text: string) => void;
  readonly #sharers: () => number;
  #waiting = '';
  #leftOut = 0;
  #isOpen = false;
  #timer: NodeJS.Timeout | undefined;

  /** `sharers`: how many terminals there are, this one included. */
  constructor(draw: (text: string) => void, sharers: () => number) {
    this.#draw = draw;
    this.#sharers = sharers;
  }

  /** From now on it is drawn; what waited, at once. */
  open(): void {
    this.#isOpen = true;
    this.#drawNow();
  }

  close(): void {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  write(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length > MOST_WAITING) {
      const kept = this.#waiting.slice(-MOST_WAITING / 2);
      this.#leftOut += this.#waiting.length - kept.length;
      this.#waiting = kept;
    }
    if (this.#isOpen) this.#timer ??= setTimeout(() => this.#drawNow(), DRAW_EVERY_MS * Math.max(1, this.#sharers()));
  }

  #drawNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting === '') return;
    const left = this.#leftOut.toLocaleString('en-US');
    const note =
      this.#leftOut === 0
        ? ''
        : `\x1b[0m\r\n\x1b[2m… ${left} characters are left out here; the run keeps its beginning and end …\x1b[0m\r\n`;
    const text = note + forTerminal(this.#waiting);
    this.#waiting = '';
    this.#leftOut = 0;
    this.#draw(text);
  }
}
