import { readFile, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../../language/index.js';
import { readBaseline, staleEntries, writeBaseline } from '../../review/index.js';
import type { Baseline } from '../../review/index.js';
import { UsageError } from '../usage.js';
import { languagePath } from '../workspace.js';
import type { CountedFinding, JudgedFiles } from './findings.js';
import { isWrittenByPeople } from './outputFiles.js';
import { reportedName } from './places.js';
import { writeTrouble } from './writeTrouble.js';
import { writeWhole } from './writeWhole.js';

/** A baseline with the file it was read from. */
export interface BaselineFile {
  readonly file: string;
  readonly text: string;
  readonly content: Baseline;
}

const MOST_BYTES = 64 * 1024 * 1024;
const NONE = writeBaseline([]);

/**
 * Reads the file that `--baseline` names. `writes`: it will be written, and is empty where it is missing. Throws {@link UsageError} where it cannot be
 * read, and where a baseline would take the place of something else.
 */
export async function readBaselineFile(cwd: string, name: string, writes: boolean): Promise<BaselineFile> {
  const file = languagePath(cwd, name);
  const found = await stat(file).catch(() => undefined);
  if (writes && isWrittenByPeople(file)) throw refusal(name, 'would be written over a file that people write; name another one');
  if (found === undefined && writes) return { file, text: NONE, content: { entries: [] } };
  if (found === undefined) throw refusal(name, 'does not exist; to begin with a baseline, add --write-baseline');
  if (!found.isFile()) throw refusal(name, 'is no regular file, and a baseline is one; name another one');
  if (found.size > MOST_BYTES) throw refusal(name, 'is larger than 64 MiB, and no baseline is; name another one');
  const text = await readFile(file, 'utf8').catch(() => {
    throw refusal(name, 'cannot be read; look at who may read it');
  });
  const content = readBaseline(text);
  if (content === undefined)
    throw refusal(
      name,
      `is no baseline, or one of another version; name another file, or remove it first${writes ? '' : ' and add --write-baseline'}`,
    );
  return { file, text, content };
}

function refusal(name: string, why: string): UsageError {
  return new UsageError(`${name} ${why}.`, 'lint');
}

/** What the entries of a baseline are known by. */
export function knownFrom(baseline: Baseline | undefined): ReadonlySet<string> {
  return new Set(baseline?.entries.map(({ fingerprint }) => fingerprint));
}

/** What was looked at, so that it is known which entries had their chance. */
export interface Looked {
  readonly root: string;
  readonly whole: boolean;
  readonly told: JudgedFiles['told'];
}

/** Entries that nothing was found for: of rules that had their say about a file, and of files that are gone. */
export function staleIn(
  { content, text }: BaselineFile,
  findings: readonly CountedFinding[],
  { root, whole, told }: Looked,
): readonly Diagnostic[] {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return staleEntries(
    content,
    text,
    found,
    ({ file, rule }) => told(languagePath(root, file), rule) || (whole && !existsSync(resolve(root, file))),
  );
}

/**
 * Writes what counts now and may be shaded into a baseline; entries stay where nobody looked: in other files, and of rules that had no say. Errors
 * are never written. Gives the new baseline.
 */
export async function writeBaselineFile(
  old: BaselineFile,
  findings: readonly CountedFinding[],
  { root, told }: Looked,
): Promise<BaselineFile> {
  const kept = old.content.entries.filter(({ file, rule }) => !told(languagePath(root, file), rule) && existsSync(resolve(root, file)));
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
    throw new UsageError(`${old.file} cannot be written: ${writeTrouble(error)}.`, 'lint');
  });
  return { file: old.file, text, content: { entries } };
}
