import { readFile, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../language/index.js';
import { readBaseline, staleEntries, writeBaseline } from '../../review/index.js';
import type { Baseline } from '../../review/index.js';
import { UsageError } from '../usage.js';
import { languagePath } from '../workspace.js';
import type { CountedFinding } from './findings.js';
import { reportedName } from './places.js';
import { writeWhole } from './writeWhole.js';

/** A baseline with the file it was read from. */
export interface BaselineFile {
  readonly file: string;
  readonly text: string;
  readonly content: Baseline;
}

const MOST_BYTES = 64 * 1024 * 1024;
const NONE = writeBaseline([]);

/** Reads the file that `--baseline` names. Throws {@link UsageError} where it cannot be; `mayBeMissing`: then it is empty. */
export async function readBaselineFile(cwd: string, name: string, mayBeMissing: boolean): Promise<BaselineFile> {
  const file = languagePath(cwd, name);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined && mayBeMissing) return { file, text: NONE, content: { entries: [] } };
  if (found?.isFile() !== true || found.size > MOST_BYTES)
    throw new UsageError(`${name} cannot be read. To begin with a baseline, add --write-baseline.`, 'lint');
  const text = await readFile(file, 'utf8');
  const content = readBaseline(text);
  if (content === undefined)
    throw new UsageError(`${name} is no baseline, or one of another version. Write it anew with --write-baseline.`, 'lint');
  return { file, text, content };
}

/** What the entries of a baseline are known by. */
export function knownFrom(baseline: Baseline | undefined): ReadonlySet<string> {
  return new Set(baseline?.entries.map(({ fingerprint }) => fingerprint));
}

/** What was looked at, so that it is known which entries had their chance. */
export interface Looked {
  readonly root: string;
  readonly whole: boolean;
  readonly looked: readonly string[];
}

/** Entries that nothing was found for: of files that were looked at, and of files that are gone. */
export function staleIn(
  { content, text }: BaselineFile,
  findings: readonly CountedFinding[],
  { root, whole, looked }: Looked,
): readonly Diagnostic[] {
  const names = new Set(looked.map((file) => reportedName(root, file)));
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return staleEntries(content, text, found, (name) => names.has(name) || (whole && !existsSync(resolve(root, name))));
}

/**
 * Writes what counts now and may be shaded into a baseline; entries of files that were not looked at stay. Errors are never written.
 * Gives the new baseline.
 */
export async function writeBaselineFile(
  old: BaselineFile,
  findings: readonly CountedFinding[],
  { root, looked }: Looked,
): Promise<BaselineFile> {
  const names = new Set(looked.map((file) => reportedName(root, file)));
  const kept = old.content.entries.filter(({ file }) => !names.has(file) && existsSync(resolve(root, file)));
  const added = findings
    .filter(({ finding }) => !finding.firm)
    .map(({ file, finding, fingerprint }) => ({
      fingerprint,
      file: reportedName(root, file),
      rule: finding.code,
      message: finding.message,
    }));
  const entries = [...new Map([...kept, ...added].map((entry) => [entry.fingerprint, entry])).values()];
  const text = writeBaseline(entries);
  await writeWhole(old.file, text).catch((error: unknown) => {
    throw new UsageError(`${old.file} cannot be written: ${(error as Error).message}.`, 'lint');
  });
  return { file: old.file, text, content: { entries } };
}
