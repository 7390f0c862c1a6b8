import type { Range } from '../../text/range.js';
import type { CelToken } from '../symbols/celTokens.js';
import { replaced } from './locals.js';
import type { Local } from './locals.js';
import { COMPARISONS, inQuotes, isOperand, isWordLike, OPENING, tokensIn } from './tokens.js';

/** A call around the place that is being written. */
export interface OpenCall {
  readonly name: string;
  /** What stands before the dot, without local names; undefined for a function by itself. */
  readonly receiver: string | undefined;
  /** Number of the argument, from 0. */
  readonly argument: number;
}

/** What somebody writes at one place of an expression. Ranges are within the expression. */
export interface CelWriting {
  /** The word under the cursor; empty between words. */
  readonly word: Range;
  readonly what:
    | { readonly kind: 'name' }
    /** Behind a dot; `receiver` has no local names. */
    | { readonly kind: 'member'; readonly receiver: string }
    /** In quotes: `compared` is what it is compared with. */
    | { readonly kind: 'text'; readonly compared: string | undefined }
    /** Behind a value, where only an operator can stand; `left` is that value. */
    | { readonly kind: 'operator'; readonly left: string }
    /** In a number. */
    | { readonly kind: 'nothing' };
  readonly locals: readonly Local[];
  /** The calls around it, innermost first. */
  readonly calls: readonly OpenCall[];
}

/** Functions that give a name to each item of a list. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** What is being written at an offset of an expression, however broken it is. */
export function celWritingAt(cel: string, offset: number): CelWriting {
  return new Writing(tokensIn(cel), cel, offset).read();
}

interface Frame {
  readonly open: string;
  /** Index of the token that opens it. */
  readonly index: number;
  commas: number;
  readonly local: Local | undefined;
  /** The name of a `cel.bind`, once its value is written. */
  bound: Local | undefined;
}

class Writing {
  readonly #tokens: readonly CelToken[];
  readonly #cel: string;
  readonly #offset: number;
  readonly #frames: Frame[] = [];

  constructor(tokens: readonly CelToken[], cel: string, offset: number) {
    this.#tokens = tokens;
    this.#cel = cel;
    this.#offset = offset;
  }

