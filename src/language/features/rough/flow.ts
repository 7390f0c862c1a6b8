import type { MemberNode, SyntaxNode } from '../../text/syntaxNode.js';
import { isBlank } from './lines.js';
import type { Lines } from './lines.js';
import { goesOn, plainScalar, readQuoted } from './scalars.js';

/** Brackets within brackets that are still told apart. */
const DEEPEST = 60;
const PROPERTY = /(?:[&!][^\s,[\]{}]*(?:[ \t]+|(?=[,\]}\r\n])))+/y;

/** Nodes by the anchors before them. */
export type Anchors = Map<string, SyntaxNode>;

/** The anchor in a stretch of text that holds nothing but blanks, a tag and an anchor. */
export function anchorIn(text: string, from: number, to: number): string | undefined {
  return to > from ? /&([^\s,[\]{}]+)/.exec(text.slice(from, to))?.[1] : undefined;
}

/** Reads a mapping in braces or a list in brackets. One that is never closed ends where its lines do. */
export function readFlow(lines: Lines, start: number, floor: number, anchors: Anchors): SyntaxNode {
  return new FlowReader(lines, floor, anchors).collection(start, 0);
}

class FlowReader {
  readonly #lines: Lines;
  readonly #text: string;
  readonly #floor: number;
  readonly #anchors: Anchors;

  constructor(lines: Lines, floor: number, anchors: Anchors) {
    this.#anchors = anchors;
    this.#lines = lines;
    this.#text = lines.text;
    this.#floor = floor;
  }

  collection(start: number, depth: number): SyntaxNode {
    const isMapping = this.#text[start] === '{';
    const close = isMapping ? '}' : ']';
    const members: MemberNode[] = [];
    const items: (SyntaxNode | undefined)[] = [];
    let end = start + 1;
    for (let at = this.#skip(end); ; at = this.#skip(end)) {
      const char = this.#text[at];
      if (char === close) {
        end = at + 1;
        break;
      }
      // The bracket of another collection, or the end of the lines: this one was never closed.
      if (char === undefined || this.#isEnd(at) || char === '}' || char === ']') break;
      if (char === ',') {
        end = at + 1;
        continue;
      }
      const found = this.#entry(at, depth);
      end = Math.max(found.end, at + 1);
      if (isMapping) members.push(found.member);
      else items.push(found.hasColon ? lone(found.member, end) : found.item);
    }
    return isMapping ? { kind: 'mapping', start, end, members } : { kind: 'list', start, end, items };
  }

  #entry(at: number, depth: number): { member: MemberNode; item: SyntaxNode; hasColon: boolean; end: number } {
    const item = this.#value(at, depth);
    const key = { start: item.start, end: item.end, text: item.kind === 'scalar' ? (item.plain ? item.source : String(item.value)) : '' };
    const colon = this.#skip(item.end);
    if (this.#text[colon] !== ':') return { member: { key, value: undefined }, item, hasColon: false, end: item.end };
    const behind = this.#skip(colon + 1);
    if (this.#isEnd(behind) || /[,\]}]/.test(this.#text[behind] ?? ','))
      return { member: { key, value: undefined }, item, hasColon: true, end: colon + 1 };
    const value = this.#value(behind, depth);
    return { member: { key, value }, item, hasColon: true, end: value.end };
  }

  #value(from: number, depth: number): SyntaxNode {
    PROPERTY.lastIndex = from;
    const at = PROPERTY.test(this.#text) ? PROPERTY.lastIndex : from;
    const node = this.#node(at, depth);
    const anchor = anchorIn(this.#text, from, at);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #node(at: number, depth: number): SyntaxNode {
    const char = this.#text[at];
    if ((char === '{' || char === '[') && depth < DEEPEST) return this.collection(at, depth + 1);
    if (char === '"' || char === "'") return readQuoted(this.#lines, at, this.#floor);
    return this.#plain(at);
  }

  #plain(start: number): SyntaxNode {
    let at = start;
    for (; at < this.#text.length; at++) {
      const char = this.#text[at] ?? '';
      if (',[]{}\n'.includes(char)) {
        if (!this.#text.startsWith('{{', at) || this.#text[at - 1] !== '$') break;
        const close = this.#text.indexOf('}}', at);
        const lineEnd = this.#text.indexOf('\n', at);
        if (close < 0 || (lineEnd >= 0 && lineEnd < close)) break;
        at = close + 1;
      } else if (char === ':' && /[\s,\]}]/.test(this.#text[at + 1] ?? ' ')) break;
      else if (char === '#' && isBlank(this.#text.charCodeAt(at - 1))) break;
    }
    let end = Math.max(at, start);
    while (end > start && /\s/.test(this.#text[end - 1] ?? '')) end--;
    const source = this.#text.slice(start, end);
    const alias = /^\*\S+$/.test(source) ? source.slice(1) : undefined;
    return alias === undefined
      ? plainScalar(source, start, end)
      : { kind: 'alias', start, end, name: alias, target: this.#anchors.get(alias) };
  }

  /** Past blanks, comments and line breaks, as far as the lines belong to it. */
  #skip(from: number): number {
    let at = from;
    for (;;) {
      while (isBlank(this.#text.charCodeAt(at)) || this.#text[at] === '\r') at++;
      if (this.#text[at] === '#' && (at === 0 || /\s/.test(this.#text[at - 1] ?? ''))) {
        const end = this.#text.indexOf('\n', at);
        at = end < 0 ? this.#text.length : end;
      }
      if (this.#text[at] !== '\n' || !goesOn(this.#lines, at, this.#floor)) return at;
      at++;
    }
  }

  #isEnd(at: number): boolean {
    return at >= this.#text.length || this.#text[at] === '\n';
  }
}

/** `[a: b]` is a list of a mapping. */
function lone(member: MemberNode, end: number): SyntaxNode {
  return { kind: 'mapping', start: member.key.start, end, members: [member] };
}
