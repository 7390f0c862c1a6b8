import type { Diagnostic } from '../../language/index.js';
import { fingerprintsOf, judge, ruleCard, severityOf, whatCanBeTold } from '../../review/index.js';
import type { JudgedFinding, LintConfiguration } from '../../review/index.js';
import type { CheckedFile } from './check.js';
import { reportedName } from './places.js';

/** A finding that counts, with what it is known by. */
export interface CountedFinding {
  readonly file: string;
  readonly finding: JudgedFinding;
  readonly fingerprint: string;
}

export interface JudgingOptions {
  readonly configuration: LintConfiguration;
  /** Files that were asked for; of others only what plans show in them is known. */
  readonly named: ReadonlySet<string>;
  /** Every runbook of the tree was asked for. */
  readonly whole: boolean;
  /** The configuration leaves some of them out. */
  readonly excluding: boolean;
  readonly scriptsSeen: boolean;
  /** Fingerprints name files as they are seen from here. */
  readonly root: string;
}

/** What counts of the findings of some files. */
export interface JudgedFiles {
  readonly findings: readonly CountedFinding[];
  readonly suppressed: number;
  /** Whether a rule had its say about a file: what it does not find there is not there. */
  readonly told: (file: string, rule: string) => boolean;
}

/** Which findings of checked files count. */
export function judgeFiles(checked: readonly CheckedFile[], options: JudgingOptions): JudgedFiles {
  const { configuration, named, whole, excluding, scriptsSeen } = options;
  // No plan is made of a runbook with an error in it or in a file that it uses.
  const planned = checked.every(({ diagnostics }) => diagnostics.every(({ severity }) => severity !== 'error'));
  const findings: CountedFinding[] = [];
  const canTell = new Map<string, (rule: string) => boolean>();
  let suppressed = 0;
  for (const { file, text, diagnostics } of checked) {
    const found = { text, diagnostics, plansSeen: whole && !excluding && planned, scriptsSeen };
    const judged = judge(found, configuration);
    // What is left out was left out when the baseline was written, too.
    if (named.has(file)) canTell.set(file, whatCanBeTold({ ...found, plansSeen: whole && planned }));
    suppressed += judged.suppressed;
    const counted = named.has(file) ? judged.findings : judged.findings.filter(({ code }) => ruleCard(code)?.subject !== 'suppressions');
    findings.push(...withFingerprints(file, text, counted, options.root));
  }
  return {
    findings,
    suppressed,
    told: (file, rule) =>
      canTell.get(file)?.(rule) === true && severityOf({ code: rule, severity: 'warning' }, configuration) !== undefined,
  };
}

/** Findings about a file that is neither runbook nor inventory: its own, which nothing silences. */
export function ownFindings(file: string, text: string, diagnostics: readonly Diagnostic[], root: string): readonly CountedFinding[] {
  return withFingerprints(
    file,
    text,
    diagnostics.map((diagnostic) => ({ ...diagnostic, firm: true })),
    root,
  );
}

function withFingerprints(file: string, text: string, findings: readonly JudgedFinding[], root: string): readonly CountedFinding[] {
  const fingerprints = fingerprintsOf(reportedName(root, file), text, findings);
  return findings.map((finding, index) => ({ file, finding, fingerprint: fingerprints[index] ?? '' }));
}
