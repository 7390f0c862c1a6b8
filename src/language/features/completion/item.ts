import type { TextEdit } from '../../text/range.js';

/** Something that may be written at a place. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'reference' | 'snippet' | 'function' | 'file';
  /** In a few words: the type, or what it is. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What taking it changes. Lines after the first are indented as they must stand in the file. */
  readonly edit: TextEdit;
  /** `snippet`: the text of the edit has tab stops and placeholders, in the spelling of the Language Server Protocol. */
  readonly format: 'plain' | 'snippet';
  /** Place in the list. */
  readonly sortText: string;
  /** What is compared with what was typed, where that is not the label. */
  readonly filterText?: string;
  /** Further changes, apart from `edit`: an indentation set right. */
  readonly more?: readonly TextEdit[];
  /** What may follow is best asked for at once. */
  readonly retrigger?: boolean;
}

/** Text that stands for itself in a snippet. */
export function inSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A placeholder; with several words, the choice between them. */
export function placeholder(stop: number, words: readonly string[]): string {
  const [only = '', ...more] = words;
  if (more.length === 0) return only === '' ? `$${String(stop)}` : `\${${String(stop)}:${inSnippet(only)}}`;
  return `\${${String(stop)}|${words.map((word) => word.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
}

/** What a snippet becomes when every placeholder is left as it is; for editors without snippets. */
export function withoutStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:[^|\\]|\\[^])*)\|\}/g, (_, words: string) =>
      (/^(?:[^,\\]|\\[^])*/.exec(words)?.[0] ?? '').replace(/\\([\\,|])/g, '$1'),
    )
    .replace(/\$\{\d+:((?:[^}\\]|\\[^])*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}

/** Numbers as text whose order is theirs. */
export function rank(group: number, index: number): string {
  return `${String(group)}${String(index).padStart(4, '0')}`;
}
