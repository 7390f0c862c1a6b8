import type { DeclaredThing } from '../declared/declared.js';

/** What a hover is about, for those who know more of it than the text says. */
export interface HoverSubject {
  readonly file: string;
  /** Keys and indexes from the root of the file to what is hovered over. */
  readonly steps: readonly (string | number)[];
  readonly kind: DeclaredThing | 'key' | 'value' | 'use' | 'function' | 'name' | 'rule';
  /** Name of the thing; text of a value. */
  readonly name: string;
  /** Of a variable: its role; of a value of a step: that step. */
  readonly owner?: string;
}

/** What another layer adds below a hover: a resolved value, the hosts that are meant, what an advisory would do. Markdown, one section each. */
export type HoverSections = (subject: HoverSubject) => readonly string[] | Promise<readonly string[]>;

/** Markdown about a stretch of text. */
export interface Hover {
  readonly range: { readonly start: number; readonly end: number };
  readonly markdown: string;
}

/** What is found at a place, before others add to it. */
export interface Found extends Hover {
  readonly subject: Pick<HoverSubject, 'kind' | 'name' | 'owner'>;
  /** Page of the documentation, from its folder: `language.md#step`. */
  readonly page?: string;
}
