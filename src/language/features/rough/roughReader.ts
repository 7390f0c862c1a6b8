import type { KeyNode, MemberNode, SyntaxNode } from '../../text/syntaxNode.js';
import { anchorIn, readFlow } from './flow.js';
import type { Anchors } from './flow.js';
import { isBlank, Lines } from './lines.js';
import type { Line } from './lines.js';
import { folded, plainScalar, readBlockText, readQuoted, withoutComment } from './scalars.js';

/** Collections within collections that are still told apart. */
const DEEPEST = 64;
const QUOTED_KEY = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\n]|'')*'/y;
const PROPERTY = /(?:[&!][^\s,[\]{}]*(?:[ \t]+|(?=\r?$)))+/my;
const BLOCK_HEADER = /[|>][-+\d]*(?=[ \t]*(?:#[^\n]*)?\r?$)/my;
const WORD = /[\w.-]+[ \t]*\r?$/my;

/**
 * Reads YAML as it is while somebody writes it: half a key, a quote or bracket that is not closed yet, a line too far in or out. Never fails. Where
 * the text is YAML, the nodes are those of the parser. A scalar that contains `kept` is never given up for what follows it.
 */
export function readRoughly(text: string, kept?: string): SyntaxNode | undefined {
  return new RoughReader(text, kept).read();
}

class RoughReader {
  readonly #lines: Lines;
  readonly #text: string;
  readonly #kept: string | undefined;
  readonly #anchors: Anchors = new Map();
  #depth = 0;

  constructor(text: string, kept: string | undefined) {
    this.#lines = new Lines(text);
    this.#text = text;
    this.#kept = kept;
  }

  read(): SyntaxNode | undefined {
    const first = this.#block(-1);
    // What follows the root is lost to it, but never to the reader of the root: only a mapping goes on.
    if (first === undefined || first.kind === 'mapping' || this.#lines.peek() === undefined) return first;
    const rest = this.#mapping(-1);
    return first.kind === 'scalar' && rest?.kind === 'mapping'
      ? { ...rest, start: first.start, members: [{ key: keyOf(first), value: undefined }, ...rest.members] }
      : first;
  }

  /** What stands on the lines that are further in than `floor`. */
  #block(floor: number): SyntaxNode | undefined {
    const line = this.#lines.peek();
    if (line === undefined || line.indent <= floor) return undefined;
    if (this.#depth >= DEEPEST) {
      this.#lines.leave(line.end);
      return undefined;
    }
    this.#depth++;
    const node = this.#isDash(line)
      ? this.#list(line.indent, floor)
      : this.#colon(line) !== undefined || this.#isHalfKey(line, floor)
        ? this.#mapping(floor)
        : this.#inline(line.at, floor);
    this.#depth--;
    return node;
  }

  #mapping(floor: number): SyntaxNode | undefined {
    const members: MemberNode[] = [];
    let start: number | undefined;
    let end = 0;
    for (let line = this.#lines.peek(); line !== undefined && line.indent > floor; line = this.#lines.peek()) {
      start ??= line.at;
      if (this.#isDash(line)) {
        const stray = this.#list(line.indent, line.indent);
        const last = members.at(-1);
        if (last !== undefined && last.value === undefined) members[members.length - 1] = { key: last.key, value: stray };
        end = Math.max(end, stray.end);
      } else {
        const member = this.#member(line);
        members.push(member);
        end = Math.max(end, member.key.end, member.value?.end ?? 0);
      }
    }
    return start === undefined ? undefined : { kind: 'mapping', start, end, members };
  }

  #member(line: Line): MemberNode {
    const colon = this.#colon(line);
    if (colon === undefined) {
      const end = withoutComment(this.#text, line.at, line.end);
      this.#lines.leave(line.end);
      return { key: { start: line.at, end, text: this.#text.slice(line.at, end) }, value: undefined };
    }
    return { key: this.#key(line.at, colon), value: this.#value(colon + 1, line, line.indent, true) };
  }

  #key(start: number, colon: number): KeyNode {
    let end = colon;
    while (end > start && isBlank(this.#text.charCodeAt(end - 1))) end--;
    PROPERTY.lastIndex = start;
    const from = PROPERTY.test(this.#text) && PROPERTY.lastIndex < end ? PROPERTY.lastIndex : start;
    const source = this.#text.slice(from, end);
    return { start: from, end, text: /^["']/.test(source) ? String(readQuoted(this.#lines, from, 0).value) : source };
  }

  #value(from: number, line: Line, floor: number, isMember: boolean): SyntaxNode | undefined {
    const at = this.#past(from);
    return this.#named(from, at, this.#valueAt(at, line, floor, isMember));
  }

  #valueAt(at: number, line: Line, floor: number, isMember: boolean): SyntaxNode | undefined {
    if (at < line.end && this.#text[at] !== '#') return this.#inline(at, floor);
    this.#lines.leave(line.end);
    const next = this.#lines.peek();
    if (next === undefined || next.indent > floor) return this.#block(floor);
    return isMember && next.indent === floor && this.#isDash(next) ? this.#list(floor, floor) : undefined;
  }

  #list(indent: number, floor: number): SyntaxNode {
    const items: (SyntaxNode | undefined)[] = [];
    const start = this.#lines.peek()?.at ?? this.#text.length;
    let end = start;
    for (let line = this.#lines.peek(); line !== undefined; line = this.#lines.peek()) {
      const isItem = this.#isDash(line) && (line.indent === indent || line.indent > floor);
      if (!isItem && line.indent <= floor) break;
      const item = isItem ? this.#item(line) : this.#colon(line) === undefined ? this.#oneLine(line) : this.#loneMember(line);
      items.push(item);
      end = Math.max(end, item?.end ?? line.at + 1);
    }
    return { kind: 'list', start, end, items };
  }

  #item(dash: Line): SyntaxNode | undefined {
    const at = this.#past(dash.at + 1);
    return this.#named(dash.at + 1, at, this.#itemAt(at, dash));
  }

  #itemAt(at: number, dash: Line): SyntaxNode | undefined {
    if (at >= dash.end || this.#text[at] === '#') return this.#valueAt(at, dash, dash.indent, false);
    const line = this.#lines.within(dash, at);
    if (this.#isDash(line) || this.#colon(line) !== undefined || this.#isHalfKey(line, dash.indent)) return this.#block(dash.indent);
    return this.#inline(at, dash.indent);
  }

  /** A line in a list that has no dash yet. */
  #oneLine(line: Line): SyntaxNode {
    const end = withoutComment(this.#text, line.at, line.end);
    this.#lines.leave(line.end);
    return plainScalar(this.#text.slice(line.at, end), line.at, end);
  }

  #loneMember(line: Line): SyntaxNode {
    const member = this.#member(line);
    return { kind: 'mapping', start: line.at, end: Math.max(member.key.end, member.value?.end ?? 0), members: [member] };
  }

  #inline(at: number, floor: number): SyntaxNode | undefined {
    const char = this.#text[at];
    BLOCK_HEADER.lastIndex = at;
    if ((char === '|' || char === '>') && BLOCK_HEADER.test(this.#text))
      return readBlockText(this.#lines, at, BLOCK_HEADER.lastIndex, floor);
    if (char === '{' || char === '[') return this.#left(readFlow(this.#lines, at, floor, this.#anchors));
    if (char === '"' || char === "'") return this.#left(readQuoted(this.#lines, at, floor));
    return this.#plain(at, floor);
  }

  #left<Node extends SyntaxNode>(node: Node): Node {
    this.#lines.leave(node.end);
    return node;
  }

  #plain(at: number, floor: number): SyntaxNode | undefined {
    const first = this.#lines.lineAt(at);
    let end = withoutComment(this.#text, at, first.end);
    const alias = /^\*([^\s,[\]{}]+)$/.exec(this.#text.slice(at, Math.min(end, at + 200)));
    let source = this.#text.slice(at, end);
    let hasComment = end < first.end && this.#text.slice(end, first.end).trim() !== '';
    this.#lines.leave(first.end);
    if (alias !== null) return { kind: 'alias', start: at, end, name: alias[1] ?? '', target: this.#anchors.get(alias[1] ?? '') };
    for (let next = this.#lines.peek(); next !== undefined && next.indent > floor; next = this.#lines.peek()) {
      if (this.#isAstray(next, floor)) break;
      if (this.#isDash(next) || this.#colon(next) !== undefined || hasComment) {
        const behind = this.#block(floor);
        return this.#kept !== undefined && source.includes(this.#kept)
          ? plainScalar(source, at, end)
          : (behind ?? plainScalar(source, at, end));
      }
      const between = folded(this.#text.slice(end, next.at));
      end = withoutComment(this.#text, next.at, next.end);
      source = source + between + this.#text.slice(next.at, end);
      hasComment = end < next.end && this.#text.slice(end, next.end).trim() !== '';
      this.#lines.leave(next.end);
    }
    return plainScalar(source, at, end);
  }

  /** Remembers a node by the anchor before it. */
  #named(from: number, at: number, node: SyntaxNode | undefined): SyntaxNode | undefined {
    const anchor = anchorIn(this.#text, from, at);
    if (anchor !== undefined && node !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  /** Past blanks, and a tag or anchor. */
  #past(from: number): number {
    let at = from;
    while (isBlank(this.#text.charCodeAt(at))) at++;
    PROPERTY.lastIndex = at;
    return (this.#text[at] === '&' || this.#text[at] === '!') && PROPERTY.test(this.#text) ? PROPERTY.lastIndex : at;
  }

  #isDash({ at, end }: Line): boolean {
    return this.#text[at] === '-' && (at + 1 >= end || isBlank(this.#text.charCodeAt(at + 1)));
  }

  /** A word by itself, before a key on the same level: somebody writes a key there. */
  #isHalfKey(line: Line, floor: number): boolean {
    WORD.lastIndex = line.at;
    if (!WORD.test(this.#text)) return false;
    const next = this.#lines.after(line);
    return next !== undefined && next.indent > floor && !this.#isDash(next) && this.#colon(next) !== undefined;
  }

  /** The kept word by itself, a blank too far in: a key that somebody begins below a value that is complete. */
  #isAstray({ at, end, indent }: Line, floor: number): boolean {
    return this.#kept !== undefined && (indent - floor) % 2 === 1 && floor >= 0 && this.#text.slice(at, end).trimEnd() === this.#kept;
  }

  /** Where the colon behind the key of a line is. */
  #colon({ at, end }: Line): number | undefined {
    const first = this.#text[at];
    if (first === '"' || first === "'") {
      QUOTED_KEY.lastIndex = at;
      if (!QUOTED_KEY.test(this.#text)) return undefined;
      let behind = QUOTED_KEY.lastIndex;
      while (isBlank(this.#text.charCodeAt(behind))) behind++;
      return this.#isColon(behind, end) ? behind : undefined;
    }
    if (first === '{' || first === '[' || first === '#' || first === '|' || first === '>') return undefined;
    for (let colon = this.#text.indexOf(':', at); colon >= 0 && colon < end; colon = this.#text.indexOf(':', colon + 1))
      if (this.#isColon(colon, end)) return hasHash(this.#text, at, colon) ? undefined : colon;
    return undefined;
  }

  #isColon(at: number, end: number): boolean {
    return this.#text[at] === ':' && (at + 1 >= end || isBlank(this.#text.charCodeAt(at + 1)));
  }
}

function keyOf(node: SyntaxNode): KeyNode {
  return { start: node.start, end: node.end, text: node.kind === 'scalar' ? node.source : '' };
}

function hasHash(text: string, from: number, to: number): boolean {
  const at = text.slice(from, to).search(/[ \t]#/);
  return at >= 0;
}
