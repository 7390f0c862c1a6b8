import type { TextLink } from '../languageService.js';
import { parseUseReference, resolveFile } from '../model/useReference.js';
import { textOf } from '../text/asWritten.js';
import type { SyntaxNode } from '../text/syntaxNode.js';

/** Keys whose value is an address or a file, seen from the file it stands in. */
const ADDRESSES = new Set(['link', 'figure']);

/** Where the texts of a runbook lead: related documents, pictures, and the runbooks it uses. */
export function linksOf(node: SyntaxNode | undefined, file: string): readonly TextLink[] {
  if (node?.kind === 'list') return node.items.flatMap((item) => linksOf(item, file));
  if (node?.kind !== 'mapping') return [];
  return node.members.flatMap(({ key, value }) => {
    const text = textOf(value);
    const named = text === undefined ? undefined : addressIn(key.text, text);
    if (value === undefined || named === undefined) return linksOf(value, file);
    return [{ range: { start: value.start, end: value.end }, target: resolveFile(file, named) }];
  });
}

function addressIn(key: string, text: string): string | undefined {
  if (key === 'use') return parseUseReference(text)?.file;
  return ADDRESSES.has(key) && text !== '' && !text.includes('${{') ? text : undefined;
}
