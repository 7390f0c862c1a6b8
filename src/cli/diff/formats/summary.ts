import type { Danger, PlanComparison, PlanDelta } from '../../../review/index.js';
import { many } from '../../lint/formats/summary.js';
import { changesOf } from '../report.js';
import type { DiffReport, DocumentDifference } from '../report.js';

/** From what must be looked at to what need not. */
export const DANGERS: readonly Danger[] = ['dangerous', 'notable', 'harmless'];

/** How many changes have each danger. */
export function countsOf(document: Pick<DocumentDifference, 'changes'>): Readonly<Record<Danger, number>> {
  const counts = { dangerous: 0, notable: 0, harmless: 0 };
  for (const { danger } of document.changes) counts[danger]++;
  return counts;
}

/** What differs, and what the policy says to it, in one or two sentences. */
export function summaryOf(report: DiffReport): string {
  const changes = changesOf(report);
  const between = `Between ${sideName(report.old)} and ${sideName(report.now)}`;
  if (report.documents.length === 0) return `${between}, no runbook or inventory means anything else.`;
  const counts = countsOf({ changes });
  const found = DANGERS.filter((danger) => counts[danger] > 0).map((danger) => `${String(counts[danger])} ${danger}`);
  const minded = changes.filter(({ minded: is }) => is).length;
  const policy = `${minded === 0 ? 'none of them is' : minded === 1 ? 'one is' : `${String(minded)} are`} minded by ${report.policy === undefined ? 'the default policy' : `the policy ${report.policy}`}`;
  return `${between}: ${many(changes.length, 'change')} in ${many(report.documents.length, 'document')} (${found.join(', ') || 'plans only'}); ${policy}.`;
}

/** `main (1a2b3c4)`. */
function sideName({ name, commit }: DiffReport['old']): string {
  return commit === undefined || name.startsWith(commit) || commit.startsWith(name) ? name : `${name} (${commit.slice(0, 12)})`;
}

/** For which plans something is so: `in 12 of 48 variants`. */
export function whereIn({ variants }: PlanDelta, { compared }: PlanComparison): string {
  const [only = ''] = variants;
  if (compared === 1) return `for ${only}`;
  if (variants.length === compared) return `in all ${String(compared)} variants`;
  return `in ${String(variants.length)} of ${many(compared, 'variant')}${variants.length === 1 ? ` (${only})` : ''}`;
}

/** Why a document is there although nothing in it differs. */
export const OF_USED_FILES = 'Nothing differs in this file itself; a file that it uses does.';

/** What is to be known of variants beside the deltas. */
export function variantRemarks({ onlyOld, onlyNow, limits }: PlanComparison): readonly string[] {
  const only = (labels: readonly string[], when: string): readonly string[] =>
    labels.length === 0 ? [] : [`${many(labels.length, 'variant')} only ${when}, such as ${labels[0] ?? ''}`];
  return [...only(onlyOld, 'before'), ...only(onlyNow, 'now'), ...limits];
}
