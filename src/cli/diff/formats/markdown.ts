import type { PlanComparison } from '../../../review/index.js';
import { inlineCode, inlineText } from '../../lint/formats/markdownText.js';
import { plainText } from '../../lint/formats/plainText.js';
import { many } from '../../lint/formats/summary.js';
import type { DiffReport, DocumentDifference, ReportedChange, ReportedPlace } from '../report.js';
import { quotedLines } from './quote.js';
import { countsOf, DANGERS, OF_USED_FILES, summaryOf, variantRemarks, whereIn } from './summary.js';

/** A comment on GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 65_000;
const MOST_ROWS = 100;
const MOST_QUOTED = 1200;

/** For reviewers: a table first, then each document with what was written before and after; the harmless is folded away. */
export function diffMarkdown(report: DiffReport, most = MOST_CHARACTERS): string {
  const head = `## What this change means\n\n${inlineText(plainText(summaryOf(report)))}\n${tableOf(report.documents)}`;
  const parts: Part[] = report.documents.flatMap(partsOf);
  const left = most - head.length - 300;
  const kept = fitting(parts, left);
  const missing = parts.filter((part) => part.change && !kept.has(part)).length;
  const note =
    missing === 0
      ? ''
      : `\n**${many(missing, 'change')} left out**, because this text would be too long. The other formats have them all.\n`;
  return `${head}${parts
    .filter((part) => kept.has(part))
    .map(({ text }) => text)
    .join('')}${note}`;
}

/** A piece of the text that stands or is left out as a whole. */
interface Part {
  readonly text: string;
  /** The lower, the more it matters. */
  readonly rank: number;
  readonly change: boolean;
  /** What must be there with it: the heading of its document, the two ends of a fold. */
  readonly frame: readonly Part[];
}

/** As much as fits, what matters first; in the order of the text. */
function fitting(parts: readonly Part[], most: number): ReadonlySet<Part> {
  const kept = new Set<Part>();
  let left = most;
  for (const rank of [...new Set(parts.map((part) => part.rank))].sort((a, b) => a - b))
    for (const part of parts) {
      if (part.rank !== rank || rank === FRAME) continue;
      const wanted = [...part.frame, part].filter((one) => !kept.has(one));
      const length = wanted.reduce((sum, { text }) => sum + text.length, 0);
      if (length > left) continue;
      left -= length;
      for (const one of wanted) kept.add(one);
    }
  return kept;
}

/** Never there for its own sake. */
const FRAME = 99;

function frame(text: string): Part {
  return { text, rank: FRAME, change: false, frame: [] };
}

function tableOf(documents: readonly DocumentDifference[]): string {
  if (documents.length === 0) return '';
  const rows = documents.slice(0, MOST_ROWS).map((document) => {
    const counts = countsOf(document);
    return `| ${cell(document.title)} | ${document.state} | ${DANGERS.map((danger) => (counts[danger] === 0 ? '' : danger === 'dangerous' ? `**${String(counts[danger])}**` : String(counts[danger]))).join(' | ')} |`;
  });
  const more = documents.length > MOST_ROWS ? `\n${many(documents.length - MOST_ROWS, 'more document')}.\n` : '';
  return `\n| | | Dangerous | Notable | Harmless |\n|---|---|---|---|---|\n${rows.join('\n')}\n${more}`;
}

/** A bar ends a cell even within code. */
function cell(text: string): string {
  const short = [...plainText(text)].slice(0, 80).join('').replaceAll('|', '/');
  return inlineText(short);
}

function partsOf(document: DocumentDifference): readonly Part[] {
  const { title, file, oldFile, changes, plans, environment, limits } = document;
  const name = oldFile === undefined ? code(file) : `${code(oldFile)} → ${code(file)}`;
  const why = changes.length === 0 ? `${OF_USED_FILES}\n\n` : '';
  const heading = frame(`\n### ${inlineText(plainText(title))}\n\n${name}\n\n${why}`);
  const shown = changes.filter(({ danger }) => danger !== 'harmless');
  const harmless = changes.filter(({ danger }) => danger === 'harmless');
  const [open, close] = [frame(`\n<details><summary>${many(harmless.length, 'harmless change')}</summary>\n\n`), frame('\n</details>\n')];
  return [
    heading,
    ...shown.map((change): Part => ({ text: itemOf(change), rank: change.danger === 'dangerous' ? 0 : 2, change: true, frame: [heading] })),
    ...(harmless.length === 0
      ? []
      : [open, ...harmless.map((change): Part => ({ text: itemOf(change), rank: 3, change: true, frame: [heading, open, close] })), close]),
    ...[plans, environment].flatMap((comparison) => (comparison === undefined ? [] : planParts(comparison, heading))),
    ...limits.map((limit): Part => ({
      text: `\nNot compared: ${inlineText(plainText(limit))}.\n`,
      rank: 1,
      change: false,
      frame: [heading],
    })),
  ];
}

function itemOf({ danger, kind, what, now, old, before, after, minded }: ReportedChange): string {
  const place = now ?? old;
  const where = place === undefined ? '' : ` in ${placeText(place)}`;
  const head = `- ${danger === 'dangerous' ? '**dangerous**' : danger}${minded ? ' (against the policy)' : ''}${where}: ${inlineText(plainText(what))} ${inlineCode(kind)}\n`;
  if (danger === 'harmless' || (before === undefined && after === undefined)) return head;
  return `${head}\n${fenced(before, after)}\n`;
}

function placeText({ file, line }: ReportedPlace): string {
  return `${code(file)} line ${String(line)}`;
}

function code(file: string): string {
  return inlineCode(plainText(file));
}

/** What was written, as a difference; the fence is longer than any in the text. */
function fenced(before: string | undefined, after: string | undefined): string {
  const lines = [...quoted('-', before), ...quoted('+', after)];
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...lines, fence].map((line) => `  ${line}\n`).join('');
}

function quoted(sign: '-' | '+', text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const cut = text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
  return quotedLines(cut).map((line) => `${sign} ${plainText(line)}`);
}

function planParts(plans: PlanComparison, heading: Part): readonly Part[] {
  const [open, close] = [frame(`\n<details><summary>What it does to plans</summary>\n\n`), frame('\n</details>\n')];
  const part = (text: string): Part => ({ text, rank: 1, change: false, frame: [heading, open, close] });
  const deltas = plans.deltas.map((delta) =>
    part(
      `- ${inlineText(plainText(whereIn(delta, plans)))}\n${delta.lines.map(({ sign, what }) => `  - ${inlineCode(sign)} ${inlineText(plainText(what))}\n`).join('')}`,
    ),
  );
  const remarks = variantRemarks(plans).map((remark) => part(`- ${inlineText(plainText(remark))}\n`));
  return deltas.length + remarks.length === 0 ? [] : [open, ...deltas, ...remarks, close];
}
