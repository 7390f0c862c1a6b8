import type { Range } from './range.js';

/** A node of YAML as far as the language looks at it, whichever parser has read it. Ranges end behind the last visible character. */
export type SyntaxNode = MappingNode | ListNode | ScalarNode | AliasNode;

/** From the first key, or the opening brace, to the end of the last member, or the closing brace. */
export interface MappingNode extends Range {
  readonly kind: 'mapping';
  readonly members: readonly MemberNode[];
}

/** A member of a mapping. One without a value has none, or an empty one. */
export interface MemberNode {
  readonly key: KeyNode;
  readonly value: SyntaxNode | undefined;
}

/** A key; its text is empty when it is no scalar. */
export interface KeyNode extends Range {
  readonly text: string;
}

/** From the first `-`, or the opening bracket, to the end of the last item, or the closing bracket. */
export interface ListNode extends Range {
  readonly kind: 'list';
  readonly items: readonly (SyntaxNode | undefined)[];
}

/** A text, number, boolean or nothing. Its range holds quotes and the header of a block. */
export interface ScalarNode extends Range {
  readonly kind: 'scalar';
  readonly value: unknown;
  /** As it is written, for those that stand without quotes. */
  readonly source: string;
  /** Without quotes and no block. */
  readonly plain: boolean;
}

/** Stands for a node that was named before. */
export interface AliasNode extends Range {
  readonly kind: 'alias';
  readonly name: string;
  /** Undefined when nothing has that name. May be a node around the alias. */
  readonly target: SyntaxNode | undefined;
}

/** Range of a part of a text without the blanks and line breaks at its end, within the text. */
export function visibleRange(text: string, start: number, end: number): Range {
  const from = Math.min(start, text.length);
  let to = Math.min(end, text.length);
  while (to > from && isSpace(text.charCodeAt(to - 1), text, to - 1)) to--;
  return { start: from, end: Math.max(to, from) };
}

function isSpace(code: number, text: string, at: number): boolean {
  return code < 0x80 ? code === 0x20 || (code >= 9 && code <= 13) : /\s/.test(text[at] as string);
}
