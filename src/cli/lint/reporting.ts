import type { Severity } from '../../language/index.js';
import { reaches } from '../../review/index.js';
import { productVersion } from '../version.js';
import type { Examination, LintRequest } from './examine.js';
import { Places, reportedName } from './places.js';
import type { LintReport, ReportedFinding } from './report.js';
import { treeWorkspace } from './tree.js';

/** What formats print of an examination. Places in files that were not checked are looked up, where they may be read. */
export async function reportOf(examination: Examination, { selection }: LintRequest, cwd: string): Promise<LintReport> {
  const { shown, texts, files, hidden, changed } = examination;
  const places = new Places(texts);
  for (const { finding } of shown)
    for (const { file } of finding.related ?? [])
      if (!places.has(file)) places.add(file, (await treeWorkspace(selection.roots).readText(file)) ?? '');
  const findings = shown.map((found): ReportedFinding => {
    const { file, finding, fingerprint } = found;
    return {
      file: reportedName(cwd, file),
      place: places.of(file, finding.range),
      rule: finding.code,
      severity: finding.severity,
      message: finding.message,
      related: (finding.related ?? []).map((other) => ({
        file: reportedName(cwd, other.file),
        place: places.of(other.file, other.range),
        message: other.message,
      })),
      fix: finding.fix,
      fingerprint,
      ...(changed === undefined ? {} : { changed: changed(found) }),
    };
  });
  return { findings: findings.sort(byPlace), files, hidden, version: productVersion() };
}

function byPlace(a: ReportedFinding, b: ReportedFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.place.line - b.place.line || a.place.column - b.place.column;
}

/** Whether a finding makes the command fail. */
export function failsBy(failOn: Severity): (finding: Pick<ReportedFinding, 'severity'>) => boolean {
  return ({ severity }) => reaches(severity, failOn);
}
