import type { Row } from '../row.js';
import { figuresText } from './figures.js';
import type { RowResult } from './results.js';

const BEGIN = '<!-- results of the fault laboratory -->';
const END = '<!-- end of the results -->';

/** The page with the table of these results between its markers. Throws when it has no markers. */
export function pageWith(page: string, profile: string, rows: readonly Row[], results: ReadonlyMap<string, RowResult>): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page has no markers: ${BEGIN} … ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table(profile, rows, results)}\n\n${page.slice(end)}`;
}

function table(profile: string, rows: readonly Row[], results: ReadonlyMap<string, RowResult>): string {
  const all = [...results.values()];
  const machines = [
    ...new Set(
      all.map(
        ({ machine: { cores, memoryGb, node, system } }) => `${String(cores)} cores, ${String(memoryGb)} GB, Node ${node}, ${system}`,
      ),
    ),
  ];
  const days = [...new Set(all.map(({ at }) => at.slice(0, 10)))].sort();
  return [
    `Profile \`${profile}\`, ${days.join(' and ')}, on ${machines.join(' and ')}.`,
    '',
    '| row | what is done | must be | cases | broken | measured | seconds | seed |',
    '| --- | --- | --- | --: | --: | --- | --: | --: |',
    ...rows.map((row) => `| ${cells(row, results.get(row.id)).join(' | ')} |`),
  ].join('\n');
}

function cells(row: Row, result: RowResult | undefined): readonly string[] {
  const about = [`\`${row.id}\``, cell(row.title), cell(row.must)];
  if (result === undefined) return [...about, 'not tried', '', '', '', ''];
  if (result.skipped !== undefined) return [...about, 'skipped', '', cell(result.skipped), '', ''];
  const cases = result.done === result.planned ? String(result.done) : `${String(result.done)} of ${String(result.planned)}`;
  return [...about, cases, String(result.broken.length), cell(figuresText(result.figures)), result.seconds.toFixed(0), String(result.seed)];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
