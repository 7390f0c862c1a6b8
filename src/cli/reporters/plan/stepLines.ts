import { dispatchedText, durationText, genericText, hopHeading, placeText, remarksOf } from '../../../planner/index.js';
import type { PlanReport, ReportHop, ReportStep, StepRemark } from '../../../planner/index.js';
import { paint } from '../../io.js';
import { hanging } from './layout.js';
import type { Look } from './layout.js';

/** Below this many characters hosts and times stand under the titles, not beside them. */
const NARROW = 76;

/** How a remark looks. */
const REMARKS: Readonly<Record<StepRemark['kind'], { readonly style?: 'dim' | 'yellow'; readonly mark: string }>> = {
  left_out: { style: 'dim', mark: '– ' },
  because: { style: 'dim', mark: '  ' },
  perhaps: { style: 'yellow', mark: '? ' },
  gate: { mark: '> ' },
  irreversible: { style: 'yellow', mark: '! ' },
  impact: { mark: '! ' },
  aside: { style: 'dim', mark: '  ' },
  lead_time: { mark: '! ' },
  too_late: { style: 'yellow', mark: '! ' },
};

/** The steps of a section, under the titles of their groups. */
export function stepLines(steps: readonly ReportStep[], report: PlanReport, look: Look): readonly string[] {
  const columns = columnsOf(report.steps, look);
  const lines: string[] = [];
  let open: readonly string[] = [];
  steps.forEach((step, index) => {
    step.groups.forEach((group, depth) => {
      if (open[depth] === group.path) return;
      open = [...open.slice(0, depth), group.path];
      // Each hop has a heading of its own; the group around them would only say it again.
      if (step.groups[depth + 1]?.hop !== undefined) return;
      const hop = group.hop === undefined ? undefined : report.hops.find(({ number }) => number === group.hop);
      if (lines.length > 0 && (depth === 0 || hop !== undefined)) lines.push('');
      lines.push(...groupLines(group.title, depth, hop, report, columns, look));
    });
    open = open.slice(0, step.groups.length);
    lines.push(...linesOf(step, report, columns, look));
    const hop = hopOfGroups(step);
    const ends = hop !== undefined && hopOfGroups(steps[index + 1]) !== hop;
    const described = ends ? report.hops.find(({ number }) => number === hop) : undefined;
    if (described?.generic !== undefined) lines.push(...genericLines(described, columns, look));
  });
  return lines;
}

/** Number of the hop whose group a step stands in. */
function hopOfGroups(step: ReportStep | undefined): number | undefined {
  return step?.groups.find(({ hop }) => hop !== undefined)?.hop;
}

interface Columns {
  readonly number: number;
  readonly title: number;
  readonly narrow: boolean;
}

function columnsOf(steps: readonly ReportStep[], { width }: Look): Columns {
  const longest = Math.max(...steps.map(({ title, groups }) => title.length + 2 * groups.length), 20);
  return { number: String(steps.length).length + 2, title: Math.min(longest, Math.floor(width * 0.6)), narrow: width < NARROW };
}

function groupLines(
  title: string,
  depth: number,
  hop: ReportHop | undefined,
  { hops }: PlanReport,
  columns: Columns,
  look: Look,
): readonly string[] {
  const indent = columns.number + 2 + 2 * depth;
  const heading = hop === undefined ? title : hopHeading(title, hop, hops.length);
  const lines = hanging('', heading, indent, look.width).map((line) => paint(look, 'bold', line));
  const dispatched = hop === undefined ? undefined : dispatchedText(hop);
  if (dispatched !== undefined) lines.push(...hanging('', dispatched, indent, look.width));
  return lines;
}

function genericLines(hop: ReportHop, columns: Columns, look: Look): readonly string[] {
  return hanging('', genericText(hop) ?? '', columns.number + 4, look.width).map((line) => paint(look, 'dim', line));
}

function linesOf(step: ReportStep, report: PlanReport, columns: Columns, look: Look): readonly string[] {
  const left = step.verdict === 'no';
  const depth = step.groups.length;
  const number = String(step.number).padStart(columns.number);
  const indent = columns.number + 2 + 2 * depth;
  const time = left || step.estimate_ms === undefined ? '' : `~${durationText(step.estimate_ms)}`;
  const place = placeText(step);
  const lines: string[] = [];
  const painted = (text: string): string => (left ? paint(look, 'dim', text) : text);
  const titleWidth = columns.title - 2 * depth;
  if (columns.narrow || step.title.length > titleWidth) {
    lines.push(...hanging(`${number}  ${'  '.repeat(depth)}`, step.title, 0, look.width).map(painted));
    const beside = [place, time].filter((part) => part !== '').join('  ');
    if (beside !== '') lines.push(...hanging('', beside, indent, look.width).map((line) => paint(look, left ? 'dim' : 'cyan', line)));
  } else {
    const head = `${number}  ${'  '.repeat(depth)}${step.title.padEnd(titleWidth)}  `;
    const fits = head.length + place.length + 2 + time.length <= look.width;
    const end = time === '' ? '' : `  ${time}`;
    lines.push(fits ? `${painted(head)}${paint(look, left ? 'dim' : 'cyan', place)}${end}`.trimEnd() : painted(`${head.trimEnd()}${end}`));
    if (!fits) lines.push(...hanging('', place, indent, look.width).map((line) => paint(look, left ? 'dim' : 'cyan', line)));
  }
  for (const { kind, text } of remarksOf(step, report)) {
    const { style, mark } = REMARKS[kind];
    lines.push(...hanging(mark, text, indent + 2, look.width).map((line) => (style === undefined ? line : paint(look, style, line))));
  }
  return lines;
}
