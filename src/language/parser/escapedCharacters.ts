import type { Diagnostic } from '../diagnostic.js';
import { isControl, isHidden, MOST, nameOf } from './characters.js';
import type { Token } from './token.js';

const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^]))/g;
const NAMED: Readonly<Record<string, number>> = { '0': 0, a: 7, b: 8, v: 11, f: 12, r: 13, e: 27 };
/** What stands under this key is no text to be read: it is keys that are pressed, and some have no other spelling. */
const PRESSED = 'answer';

/** Finds, word by word, escapes in quoted text that stand for what people cannot see: it gets into every title and script all the same. */
export class EscapeCheck {
  readonly diagnostics: Diagnostic[] = [];
  #before = '';
  #key = '';

  /** Takes the next word. */
  see({ type, source, offset }: Token): void {
    if (type === 'space' || type === 'newline' || type === 'comment') return;
    if (type === 'double-quoted-scalar' && this.#key !== PRESSED) this.#look(source, offset);
    this.#key = type === 'map-value-ind' ? this.#before : '';
    this.#before = source;
  }

  #look(source: string, offset: number): void {
    for (const match of source.matchAll(ESCAPE)) {
      if (this.diagnostics.length >= MOST) return;
      const [escape, two, four, eight, letter = ''] = match;
      const hex = two ?? four ?? eight;
      const code = hex === undefined ? NAMED[letter] : parseInt(hex, 16);
      if (code === undefined || code > 0x10ffff) continue;
      const character = String.fromCodePoint(code);
      const ends = source.startsWith('\\n', match.index + escape.length);
      if (character === '\r' ? ends : !isControl(character) && !isHidden(character)) continue;
      this.diagnostics.push(finding(escape, offset + match.index, character));
    }
  }
}

function finding(escape: string, start: number, character: string): Diagnostic {
  const range = { start, end: start + escape.length };
  const fix = { title: `Remove ${escape}`, edits: [{ range, text: '' }] };
  const name = nameOf(character);
  if (isHidden(character))
    return {
      code: 'invisible-character',
      severity: 'warning',
      range,
      message: `${escape} is an invisible character (${name}); remove it`,
      fix,
    };
  const message = `${escape} is a control character (${name}); remove it, or write the text in single quotes where the program is to see "${escape}"`;
  return { code: 'control-character', severity: 'error', range, message, fix };
}