  read(): CelWriting {
    const at = this.#tokens.findIndex(
      (token) => token.start < this.#offset && this.#offset <= token.end && isWordLike(token, this.#offset),
    );
    const token = this.#tokens[at];
    const before = token === undefined ? this.#tokens.filter(({ end }) => end <= this.#offset).length : at;
    this.#open(before);
    const locals = this.#locals();
    const calls = this.#calls(locals);
    const previous = this.#tokens[before - 1];
    const word = token === undefined ? { start: this.#offset, end: this.#offset } : { start: token.start, end: token.end };
    if (token?.kind === 'text')
      return { word: inQuotes(token), what: { kind: 'text', compared: this.#compared(before, locals) }, locals, calls };
    if (token?.kind === 'number') return { word, what: { kind: 'nothing' }, locals, calls };
    if (previous?.text === '.') {
      const receiver = this.#receiver(before - 2);
      return {
        word,
        what: receiver === undefined ? { kind: 'nothing' } : { kind: 'member', receiver: replaced(receiver, locals) },
        locals,
        calls,
      };
    }
    const isBehind = previous !== undefined && isOperand(previous) && (token === undefined || previous.end < token.start);
    const left = isBehind ? this.#receiver(before - 1) : undefined;
    if (!isBehind) return { word, what: { kind: 'name' }, locals, calls };
    return { word, what: left === undefined ? { kind: 'nothing' } : { kind: 'operator', left: replaced(left, locals) }, locals, calls };
  }

  /** Opens and closes brackets up to a token. */
  #open(before: number): void {
    for (let index = 0; index < before; index++) {
      const { text, kind } = this.#tokens[index] as CelToken;
      if (kind !== 'mark') continue;
      const frame = this.#frames.at(-1);
      if (text === '(' || text === '[' || text === '{')
        this.#frames.push({ open: text, index, commas: 0, local: this.#macroLocal(index), bound: undefined });
      else if (OPENING[text] !== undefined) {
        if (frame?.open === OPENING[text]) this.#frames.pop();
      } else if (text === ',' && frame !== undefined) {
        frame.commas++;
        if (frame.commas === 2) frame.bound = this.#boundLocal(frame.index, index);
      }
    }
  }

  #macroLocal(open: number): Local | undefined {
    const macro = this.#tokens[open - 1];
    const name = this.#tokens[open + 1];
    if (macro?.kind !== 'name' || !MACROS.has(macro.text) || this.#tokens[open - 2]?.text !== '.' || name?.kind !== 'name')
      return undefined;
    const receiver = this.#receiver(open - 3);
    return receiver === undefined ? undefined : { name: name.text, like: `(${replaced(receiver, this.#locals())})[0]`, macro: macro.text };
  }

  #boundLocal(open: number, comma: number): Local | undefined {
    const [space, dot, bind] = [this.#tokens[open - 3], this.#tokens[open - 2], this.#tokens[open - 1]];
    const [name, first] = [this.#tokens[open + 1], this.#tokens[open + 3]];
    if (space?.text !== 'cel' || dot?.text !== '.' || bind?.text !== 'bind' || name?.kind !== 'name' || first === undefined)
      return undefined;
    const value = this.#cel.slice(first.start, this.#tokens[comma]?.start);
    return { name: name.text, like: `(${replaced(value, this.#locals())})`, macro: 'bind' };
  }

  /** Local names that can be used here, the innermost first. */
  #locals(): readonly Local[] {
    return [...this.#frames]
      .reverse()
      .flatMap(({ local, commas, bound }) => [
        ...(bound === undefined ? [] : [bound]),
        ...(local === undefined || commas === 0 ? [] : [local]),
      ]);
  }

  #calls(locals: readonly Local[]): readonly OpenCall[] {
    return [...this.#frames].reverse().flatMap(({ open, index, commas }) => {
      const name = this.#tokens[index - 1];
      if (open !== '(' || name?.kind !== 'name') return [];
      const isMethod = this.#tokens[index - 2]?.text === '.';
      const receiver = isMethod ? this.#receiver(index - 3) : undefined;
      return [{ name: name.text, receiver: receiver === undefined ? undefined : replaced(receiver, locals), argument: commas }];
    });
  }

  #compared(before: number, locals: readonly Local[]): string | undefined {
    const operator = this.#tokens[before - 1]?.text ?? '';
    const other = COMPARISONS.has(operator) ? this.#receiver(before - 2) : undefined;
    return other === undefined ? undefined : replaced(other, locals);
  }

  /** The expression that ends with a token: names, calls and indexes joined by dots. */
  #receiver(last: number): string | undefined {
    const end = this.#tokens[last]?.end;
    let at = last;
    for (;;) {
      const token = this.#tokens[at];
      if (token === undefined || end === undefined) return undefined;
      if (OPENING[token.text] !== undefined && token.kind === 'mark') {
        const open = this.#opening(at);
        const before = open === undefined ? undefined : this.#tokens[open - 1];
        if (open === undefined) return undefined;
        const isCallOrIndex =
          before !== undefined && token.text !== '}' && isOperand(before) && (token.text === ']' || before.kind === 'name');
        if (isCallOrIndex && before.text !== 'in') {
          at = open - 1;
          continue;
        }
        at = open;
      } else if (token.kind === 'mark') return undefined;
      if (this.#tokens[at - 1]?.text !== '.') return this.#cel.slice(this.#tokens[at]?.start, end);
      at -= 2;
    }
  }

  #opening(close: number): number | undefined {
    let depth = 0;
    for (let at = close; at >= 0; at--) {
      const { kind, text } = this.#tokens[at] as CelToken;
      if (kind !== 'mark') continue;
      if (OPENING[text] !== undefined) depth++;
      else if (text === '(' || text === '[' || text === '{') {
        depth--;
        if (depth === 0) return at;
      }
    }
    return undefined;
  }
}
