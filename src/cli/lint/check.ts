import { availableParallelism } from 'node:os';
import type { Diagnostic, RuleOptions } from '../../language/index.js';
import { checkEach } from './checkEach.js';
import type { FileCheck } from './checkEach.js';
import { treeWorkspace } from './tree.js';

/** Fewer files are checked before another thread has begun. */
const WORTH_A_THREAD = 50;
const MOST_THREADS = 8;

/** A file that was checked, with everything any rule says of it. */
export interface CheckedFile {
  /** Absolute, with `/`. */
  readonly file: string;
  readonly text: string;
  /** In order of place. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CheckOptions {
  readonly ruleOptions: RuleOptions;
  /** Folders that nothing is read outside of, not even where a symbolic link or a `use` leads out. */
  readonly roots: readonly string[];
  /** Text that takes the place of what is on disk, by file: standard input. */
  readonly texts?: ReadonlyMap<string, string>;
  /** How many threads share the work; by default as many as are worth it. The outcome is the same. */
  readonly threads?: number;
  /** The module that other threads run, where this does not run from the bundle. */
  readonly threadEntry?: URL;
}

/**
 * Applies every rule to the named files: what their texts show, and what the plans of each runbook show, which may lie in a file that it uses and
 * that was not named. Opens nothing but those files and what they use. Files that cannot be read are left out.
 */
export async function checkFiles(files: readonly string[], options: CheckOptions): Promise<readonly CheckedFile[]> {
  const { ruleOptions, roots, texts, threads = threadsFor(files.length), threadEntry } = options;
  const request = { files, ruleOptions, roots, texts };
  let index = 0;
  const checks =
    threads > 1
      ? await (await import('./threads.js')).checkInThreads(request, threads, threadEntry)
      : await checkEach(request, () => index++);
  const inOrder = files.map((_, at) => checks.get(at) as FileCheck);
  const read = new Map(files.map((file, at) => [file, inOrder[at]?.text]));
  const checked: CheckedFile[] = [];
  for (const [file, diagnostics] of gathered(files, inOrder)) {
    const text = read.has(file) ? read.get(file) : (texts?.get(file) ?? (await treeWorkspace(roots).readText(file)));
    if (text !== undefined) checked.push({ file, text, diagnostics });
  }
  return checked;
}

/** How many threads are worth it for so many files on this machine. */
function threadsFor(files: number): number {
  // What other threads run lies beside this only in the bundle.
  if (import.meta.url.endsWith('.ts')) return 1;
  return Math.max(1, Math.min(availableParallelism(), MOST_THREADS, Math.floor(files / WORTH_A_THREAD)));
}

/** By file: first those that were named. Of what several plans show at one place, the first is kept. */
function gathered(files: readonly string[], checks: readonly FileCheck[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, readonly Diagnostic[]>(files.map((file, index) => [file, checks[index]?.own ?? []]));
  for (const { file, diagnostic } of checks.flatMap(({ plans }) => plans)) {
    const known = found.get(file) ?? [];
    if (known.some(({ code, range }) => code === diagnostic.code && range.start === diagnostic.range.start)) continue;
    found.set(
      file,
      [...known, diagnostic].sort((a, b) => a.range.start - b.range.start),
    );
  }
  return found;
}
