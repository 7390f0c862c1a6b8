import type { Change, PlanComparison } from '../../review/index.js';
import type { Place } from '../lint/report.js';

/** A place in a file of one side. */
export interface ReportedPlace extends Place {
  /** As git spells it, seen from the top of the repository; of two files, as they were named. It may hold any character but NUL. */
  readonly file: string;
}

/** A change with its places for people, and whether the policy minds it. */
export interface ReportedChange extends Omit<Change, 'where'> {
  readonly old?: ReportedPlace;
  readonly now?: ReportedPlace;
  readonly minded: boolean;
}

/** What became of one runbook, inventory, configuration of the linter, or policy of reviews. */
export interface DocumentDifference {
  readonly kind: 'runbook' | 'inventory' | 'configuration' | 'policy';
  /** Its name now, or before where it is gone. */
  readonly file: string;
  /** Its name before, where that was another one. */
  readonly oldFile?: string;
  readonly title: string;
  readonly state: 'added' | 'changed' | 'deleted';
  /** The dangerous first. */
  readonly changes: readonly ReportedChange[];
  /** What the change does to plans; absent where there is nothing to plan on both sides. */
  readonly plans?: PlanComparison;
  /** The same for the environment that was asked for. */
  readonly environment?: PlanComparison;
  /** What was not compared, as sentences. */
  readonly limits: readonly string[];
}

/** Everything a format may show. */
export interface DiffReport {
  /** What was compared: names as they were given, and the commits that they mean. */
  readonly old: { readonly name: string; readonly commit?: string };
  readonly now: { readonly name: string; readonly commit?: string };
  /** By name. Those in which nothing differs are left out. */
  readonly documents: readonly DocumentDifference[];
  /** Where the policy was read; undefined: the default. */
  readonly policy: string | undefined;
  readonly version: string;
}

/** All changes of a report. */
export function changesOf({ documents }: Pick<DiffReport, 'documents'>): readonly ReportedChange[] {
  return documents.flatMap(({ changes }) => changes);
}
