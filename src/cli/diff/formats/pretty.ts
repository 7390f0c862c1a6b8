import type { PlanComparison } from '../../../review/index.js';
import { paint } from '../../io.js';
import type { Io } from '../../io.js';
import { plainFile, plainText } from '../../lint/formats/plainText.js';
import { many } from '../../lint/formats/summary.js';
import type { DiffReport, DocumentDifference, ReportedChange } from '../report.js';
import { quotedLines } from './quote.js';
import { OF_USED_FILES, summaryOf, variantRemarks, whereIn } from './summary.js';

const STYLES = { dangerous: 'red', notable: 'yellow', harmless: 'dim' } as const;

/** Lines of what was written that are shown of one side. */
const MOST_LINES = 12;

/** For people: by document, the dangerous first, with what was written before and after where one must read it. */
export function diffText(report: DiffReport, io: Pick<Io, 'color'>): string {
  const parts = report.documents.map((document) => documentText(document, io));
  return [...parts, `${plainText(summaryOf(report))}\n`].join('\n');
}

function documentText(document: DocumentDifference, io: Pick<Io, 'color'>): string {
  const { title, file, oldFile, changes, plans, environment, limits } = document;
  const name = oldFile === undefined ? plainFile(file) : `${plainFile(oldFile)} → ${plainFile(file)}`;
  const shown = changes.filter(({ danger }) => danger !== 'harmless');
  const harmless = changes.filter(({ danger }) => danger === 'harmless');
  return [
    // The name comes first: what authors write must not begin a line, where a build server could take it for a command.
    paint(io, 'bold', `${name}  ${plainText(title)}`),
    ...(changes.length === 0 ? [`  ${OF_USED_FILES}`] : []),
    ...shown.flatMap((change) => changeLines(change, io)),
    ...(harmless.length === 0 ? [] : [paint(io, 'dim', `  ${many(harmless.length, 'harmless change')}:`)]),
    ...harmless.map((change) => paint(io, 'dim', `    ${placeText(change)} ${plainText(change.what)}`)),
    ...(plans === undefined ? [] : planLines(plans, io)),
    ...(environment === undefined ? [] : planLines(environment, io)),
    ...limits.map((limit) => `  Not compared: ${plainText(limit)}.`),
    '',
  ].join('\n');
}

function changeLines(change: ReportedChange, io: Pick<Io, 'color'>): readonly string[] {
  const { danger, kind, what, before, after } = change;
  const head = `  ${paint(io, STYLES[danger], danger)} ${placeText(change)} ${plainText(what)} ${paint(io, 'dim', `[${kind}]`)}`;
  const isShort = !`${before ?? ''}${after ?? ''}`.includes('\n');
  if (isShort || kind.endsWith('-removed')) return [head];
  return [head, ...quoteLines('-', before, 'red', io), ...quoteLines('+', after, 'green', io)];
}

/** Where to look in the new text; in the old one, where there is no new one. */
function placeText({ old, now }: ReportedChange): string {
  const place = now ?? old;
  return place === undefined ? '' : `${plainFile(place.file)}:${String(place.line)}`;
}

function quoteLines(sign: '-' | '+', text: string | undefined, style: 'red' | 'green', io: Pick<Io, 'color'>): readonly string[] {
  if (text === undefined) return [];
  const lines = quotedLines(text);
  const more = lines.length > MOST_LINES ? [`      ${sign} … ${String(lines.length - MOST_LINES)} more lines`] : [];
  return [...lines.slice(0, MOST_LINES).map((line) => paint(io, style, `      ${sign} ${plainText(line)}`)), ...more];
}

function planLines(plans: PlanComparison, io: Pick<Io, 'color'>): readonly string[] {
  const styles = { '+': 'green', '-': 'red', '~': 'yellow', '!': 'red' } as const;
  return [
    ...plans.deltas.flatMap((delta) => [
      `  In plans, ${plainText(whereIn(delta, plans))}:`,
      ...delta.lines.map(({ sign, what }) => `    ${paint(io, styles[sign], sign)} ${plainText(what)}`),
    ]),
    ...variantRemarks(plans).map((remark) => `  Plans: ${plainText(remark)}.`),
  ];
}
