import { ANY_CHAR, bothCases, CLASS_ESCAPES, complement, NOT_NEWLINE, single, union } from './charSet.js';
import type { CharSet } from './charSet.js';

/** A pattern taken apart: alternatives of sequences. */
export type Alternatives = readonly (readonly Piece[])[];

export interface Piece {
  readonly atom:
    { readonly kind: 'set'; readonly set: CharSet } | { readonly kind: 'group'; readonly body: Alternatives } | { readonly kind: 'edge' };
  readonly min: number;
  readonly max: number;
  /** Where it stands in the pattern. */
  readonly start: number;
  readonly end: number;
}

export interface RegexSyntax {
  readonly alternatives: Alternatives;
  /** The same pattern in the spelling of JavaScript with the flag `u`. */
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** The pattern is not of the language. Offsets are within the pattern. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

const DEPTH = 40;
const REPEATS = 1000;
const CONTROL: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7 };
const MUST_ESCAPE = new Set('^$\\.*+?()[]{}|/');

/** Reads a pattern of the subset of RE2 that this language has. Throws {@link RegexSyntaxError}. */
export function readRegex(pattern: string): RegexSyntax {
  const reader = new RegexReader(pattern);
  const alternatives = reader.readAlternatives(0);
  if (!reader.atEnd) throw reader.error('")" closes nothing; write "\\)" for the character', 1);
  return { alternatives, source: reader.source, ignoreCase: reader.ignoreCase };
}

