import { CompletionItemKind, InsertTextFormat, InsertTextMode } from 'vscode-languageserver/node';
import type { CompletionItem as ShownItem } from 'vscode-languageserver/node';
import { COMPLETION_TRIGGERS, withoutStops } from '../../language/index.js';
import type { CompletionItem } from '../../language/index.js';
import { markup } from '../client.js';
import type { Client } from '../client.js';
import type { OpenDocument } from '../documents/openDocuments.js';
import { documentOf } from './feature.js';
import type { Feature } from './feature.js';

const KIND: Readonly<Record<CompletionItem['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
  function: CompletionItemKind.Function,
  file: CompletionItemKind.File,
};

/** Offers keys, values and names that may stand at the cursor. */
export const completion: Feature = {
  offer: () => ({ completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] } }),
  answer: (session) =>
    session.connection.onCompletion(async ({ textDocument, position }) => {
      const document = documentOf(session, textDocument);
      if (document === undefined) return null;
      const items = await session.service.complete(document.file, document.text, document.places.offset(position));
      return items.map((item) => shownItem(item, document, session.client));
    }),
};

function shownItem(item: CompletionItem, document: OpenDocument, client: Client): ShownItem {
  const { edit, more, detail, documentation, filterText } = item;
  const written = writtenFor(item, document, client);
  return {
    label: item.label,
    kind: KIND[item.kind],
    sortText: item.sortText,
    textEdit: document.places.edit({ range: edit.range, text: written.text }),
    insertTextFormat: written.isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(client.keepsIndentation ? { insertTextMode: InsertTextMode.asIs } : {}),
    ...(filterText === undefined ? {} : { filterText }),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: markup(documentation, client.markdownInCompletion) }),
    ...(more === undefined ? {} : { additionalTextEdits: more.map((one) => document.places.edit(one)) }),
  };
}

/**
 * The text of an item as this client puts it in. One that cannot leave lines alone indents those of a snippet like the line the snippet begins in:
 * that much is taken away beforehand, and where it cannot be, the item goes without stops.
 */
function writtenFor({ edit, format, more }: CompletionItem, { text }: OpenDocument, client: Client): { text: string; isSnippet: boolean } {
  if (format === 'plain') return { text: edit.text, isSnippet: false };
  const plain = { text: withoutStops(edit.text), isSnippet: false };
  if (!client.snippets) return plain;
  if (client.keepsIndentation || !/\n/.test(edit.text)) return { text: edit.text, isSnippet: true };
  const indentation = indentationAt(text, edit.range.start);
  const [first = '', ...rest] = edit.text.split('\n');
  if (more !== undefined || !rest.every((line) => line.startsWith(indentation) || line === '')) return plain;
  return { text: [first, ...rest.map((line) => line.slice(indentation.length))].join('\n'), isSnippet: true };
}

function indentationAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}
