import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A fenced block of a page: the word after `yaml`, its text, and its line in the page (1-based). */
export interface Example {
  readonly kind: string;
  readonly text: string;
  readonly line: number;
}

/** The folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Every fenced block of a page under docs/. */
export function examplesOf(page: string): readonly Example[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    kind: (match[1] ?? '').trim(),
    text: match[2] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** The header that the shorter examples continue. */
export function headerOf(examples: readonly Example[]): string {
  const header = examples.find(({ kind }) => kind === 'yaml header');
  if (header === undefined) throw new Error('the page has no example marked "yaml header"');
  return header.text;
}

/** A whole runbook around an example. `top`: its keys take the place of those of the header; `step`, `probe`: it is the only step. */
export function wholeRunbook(header: string, kind: 'top' | 'step' | 'probe', text: string): string {
  if (kind === 'top') return replaceKeys(header, text);
  if (kind === 'step') return replaceKeys(header, `steps:\n${indent(text, 2)}`);
  return replaceKeys(header, `steps:\n  - id: look\n    title: Look\n    on: server\n    check:\n${indent(text, 6)}`);
}

function replaceKeys(header: string, text: string): string {
  const own = blocks(text);
  const kept = [...blocks(header)].filter(([key]) => !own.has(key));
  return [...kept, ...own].map(([, block]) => block).join('');
}

/** Top-level keys with everything below them. */
function blocks(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^([a-z_]+):.*\n(?:(?![a-z_]+:).*\n)*/gm)].map((match) => [match[1] ?? '', match[0]]));
}

function indent(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}
