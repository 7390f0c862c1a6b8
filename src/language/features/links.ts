import { isScalar, visit } from 'yaml';
import type { Document } from 'yaml';
import type { TextLink } from '../languageService.js';
import { parseUseReference, resolveFile } from '../model/useReference.js';
import { rangeOf, textOf } from './astPath.js';

/** Keys whose value is an address or a file, seen from the file it stands in. */
const ADDRESSES = new Set(['link', 'figure']);

/** Where the texts of a runbook lead: related documents, pictures, and the runbooks it uses. */
export function linksOf(document: Document, file: string): readonly TextLink[] {
  const links: TextLink[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value)) return;
      const text = textOf(value);
      const named = text === undefined ? undefined : addressIn(String(key.value), text);
      if (named !== undefined) links.push({ range: rangeOf(value), target: resolveFile(file, named) });
    },
  });
  return links;
}

function addressIn(key: string, text: string): string | undefined {
  if (key === 'use') return parseUseReference(text)?.file;
  return ADDRESSES.has(key) && text !== '' && !text.includes('${{') ? text : undefined;
}
