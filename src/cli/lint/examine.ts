import { createChecker, isInventoryFile } from '../../language/index.js';
import type { Diagnostic } from '../../language/index.js';
import { severityOf } from '../../review/index.js';
import type { Baseline } from '../../review/index.js';
import { knownFrom, staleIn } from './baselineFile.js';
import type { Changes } from './changes.js';
import { checkFiles } from './check.js';
import type { CheckedFile } from './check.js';
import type { ReadConfiguration } from './configurationFile.js';
import { judgeFiles, ownFindings } from './findings.js';
import type { CountedFinding, JudgedFiles } from './findings.js';
import { unreadable } from './refusals.js';
import type { Refused, Selection } from './selection.js';
import { lookAt } from './tree.js';

/** Everything that is settled before files are read. */
export interface LintRequest {
  readonly selection: Pick<Selection, 'root' | 'roots' | 'whole'>;
  /** The files to check, without those that the configuration leaves out. */
  readonly files: readonly string[];
  /** It leaves some out. */
  readonly excluding: boolean;
  readonly refused: readonly Refused[];
  readonly read: ReadConfiguration;
  readonly changes: Changes | undefined;
  readonly baseline: { readonly file: string; readonly text: string; readonly content: Baseline } | undefined;
  /** The executable, where scripts are to be checked. */
  readonly shellcheck: string | undefined;
}

/** What there is to say, before any format. */
export interface Examination {
  readonly shown: readonly CountedFinding[];
  /** With those that the baseline and unchanged lines hide. */
  readonly counted: readonly CountedFinding[];
  readonly told: JudgedFiles['told'];
  /** By file; with files that were not named and that have a finding, and files of settings that have one. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many of the named files were checked. */
  readonly files: number;
  readonly hidden: { readonly suppressed: number; readonly baseline: number; readonly unchanged: number };
  /** Whether a finding stands on a changed line or is new; undefined where nothing is compared. */
  readonly changed: ((found: CountedFinding) => boolean) | undefined;
}

/** Checks files and decides what is shown of them. `texts`: what takes the place of what is on disk. */
export async function examine(request: LintRequest, texts: ReadonlyMap<string, string>): Promise<Examination> {
  const { files, read, selection, baseline, changes } = request;
  const checked = await checkedWithScripts(request, texts);
  const { findings, suppressed, told } = judged(request, checked);
  const textOf = new Map(checked.map(({ file, text }) => [file, text]));
  const known = knownFrom(baseline?.content);
  const shades = ({ finding, fingerprint }: CountedFinding): boolean => !finding.firm && known.has(fingerprint);
  const changed = changes === undefined ? undefined : await newness(request, changes, textOf);
  const visible = findings.filter((found) => !shades(found));
  const kept = changed === undefined ? visible : visible.filter((found) => found.finding.severity === 'error' || changed(found));
  const unread = await notRead(files, textOf, selection.roots);
  const own = [
    ...[...request.refused, ...read.refused, ...unread].flatMap((refused) =>
      ownFindings(refused.file, '', [unreadable(refused)], selection.root),
    ),
    ...(read.source === undefined ? [] : ownFindings(read.source.file, read.source.text, read.source.diagnostics, selection.root)),
    ...staleFindings(request, findings, told),
  ];
  if (read.source !== undefined && read.source.diagnostics.length > 0) textOf.set(read.source.file, read.source.text);
  if (baseline !== undefined && own.some(({ file }) => file === baseline.file)) textOf.set(baseline.file, baseline.text);
  return {
    shown: [...kept, ...own],
    counted: findings,
    told,
    texts: textOf,
    files: files.filter((file) => textOf.has(file)).length,
    hidden: { suppressed, baseline: findings.length - visible.length, unchanged: visible.length - kept.length },
    changed,
  };
}

function judged({ files, excluding, read, selection, shellcheck }: LintRequest, checked: readonly CheckedFile[]): JudgedFiles {
  return judgeFiles(checked, {
    configuration: read.configuration,
    named: new Set(files),
    whole: selection.whole,
    excluding,
    scriptsSeen: shellcheck !== undefined,
    root: selection.root,
  });
}

async function checkedWithScripts(request: LintRequest, texts: ReadonlyMap<string, string>): Promise<readonly CheckedFile[]> {
  const { files, read, selection, shellcheck } = request;
  const checked = await checkFiles(files, { ruleOptions: read.configuration.ruleOptions, roots: selection.roots, texts });
  if (shellcheck === undefined) return checked;
  const service = createChecker({ workspace: { readText: () => Promise.resolve(undefined) } });
  const named = new Set(files);
  const runbooks = checked.filter(({ file }) => !isInventoryFile(file) && named.has(file));
  const { checkScripts } = await import('../../shellcheck/index.js');
  const found = await checkScripts(
    runbooks.map(({ file, text }) => service.parseRunbook(file, text)),
    { executable: shellcheck },
  );
  return checked.map((one) => ({ ...one, diagnostics: inOrder([...one.diagnostics, ...(found.get(one.file) ?? [])]) }));
}

/** Tells what stands on a changed line, or is not among the findings of the texts as they were. */
async function newness(
  request: LintRequest,
  changes: Changes,
  texts: ReadonlyMap<string, string>,
): Promise<(found: CountedFinding) => boolean> {
  const files = request.files.filter((file) => !changes.added.has(file));
  const before = judged(request, await checkedWithScripts({ ...request, files }, changes.before));
  const wereThere = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const lines = new Map([...texts].map(([file, text]) => [file, { text, changed: changes.lines(file, text) }]));
  return ({ file, finding, fingerprint }) => {
    if (!wereThere.has(fingerprint)) return true;
    const { text, changed } = lines.get(file) ?? { text: '', changed: new Set<number>() };
    return changed.size > 0 && changed.has(lineOf(text, finding.range.start));
  };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length;
}

async function notRead(
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
  roots: readonly string[],
): Promise<readonly Refused[]> {
  const missing = files.filter((file) => !texts.has(file));
  return Promise.all(
    missing.map(async (file) => {
      const { kind } = await lookAt(file, roots);
      return { file, why: kind === 'file' ? 'missing' : kind };
    }),
  );
}

function staleFindings(
  { baseline, read, selection }: LintRequest,
  findings: readonly CountedFinding[],
  told: JudgedFiles['told'],
): readonly CountedFinding[] {
  if (baseline === undefined) return [];
  const stale = staleIn(baseline, findings, { root: selection.root, whole: selection.whole, told });
  return ownFindings(
    baseline.file,
    baseline.text,
    stale.flatMap((diagnostic) => {
      const severity = severityOf(diagnostic, read.configuration);
      return severity === undefined ? [] : [{ ...diagnostic, severity }];
    }),
    selection.root,
  );
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.range.start - b.range.start);
}
