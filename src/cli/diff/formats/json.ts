import type { PlanComparison } from '../../../review/index.js';
import { plainJson } from '../../lint/formats/plainText.js';
import { changesOf } from '../report.js';
import type { DiffReport, DocumentDifference, ReportedChange, ReportedPlace } from '../report.js';
import { countsOf } from './summary.js';

/** For programs; `docs/diff-json.md` says what each key means. */
export function diffJson(report: DiffReport): string {
  const { old, now, documents, policy, version } = report;
  const changes = changesOf(report);
  return plainJson({
    format: 1,
    version,
    old,
    new: now,
    ...(policy === undefined ? {} : { policy }),
    fails: changes.some(({ minded }) => minded),
    counts: countsOf({ changes }),
    documents: documents.map(documentOf),
  });
}

function documentOf({ kind, file, oldFile, title, state, changes, plans, environment, limits }: DocumentDifference): object {
  return {
    kind,
    file,
    ...(oldFile === undefined ? {} : { old_file: oldFile }),
    title,
    state,
    changes: changes.map(changeOf),
    ...(plans === undefined ? {} : { variants: plansOf(plans) }),
    ...(environment === undefined ? {} : { environment: plansOf(environment) }),
    limits,
  };
}

function changeOf({ kind, danger, what, path, about, before, after, old, now, minded }: ReportedChange): object {
  return {
    kind,
    danger,
    what,
    ...(path === undefined ? {} : { path }),
    about,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(old === undefined ? {} : { old: placeOf(old) }),
    ...(now === undefined ? {} : { new: placeOf(now) }),
    minded,
  };
}

function placeOf({ file, line, column, endLine, endColumn }: ReportedPlace): object {
  return { file, line, column, end_line: endLine, end_column: endColumn };
}

function plansOf({ compared, deltas, onlyOld, onlyNow, limits }: PlanComparison): object {
  return {
    compared,
    deltas: deltas.map(({ variants, lines }) => ({ plans: variants, lines })),
    only_old: onlyOld,
    only_new: onlyNow,
    limits,
  };
}
