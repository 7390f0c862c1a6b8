import { counted, durationText } from '../../planner/index.js';
import { paint } from '../io.js';
import type { Io } from '../io.js';
import type { VariantRow } from '../variants.js';
import { hanging } from './plan/layout.js';

const HEADINGS = ['variant', 'hops', 'steps', 'gates', 'estimate', 'order'] as const;

/** The matrix of variants, one a line; where there is no plan, or an order is broken, why. */
export function variantsText(title: string, rows: readonly VariantRow[], pairwise: boolean, io: Pick<Io, 'color' | 'columns'>): string {
  const width = io.columns() ?? 120;
  const cells = rows.map(cellsOf);
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)));
  // The label gives way, down to a third of the line.
  const rest = widths.slice(1).reduce((sum, column) => sum + column + 2, 0);
  widths[0] = Math.max(Math.min(widths[0] ?? 0, width - rest - 2), Math.floor(width / 3));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd();
  const lines = rows.flatMap(({ label, problems, steps }, index) => {
    const [first = '', ...more] = hanging('', label, 0, widths[0] ?? 0);
    const columns = cells[index]?.slice(1) ?? [];
    const whole = line([first, ...(steps === undefined ? [] : columns)]);
    const painted = problems.length === 0 ? whole : paint(io, 'yellow', whole);
    const why = problems.flatMap((problem) => hanging('– ', problem, 2, width - 2)).map((text) => paint(io, 'dim', text));
    return [painted, ...more, ...why];
  });
  const none = rows.filter(({ steps }) => steps === undefined).length;
  const broken = rows.filter(({ order }) => order === 'broken').length;
  return [
    paint(io, 'bold', title),
    '',
    paint(io, 'dim', line(HEADINGS)),
    ...lines,
    '',
    `${counted(rows.length, 'variant', 'variants')}${none === 0 ? '' : `, ${String(none)} without a plan`}${broken === 0 ? '' : `, ${counted(broken, 'breaks an order', 'break an order')}`}.${pairwise ? ' There are too many to show all: each two values meet at least once.' : ''}`,
    ...(rows.some(({ hops = [] }) => hops.some(({ dispatched_to: file }) => file !== undefined))
      ? ['* a more specific runbook is followed for a hop']
      : []),
    '',
  ].join('\n');
}

function cellsOf({ label, hops = [], steps, gates, estimate_ms: estimate, order }: VariantRow): readonly string[] {
  if (steps === undefined) return [label];
  const path = hops.map(({ dispatched_to: file }) => (file === undefined ? '' : '*')).join('');
  return [
    label,
    hops.length === 0 ? '–' : `${String(hops.length)}${path}`,
    String(steps),
    String(gates ?? 0),
    estimate === undefined || estimate === 0 ? '–' : durationText(estimate),
    { holds: 'holds', broken: 'broken', none: '–', not_known: 'not known' }[order ?? 'none'],
  ];
}

/** Numbers stand at the right of their column. */
function padded(text: string, width: number, column: number): string {
  return column >= 1 && column <= 4 ? text.padStart(width) : text.padEnd(width);
}
