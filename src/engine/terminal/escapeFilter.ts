import { showControls } from '../../events/index.js';
import { EscapeParser } from './escapeParser.js';

const BS = 0x08;
const TAB = 0x09;
const LF = 0x0a;
const VT = 0x0b;
const FF = 0x0c;
const CR = 0x0d;

/** Characters and line feeds only, as most output is: a program that prints a million lines a second must not be held up by this filter. */
const NOTHING_TO_STEER = /^[\n\x20-\x7e\xa0-\uffff]*$/;

/** Farther than any terminal is wide. */
const FARTHEST = 999;

/**
 * Lets through of one attempt's output what a live terminal may be given: text, colours, moves on the line of the cursor, and moves up
 * no farther than its own lines, so that it cannot write over what was printed before it. Titles, links, clipboard, reports,
 * other screens and everything else that steers a terminal are dropped. Not for any other sink: see {@link plainText}.
 */
export class EscapeFilter {
  readonly #parser = new EscapeParser();
  /** Line of the cursor and last line, counted from the first one of this output. */
  #line = 0;
  #last = 0;
  #coloured = false;

  /** The harmless part of a chunk. A sequence or character that is cut at its end waits for the next one. */
  filter(chunk: string): string {
    if (this.#parser.isIdle && NOTHING_TO_STEER.test(chunk)) return this.#plain(chunk);
    let out = '';
    this.#parser.parse(chunk, (piece) => {
      switch (piece.kind) {
        case 'text':
          out += piece.text;
          break;
        case 'control':
          out += this.#control(piece.code);
          break;
        case 'csi':
          out += this.#sequence(piece.parameters, piece.final);
      }
    });
    return out;
  }

  /** What must follow the last chunk: colours off, and the cursor below the output. */
  end(): string {
    const down = this.#last - this.#line;
    const out = `${this.#coloured ? '\x1b[0m' : ''}${down > 0 ? `\x1b[${String(down)}B` : ''}`;
    this.#coloured = false;
    this.#line = this.#last;
    return out;
  }

  #plain(chunk: string): string {
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', at + 1)) this.#line += 1;
    this.#last = Math.max(this.#last, this.#line);
    return chunk;
  }

  #control(code: number): string {
    switch (code) {
      case BS:
      case TAB:
      case CR:
        return String.fromCharCode(code);
      case LF:
      case VT:
      case FF:
        this.#line += 1;
        this.#last = Math.max(this.#last, this.#line);
        return '\n';
      default:
        return '';
    }
  }

  #sequence(parameters: string, final: string): string {
    const whole = `\x1b[${parameters}${final}`;
    switch (final) {
      case 'm':
        if (!/^[0-9;:]*$/.test(parameters)) return '';
        this.#coloured = true;
        return whole;
      case 'K':
        return /^[012]?$/.test(parameters) ? whole : '';
      case 'J':
        // Only what is below the cursor is all its own.
        return /^0?$/.test(parameters) ? whole : '';
      case 'C':
      case 'D':
      case 'G':
        return /^[0-9]{0,3}$/.test(parameters) ? whole : '';
      case 'A':
      case 'B':
        return /^[0-9]{0,3}$/.test(parameters) ? this.#move(Number(parameters) || 1, final) : '';
      default:
        return '';
    }
  }

  #move(lines: number, final: 'A' | 'B'): string {
    const wanted = Math.min(lines, FARTHEST);
    const allowed = Math.min(wanted, final === 'A' ? this.#line : this.#last - this.#line);
    if (allowed === 0) return '';
    this.#line += final === 'A' ? -allowed : allowed;
    return `\x1b[${String(allowed)}${final}`;
  }
}

/**
 * Output as plain text for every sink but a live terminal: sequences are taken out, a carriage return begins a new line, and what is
 * left of controls and unseen characters is shown (`␇`, `<U+202E>`).
 */
export function plainText(output: string): string {
  let out = '';
  new EscapeParser().parse(output, (piece) => {
    if (piece.kind === 'text') out += piece.text;
    else if (piece.kind === 'control') out += String.fromCharCode(piece.code);
  });
  return showControls(out.replaceAll(/\r*\n/g, '\n').replaceAll(/\r+/g, '\n'));
}
