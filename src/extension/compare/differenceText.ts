import type { Project } from '../../language/index.js';
import { DANGERS, variantRemarks, whereIn } from '../../cli/diff/formats/summary.js';
import type { Change, Danger, PlanComparison } from '../../review/index.js';
import type { Comparison } from './comparison.js';

const HEADINGS: Readonly<Record<Danger, string>> = {
  dangerous: 'Dangerous: a protection is gone, or more is touched',
  notable: 'Notable',
  harmless: 'Harmless',
};

/** Characters in a line of an editor that stands beside another one. */
const WIDTH = 56;

/** A text about a difference. */
export interface DifferenceText {
  readonly text: string;
  /** Lines of the text, from 0, that name a place of the runbook as it is now; lines of files from 1. */
  readonly places: readonly { readonly row: number; readonly file: string; readonly line: number }[];
}

/** What a change of a runbook means, for people: the dangerous first, then what it does to plans. `past`: what people call the state before. */
export function differenceText(
  { difference, plans }: Comparison,
  { past, now }: { readonly past: string; readonly now: Project },
): DifferenceText {
  const { changes, limits } = difference;
  const rows = [...wrapped(`${nameOf(now.root.file)} compared with ${past}`, '', ''), ''];
  const places: DifferenceText['places'][number][] = [];
  if (changes.length === 0) rows.push('Nothing: both mean the same.', '');
  for (const danger of DANGERS) {
    const some = changes.filter((change) => change.danger === danger);
    if (some.length === 0) continue;
    rows.push(`${HEADINGS[danger]} (${String(some.length)})`);
    for (const change of some) {
      rows.push(...wrapped(change.what, '  - ', '    '));
      const place = placeOf(change, now);
      if (place === undefined) continue;
      places.push({ row: rows.length, ...place });
      rows.push(`    ${nameOf(place.file)}:${String(place.line)}`);
    }
    rows.push('');
  }
  rows.push(...plans.flatMap(planRows));
  if (limits.length > 0) rows.push('What could not be looked at', ...limits.flatMap((limit) => wrapped(limit, '  - ', '    ')), '');
  return { text: rows.join('\n'), places };
}

function planRows(plans: PlanComparison): readonly string[] {
  const remarks = variantRemarks(plans).flatMap((remark) => wrapped(remark, 'Plans: ', '    '));
  return [
    ...plans.deltas.flatMap((delta) => [
      ...wrapped(`In plans, ${whereIn(delta, plans)}`, '', '  '),
      ...delta.lines.flatMap(({ sign, what }) => wrapped(what, `  ${sign} `, '    ')),
      '',
    ]),
    ...(remarks.length === 0 ? [] : [...remarks, '']),
  ];
}

function placeOf({ where }: Change, now: Project): { readonly file: string; readonly line: number } | undefined {
  const document = where.new === undefined ? undefined : now.known.get(where.new.file);
  if (where.new === undefined || document === undefined) return undefined;
  return { file: document.file, line: document.lines.position(where.new.range.start).line };
}

function wrapped(text: string, first: string, others: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    const glue = line === first || line === others ? '' : ' ';
    if (glue !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = others + word;
    } else line += glue + word;
  }
  return [...lines, line];
}

function nameOf(file: string): string {
  return file.split('/').at(-1) ?? file;
}
