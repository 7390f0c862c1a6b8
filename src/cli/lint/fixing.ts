import { lstat, readFile, realpath } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { applyFixes, MOST_ROUNDS, safeFixes } from '../../review/index.js';
import { examine } from './examine.js';
import type { Examination, LintRequest } from './examine.js';
import { isInside } from '../workspace.js';
import { lookAt } from './tree.js';
import { writeWhole } from './writeWhole.js';

/** What mending did. */
export interface Fixed {
  /** The state afterwards. */
  readonly examination: Examination;
  /** Files that were written, and how many mends went into each. */
  readonly written: readonly { readonly file: string; readonly count: number }[];
  /** Files that were left as they are though a mend was known, and why. */
  readonly left: readonly { readonly file: string; readonly why: string }[];
}

/**
 * Mends what is shown, round by round until nothing changes any more, and then writes each file once. A file without errors that would get
 * one stays as it was, and so does every file that is not a plain file of the tree under its own name.
 */
export async function fixFiles(request: LintRequest): Promise<Fixed> {
  const first = await examine(request, new Map());
  const left = new Map<string, string>();
  const mends = new Map<string, number>();
  let texts = new Map<string, string>();
  let now = first;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = new Map(texts);
    const counts = new Map<string, number>();
    for (const [file, text] of now.texts) {
      const fixes = fixesOf(now, file);
      if (fixes.length === 0 || left.has(file)) continue;
      const why = mends.has(file) ? undefined : await whyNotWritten(file, text, request);
      if (why !== undefined) left.set(file, why);
      else {
        const mended = applyFixes(text, fixes);
        if (mended.text === text) continue;
        next.set(file, mended.text);
        counts.set(file, mended.count);
      }
    }
    if (counts.size === 0) break;
    const after = await examine(request, next);
    const worse = [...counts.keys()].filter((file) => hasErrors(after, file) && !hasErrors(now, file));
    for (const file of worse) {
      left.set(file, 'a mend would have brought an error');
      const before = texts.get(file);
      if (before === undefined) next.delete(file);
      else next.set(file, before);
    }
    for (const [file, count] of counts) if (!worse.includes(file)) mends.set(file, (mends.get(file) ?? 0) + count);
    texts = next;
    now = worse.length === 0 ? after : await examine(request, texts);
  }
  const failed = await writeAll(texts, request);
  for (const [file, why] of failed) {
    left.set(file, why);
    mends.delete(file);
  }
  return {
    examination: failed.size === 0 ? now : await examine(request, new Map()),
    written: [...mends].map(([file, count]) => ({ file, count })),
    left: [...left].map(([file, why]) => ({ file, why })),
  };
}

/** Writes the files; gives those that could not be written, and why. */
async function writeAll(texts: ReadonlyMap<string, string>, { selection }: LintRequest): Promise<ReadonlyMap<string, string>> {
  const failed = new Map<string, string>();
  for (const [file, text] of texts) {
    const found = await lookAt(file, selection.roots);
    if (found.kind !== 'file') failed.set(file, 'it is gone');
    else
      await writeWhole(found.real, text, found.mode).catch((error: unknown) => {
        failed.set(file, `it cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
      });
  }
  return failed;
}

function fixesOf({ shown }: Examination, file: string): ReturnType<typeof safeFixes> {
  return safeFixes(shown.filter((found) => found.file === file).map(({ finding }) => finding));
}

function hasErrors({ counted }: Examination, file: string): boolean {
  return counted.some(({ file: place, finding }) => place === file && finding.firm);
}

/** Only a plain file of the tree, under its own name, with exactly the text that was checked. */
async function whyNotWritten(file: string, text: string, { selection: { roots } }: LintRequest): Promise<string | undefined> {
  const root = roots.find((known) => isInside(known, file));
  if (root === undefined) return 'it lies outside of the tree';
  const found = await lookAt(file, roots);
  if (found.kind !== 'file') return 'it is no plain file of the tree';
  const own = resolve(await realpath(root), relative(root, file));
  if (found.real !== own || !(await lstat(file)).isFile()) return 'a symbolic link leads to it';
  const bytes = await readFile(found.real);
  return bytes.equals(Buffer.from(text)) ? undefined : 'it is not UTF-8, or was written to in the meantime';
}
