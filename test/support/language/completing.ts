import assert from 'node:assert/strict';
import { createLanguageService, withoutStops } from '../../../src/language/index.js';
import type { CompletionItem } from '../../../src/language/index.js';
import { withCursor } from './cursor.js';

/** A runbook to complete in: what the lines below it name is declared here. */
export const HEAD = `runbook: v1
id: sample
title: Sample
inputs:
  target: { type: version, scheme: app, title: The version }
  mode: { type: choice, options: [fast, careful], title: How }
secrets: { api: { title: Token } }
contacts: { support: { title: Support } }
documents: { vendor: { title: Guide } }
versions: { app: { pattern: '(?<release>\\d+\\.\\d+).*' } }
roles:
  web: { hosts: 2.., vars: { url: url } }
  db: { hosts: 1, vars: { port: port } }
facts: { queues: { type: boolean }, level: { type: version, on: web } }
procedures: { stage: [ { id: upload, title: Upload it, run: x, outputs: { code: { match: x } } } ] }
`;

/** Where something is completed. */
export interface Around {
  readonly file?: string;
  readonly head?: string;
  /** Other files of the workspace. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What is offered at the cursor. */
export async function offered(
  marked: string,
  { file = '/work/a.runbook.yaml', head = HEAD, files = {} }: Around = {},
): Promise<readonly CompletionItem[]> {
  const { text, offset } = withCursor(head + marked);
  const service = createLanguageService({
    workspace: { readText: async (name) => files[name], listFiles: async () => Object.keys(files) },
  });
  return service.complete(file, text, offset);
}

/** Labels of what is offered, in order; those of some kinds only, when they are named. */
export async function labels(marked: string, around: Around = {}, kinds?: readonly CompletionItem['kind'][]): Promise<readonly string[]> {
  return (await offered(marked, around)).filter(({ kind }) => kinds === undefined || kinds.includes(kind)).map(({ label }) => label);
}

/** The same without what may come after the block that the cursor is in. */
export async function innerLabels(
  marked: string,
  around: Around = {},
  kinds?: readonly CompletionItem['kind'][],
): Promise<readonly string[]> {
  return (await offered(marked, around))
    .filter(({ kind, label, sortText }) => sortText < '5' && !label.startsWith('next ') && kinds?.includes(kind) !== false)
    .map(({ label }) => label);
}

/** The text, its head apart, after one of them is taken and every placeholder is left as it is. */
export async function taking(label: string, marked: string, around: Around = {}): Promise<string> {
  const items = await offered(marked, around);
  const item = items.find((candidate) => candidate.label === label);
  assert.ok(item !== undefined, `${label} is not among ${items.map((other) => other.label).join(', ')}`);
  const head = around.head ?? HEAD;
  return applied(withCursor(head + marked).text, item).slice(head.length);
}

/** A text with a completion in it. */
export function applied(text: string, { edit, format, more = [] }: CompletionItem): string {
  const main = { range: edit.range, text: format === 'snippet' ? withoutStops(edit.text) : edit.text };
  const edits = [main, ...more].sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end);
  return edits.reduce((made, one) => made.slice(0, one.range.start) + one.text + made.slice(one.range.end), text);
}
