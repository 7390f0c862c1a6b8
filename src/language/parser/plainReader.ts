import { COLLECTION_STYLE, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import { visibleRange } from '../text/syntaxNode.js';
import type { KeyNode, ListNode, MappingNode, MemberNode, ScalarNode, SyntaxNode } from '../text/syntaxNode.js';
import { plainValue } from './plainValue.js';

/** Beyond these, the exact limits are near. */
export interface PlainLimits {
  readonly depth: number;
  readonly keys: number;
  readonly scalars: number;
}

// Tabs, invisible and control characters, lone carriage returns, directives, and the marks of several documents.
const UNUSUAL =
  /[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\r(?!\n)|^(?:---|\.\.\.|%)/m;
const LONGEST_KEY = 1000;
// Blank, comma, line break.
const BETWEEN = [32, 44, 10, 13];
// Before a key: blanks and `-` behind a line break; in a flow collection, blanks and line breaks behind `,` or `{`.
const BLOCK_BLANKS = [32, 45];
const BLOCK_MARKS = [10, 13];
const FLOW_BLANKS = [32, 10, 13];
const FLOW_MARKS = [44, 123];
// With an indentation that is said, the readers differ about lines of blanks.
const BLOCK_HEADER = /[ \r\n:-]*[|>][+-]?(?= *(?:#[^\r\n]*)?\r?\n)/y;

/**
 * Reads a text that is YAML as people usually write it, many times faster than the library that judges all others. Undefined for everything
 * out of the ordinary, right or wrong: that must be read by the other way, which has the words for it.
 */
export function readPlainly(text: string, limits: PlainLimits): MappingNode | undefined {
  const root = readPlainNode(text, limits);
  return root?.kind === 'mapping' ? root : undefined;
}

/** The same for a text that may hold a list instead. */
export function readPlainNode(text: string, limits: PlainLimits): SyntaxNode | undefined {
  if (UNUSUAL.test(text)) return undefined;
  let events: readonly Event[];
  try {
    events = parseEvents(text, { maxDepth: limits.depth });
  } catch {
    return undefined;
  }
  return new PlainReader(text, events, limits).document();
}

class PlainReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #limits: PlainLimits;
  #next = 0;
  /** Where what was read last ends. */
  #end = 0;
  #scalars = 0;
  #flowKeys = 0;
  #isUnusual = false;

  constructor(text: string, events: readonly Event[], limits: PlainLimits) {
    this.#text = text;
    this.#events = events;
    this.#limits = limits;
  }

  document(): SyntaxNode | undefined {
    const [document] = this.#events;
    if (document?.type !== EVENT_ID.DOCUMENT || document.explicitStart || document.explicitEnd || document.directives.length > 0)
      return undefined;
    this.#next = 1;
    const root = this.#node();
    const isWhole = this.#next === this.#events.length - 1 && this.#scalars <= this.#limits.scalars;
    return this.#isUnusual || !isWhole ? undefined : root;
  }

  /** Undefined only when something unusual was met. */
  #node(): SyntaxNode | undefined {
    const event = this.#events[this.#next++];
    if (event === undefined || this.#isUnusual) return this.#unusual();
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.MAPPING:
        return this.#mapping(event);
      case EVENT_ID.SEQUENCE:
        return this.#list(event);
      default:
        return this.#unusual();
    }
  }

  #mapping(event: MappingEvent): MappingNode | undefined {
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    if (isNamed(event) || (isFlow && !this.#opensAlone(event.start, 123))) return this.#unusual();
    const members: MemberNode[] = [];
    this.#end = event.start + (isFlow ? 1 : 0);
    while (this.#events[this.#next]?.type !== EVENT_ID.POP) {
      const key = this.#key();
      if (key === undefined || !this.#leads(key.start, isFlow)) return this.#unusual();
      const value = this.#node();
      if (value === undefined) return undefined;
      // A comment between a key and its text may stand so far to the left that the readers differ.
      if (value.kind === 'scalar' && this.#text.slice(key.end, value.start).includes('#')) return this.#unusual();
      members.push({ key, value });
    }
    this.#next++;
    if (isFlow) this.#flowKeys += members.length;
    if (members.length > this.#limits.keys || this.#flowKeys > this.#limits.keys) return this.#unusual();
    if (isFlow && !this.#close(125)) return undefined;
    return { kind: 'mapping', start: event.start, end: this.#end, members };
  }

  #list(event: SequenceEvent): ListNode | undefined {
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    if (isNamed(event) || (isFlow && this.#text.charCodeAt(event.start) !== 91)) return this.#unusual();
    const items: SyntaxNode[] = [];
    this.#end = event.start + 1;
    while (this.#events[this.#next]?.type !== EVENT_ID.POP) {
      const item = this.#node();
      if (item === undefined) return undefined;
      if (!isFlow && item.kind === 'scalar' && !this.#followsDash(item.start)) return this.#unusual();
      items.push(item);
    }
    this.#next++;
    if (isFlow && !this.#close(93)) return undefined;
    return { kind: 'list', start: event.start, end: this.#end, items };
  }

  #key(): KeyNode | undefined {
    const event = this.#events[this.#next++];
    if (event?.type !== EVENT_ID.SCALAR) return this.#unusual();
    const scalar = this.#scalar(event);
    if (scalar === undefined || scalar.end - scalar.start > LONGEST_KEY) return this.#unusual();
    let after = scalar.end;
    while (this.#text.charCodeAt(after) === 32) after++;
    // Its colon stands elsewhere.
    if (this.#text.charCodeAt(after) !== 58) return this.#unusual();
    return { start: scalar.start, end: scalar.end, text: scalar.plain ? scalar.source : String(scalar.value) };
  }

  #scalar(event: ScalarEvent): ScalarNode | undefined {
    const { valueStart, valueEnd, style, fast } = event;
    this.#scalars++;
    if (isNamed(event) || valueStart < 0) return this.#unusual();
    if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) return this.#block(event);
    if (style !== SCALAR_STYLE.PLAIN) {
      const source = this.#text.slice(valueStart, valueEnd);
      if (!fast && style === SCALAR_STYLE.DOUBLE_QUOTED && !/^(?:[^\\]|\\[\\"/nt])*$/.test(source)) return this.#unusual();
      this.#end = valueEnd + 1;
      const value = fast ? source : getScalarValue(this.#text, event);
      return { kind: 'scalar', start: valueStart - 1, end: valueEnd + 1, value, source: value, plain: false };
    }
    const source = fast ? this.#text.slice(valueStart, valueEnd) : getScalarValue(this.#text, event);
    const value = plainValue(source);
    if (value === undefined) return this.#unusual();
    const { end } = visibleRange(this.#text, valueStart, valueEnd);
    this.#end = end;
    return { kind: 'scalar', start: valueStart, end, value, source, plain: true };
  }

  #block(event: ScalarEvent): ScalarNode | undefined {
    BLOCK_HEADER.lastIndex = this.#end;
    if (!BLOCK_HEADER.test(this.#text)) return this.#unusual();
    const header = this.#text.lastIndexOf(event.style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>', BLOCK_HEADER.lastIndex);
    const { start, end } = visibleRange(this.#text, header, event.valueEnd);
    this.#end = end;
    const value = getScalarValue(this.#text, event);
    if (value.trim() === '') return this.#unusual();
    return { kind: 'scalar', start, end, value, source: value, plain: false };
  }

  /** A key that nothing but `-` stands before on its line or, in a flow collection, only what divides its members. */
  #leads(start: number, isFlow: boolean): boolean {
    const [blanks, marks] = isFlow ? [FLOW_BLANKS, FLOW_MARKS] : [BLOCK_BLANKS, BLOCK_MARKS];
    let before = start - 1;
    while (blanks.includes(this.#text.charCodeAt(before))) before--;
    return before < 0 || marks.includes(this.#text.charCodeAt(before));
  }

  #followsDash(start: number): boolean {
    let before = start - 1;
    while (this.#text.charCodeAt(before) === 32) before--;
    return this.#text.charCodeAt(before) === 45;
  }

  /** `{` that is a brace of its own, not of `${{ }}` without quotes. */
  #opensAlone(start: number, brace: number): boolean {
    return this.#text.charCodeAt(start) === brace && this.#text.charCodeAt(start - 1) !== brace;
  }

  /** Goes behind the closing bracket of a collection. A comment before it is unusual. */
  #close(bracket: number): boolean {
    let at = this.#end;
    while (BETWEEN.includes(this.#text.charCodeAt(at))) at++;
    this.#end = at + 1;
    if (this.#text.charCodeAt(at) !== bracket) this.#unusual();
    return !this.#isUnusual;
  }

  #unusual(): undefined {
    this.#isUnusual = true;
    return undefined;
  }
}

function isNamed({ anchorStart, tagStart }: { readonly anchorStart: number; readonly tagStart: number }): boolean {
  return anchorStart >= 0 || tagStart >= 0;
}