class RegexReader {
  source = '';
  readonly ignoreCase: boolean;
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.ignoreCase = pattern.startsWith('(?i)');
    if (this.ignoreCase) this.#at = 4;
  }

  get atEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  error(message: string, length: number, start = this.#at): RegexSyntaxError {
    return new RegexSyntaxError(message, start, Math.min(start + length, this.#pattern.length));
  }

  readAlternatives(depth: number): Alternatives {
    if (depth > DEPTH) throw this.error(`groups are nested deeper than ${String(DEPTH)}; simplify the pattern`, 1);
    const alternatives: Piece[][] = [[]];
    while (!this.atEnd && this.#peek() !== ')') {
      if (this.#peek() === '|') {
        this.#copy(1);
        alternatives.push([]);
      } else {
        (alternatives.at(-1) as Piece[]).push(this.#readPiece(depth));
      }
    }
    return alternatives;
  }

  #readPiece(depth: number): Piece {
    const start = this.#at;
    const atom = this.#readAtom(depth);
    const { min, max } = this.#readQuantifier(atom.kind === 'edge');
    return { atom, min, max, start, end: this.#at };
  }

  #readAtom(depth: number): Piece['atom'] {
    const char = this.#char();
    switch (char) {
      case '(':
        return this.#readGroup(depth);
      case '[':
        return { kind: 'set', set: this.#cased(this.#readClass()) };
      case '.':
        this.#copy(1);
        return { kind: 'set', set: NOT_NEWLINE };
      case '^':
      case '$':
        this.#copy(1);
        return { kind: 'edge' };
      case '\\':
        return this.#readEscape();
      case '*':
      case '+':
      case '?':
        throw this.error(`"${char}" repeats nothing; write "\\${char}" for the character`, 1);
      default:
        this.#at += char.length;
        this.source += MUST_ESCAPE.has(char) ? `\\${char}` : char;
        return { kind: 'set', set: this.#cased(single(char.codePointAt(0) as number)) };
    }
  }

  #readGroup(depth: number): Piece['atom'] {
    const start = this.#at;
    const opening = /^\((?:\?(?:P?<([A-Za-z_][A-Za-z0-9_]*)>|:))?/.exec(this.#pattern.slice(start, start + 80)) as RegExpExecArray;
    if (opening[0] === '(' && this.#pattern[start + 1] === '?') throw this.#unknownGroup();
    this.#at += opening[0].length;
    this.source += opening[1] === undefined ? opening[0] : `(?<${opening[1]}>`;
    const body = this.readAlternatives(depth + 1);
    if (this.#peek() !== ')') throw this.error('this group has no ")"; close it', opening[0].length, start);
    this.#copy(1);
    return { kind: 'group', body };
  }

  #unknownGroup(): RegexSyntaxError {
    const opening = this.#pattern.slice(this.#at, this.#at + 4);
    if (/^\(\?<?[=!]/.test(opening))
      return this.error(
        'looking ahead or behind is not part of the patterns here; match the text itself and put the wanted part in a group',
        opening.length,
      );
    if (opening === '(?i)') return this.error('"(?i)" counts only at the very start of a pattern; move it there', 4);
    return this.error('this kind of group is not part of the patterns here; use "(…)", "(?:…)" or "(?<name>…)"', 3);
  }

  #readClass(): CharSet {
    const start = this.#at;
    const negated = this.#pattern[start + 1] === '^';
    this.#copy(negated ? 2 : 1);
    const members: CharSet[] = [];
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.atEnd) throw this.error('this set has no "]"; close it', 1, start);
      if (this.#pattern.startsWith('[:', this.#at))
        throw this.error('named sets are not part of the patterns here; write the characters, for example "a-z"', 2);
      const from = this.#readMember();
      if (this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']' && this.#at + 1 < this.#pattern.length) {
        this.#copy(1);
        const to = this.#readMember();
        const [low, high] = [from[0]?.[0] ?? 0, to.at(-1)?.[1] ?? 0];
        if (from.length !== 1 || from[0]?.[1] !== low || to.length !== 1 || to[0]?.[0] !== high || high < low)
          throw this.error(
            'this range of characters is empty or has no single ends; write the lower character first',
            this.#at - start,
            start,
          );
        members.push([[low, high]]);
      } else {
        members.push(from);
      }
    }
    this.#copy(1);
    return negated ? complement(union(members)) : union(members);
  }

  #readMember(): CharSet {
    const char = this.#char();
    if (char === '\\') {
      const atom = this.#readEscape();
      if (atom.kind !== 'set') throw this.error('this escape has no meaning in a set; remove it', 2, this.#at - 2);
      return atom.set;
    }
    this.#at += char.length;
    this.source += char === '[' || char === '-' || char === ']' || char === '^' ? `\\${char}` : char;
    return single(char.codePointAt(0) as number);
  }

  #readEscape(): Piece['atom'] {
    const start = this.#at;
    const char = this.#pattern[start + 1];
    if (char === undefined) throw this.error('"\\" escapes nothing; write "\\\\" for the character', 1);
    if (/[1-9k]/.test(char)) throw this.error('a pattern cannot refer back to a group here; write the text out', 2);
    if (char === 'b' || char === 'B') {
      this.#copy(2);
      return { kind: 'edge' };
    }
    const classSet = CLASS_ESCAPES[char];
    if (classSet !== undefined) {
      this.#copy(2);
      return { kind: 'set', set: classSet };
    }
    const coded = /^\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|([pP])\{(?:L|Lu|Ll|N|Nd|P|S|Z)\})/.exec(
      this.#pattern.slice(start, start + 12),
    );
    if (coded?.[4] !== undefined) {
      this.#copy(coded[0].length);
      return { kind: 'set', set: ANY_CHAR };
    }
    const code =
      coded === null
        ? (CONTROL[char] ?? (/[A-Za-z0-9]/.test(char) ? undefined : char.codePointAt(0)))
        : parseInt(coded[1] ?? coded[2] ?? coded[3] ?? '', 16);
    if (code === undefined || code > 0x10ffff)
      throw this.error(`"\\${char}" has no meaning in the patterns here; remove the "\\" or use \\d, \\w, \\s or \\b`, 2);
    this.#at += coded?.[0].length ?? 2;
    this.source += MUST_ESCAPE.has(char) && coded === null ? `\\${char}` : `\\u{${code.toString(16)}}`;
    return { kind: 'set', set: this.#cased(single(code)) };
  }

  #readQuantifier(edge: boolean): { min: number; max: number } {
    const found = /^(?:([*+?])|\{(\d{1,5})(?:(,)(\d{0,5}))?\})\??/.exec(this.#pattern.slice(this.#at, this.#at + 16));
    if (found === null) return { min: 1, max: 1 };
    if (edge) throw this.error('a place in the text cannot be repeated; remove the repetition', found[0].length);
    const min = found[1] === undefined ? Number(found[2]) : found[1] === '+' ? 1 : 0;
    const max =
      found[1] === undefined
        ? found[3] === undefined
          ? min
          : found[4] === ''
            ? Infinity
            : Number(found[4])
        : found[1] === '?'
          ? 1
          : Infinity;
    if (min > REPEATS || (max !== Infinity && max > REPEATS) || max < min)
      throw this.error(
        `a repetition counts from a smaller to a larger number, at most ${String(REPEATS)}; correct the numbers`,
        found[0].length,
      );
    const start = this.#at;
    this.#copy(found[0].length);
    if (/[*+?]/.test(this.#peek()) || /^\{\d+(?:,\d*)?\}/.test(this.#pattern.slice(this.#at, this.#at + 14)))
      throw this.error('two repetitions follow each other; keep one', this.#at + 1 - start, start);
    return { min, max };
  }

  #cased(set: CharSet): CharSet {
    return this.ignoreCase ? bothCases(set) : set;
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? '';
  }

  #char(): string {
    return String.fromCodePoint(this.#pattern.codePointAt(this.#at) as number);
  }

  #copy(length: number): void {
    this.source += this.#pattern.slice(this.#at, this.#at + length);
    this.#at += length;
  }
}
