import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A runbook and what goes with it. */
export const BOOKS: Readonly<Record<string, string>> = {
  'restart.runbook.yaml': `runbook: v1
id: restart
title: Restart
roles: { app: { hosts: 2 } }
steps:
  - { id: look, title: Look, on: app, check: { host: reachable } }
  - { id: again, title: Again, use: "used.runbook.yaml", roles: { server: app } }
`,
  'used.runbook.yaml': `runbook: v1
id: used
title: Used
roles:
  server: { hosts: 1.. }
steps:
  - { id: ping, title: Ping, on: server, check: { host: reachable } }
`,
  'staging.inventory.yaml': `inventory: v1
environment: staging
roles:
  app: [a, b]
hosts:
  a: { address: a.example.com, platform: linux }
  b: { address: b.example.com, platform: linux }
`,
};

/** Files in a folder of their own. */
export interface Folder {
  readonly path: string;
  readonly uri: string;
  uriOf(name: string): string;
  remove(): void;
}

/** Lays files out in a new folder, which is the root of a repository. */
export function layOut(files: Readonly<Record<string, string>>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'runbook-lsp-')));
  mkdirSync(join(path, '.git'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return {
    path,
    uri: pathToFileURL(path).href,
    uriOf: (name) => pathToFileURL(join(path, name)).href,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A text with its `|` taken out, and where that was. */
export function cursorIn(marked: string): { readonly text: string; readonly position: { line: number; character: number } } {
  const at = marked.indexOf('|');
  const before = marked.slice(0, at).split('\n');
  return { text: marked.replace('|', ''), position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
}

/** Where a word first stands in a text, counted in UTF-16. */
export function placeOf(text: string, word: string): { line: number; character: number } {
  return cursorIn(text.replace(word, `|${word}`)).position;
}

interface Edit {
  readonly range: { readonly start: { line: number; character: number }; readonly end: { line: number; character: number } };
  readonly newText: string;
}

/** A text after edits of a client that counts in UTF-16. */
export function edited(text: string, edits: readonly Edit[]): string {
  const starts = text.split('\n').reduce((all, line) => [...all, (all.at(-1) as number) + line.length + 1], [0]);
  const offset = ({ line, character }: { line: number; character: number }): number => (starts[line] ?? text.length) + character;
  const backwards = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return backwards.reduce(
    (result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
    text,
  );
}
