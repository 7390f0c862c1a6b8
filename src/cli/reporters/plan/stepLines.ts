import { durationText, wallText } from '../../../planner/index.js';
import type { PlanReport, ReportHop, ReportStep } from '../../../planner/index.js';
import { paint } from '../../io.js';
import { hanging } from './layout.js';
import type { Look } from './layout.js';
import { counted } from './words.js';

/** Below this many characters hosts and times stand under the titles, not beside them. */
const NARROW = 76;

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
  if (hop?.dispatched_to !== undefined) {
    const further = hop.handed_on_to === undefined ? '' : `; it hands over to ${hop.handed_on_to.join(', ')}`;
    lines.push(...hanging('', `${hop.dispatched_to} is followed here, made for exactly this hop${further}`, indent, look.width));
  }
  return lines;
}

/** The title of the group already says where a hop leads, in most runbooks. */
function hopHeading(title: string, { from, number, to }: ReportHop, count: number): string {
  const path = `${from ?? 'a version not known yet'} → ${to}`;
  const own = title.includes('${{') ? path : from !== undefined && title.includes(from) && title.includes(to) ? title : `${title}, ${path}`;
  return count === 1 ? own : `Hop ${String(number)} of ${String(count)}: ${own}`;
}

function genericLines({ generic = [], dispatched_to: file }: ReportHop, columns: Columns, look: Look): readonly string[] {
  const titles = generic.map(({ title }) => title).join(' · ');
  const text = `Without ${file ?? ''}, ${counted(generic.length, 'generic step', 'generic steps')} would be done: ${titles}`;
  return hanging('', text, columns.number + 4, look.width).map((line) => paint(look, 'dim', line));
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
  for (const [style, mark, text] of remarks(step, report))
    lines.push(...hanging(mark, text, indent + 2, look.width).map((line) => (style === undefined ? line : paint(look, style, line))));
  return lines;
}

type Remark = readonly [style: 'dim' | 'yellow' | undefined, mark: string, text: string];

function remarks(step: ReportStep, report: PlanReport): readonly Remark[] {
  const about = (hosts: readonly string[]): string =>
    hosts.length === 0 || hosts.length === step.hosts.length ? '' : `${hosts.join(', ')}: `;
  const reasons = step.conditions.map(({ verdict, because, hosts }): Remark => {
    if (verdict === 'no') return ['dim', '– ', `left out${about(hosts)}: ${because}`];
    return verdict === 'yes'
      ? ['dim', '  ', `because${about(hosts) === '' ? '' : `${about(hosts)}:`} ${because}`]
      : ['yellow', '? ', `perhaps${about(hosts)}: ${because}`];
  });
  if (step.verdict === 'no') return reasons.filter(([, mark]) => mark === '– ');
  const found: Remark[] = [...reasons];
  const { gate } = step;
  if (gate !== undefined) found.push([undefined, '> ', gateText(gate)]);
  if (step.irreversible !== undefined) found.push(['yellow', '! ', `cannot be taken back: ${step.irreversible}`]);
  if (step.impact !== undefined) found.push([undefined, '! ', step.impact]);
  if (step.stages.length > 0) found.push(['dim', '  ', `takes effect at the next boot: ${step.stages.join(', ')}`]);
  if (step.undo.length > 0) found.push(['dim', '  ', `undo: ${step.undo.map(({ title }) => title).join(', ')}`]);
  const lead = report.lead_times.find(({ path }) => path === step.path);
  if (lead !== undefined)
    found.push([
      lead.too_late ? 'yellow' : undefined,
      '! ',
      `needs ${lead.needs}: ${lead.too_late ? 'too late for the next window, see above' : lead.because}`,
    ]);
  if (lead?.not_before !== undefined && report.window !== undefined) {
    const from = wallText(Date.parse(lead.not_before), report.window.zone);
    found.push(['dim', '  ', `done before ${from} ${report.window.zone} it no longer counts then`]);
  }
  return found;
}

function gateText({ kind, gives, methods, other_person: other }: NonNullable<ReportStep['gate']>): string {
  const who = other ? 'somebody other than the operator' : 'a person';
  const what = gives.length === 0 ? '' : `: ${gives.join('; ')}`;
  if (kind === 'optional') return `${who} may leave it out`;
  if (kind === 'method') return `${who} chooses: ${methods.join(' or ')}`;
  return `${who} does it${what}`;
}

/** The hosts a step is about and, when that is elsewhere, where it is performed. */
function placeText({ action, at, batch, hosts, once, at_once: atOnce }: ReportStep): string {
  // Where each host does it itself, the hosts say so; what is done once for several is done somewhere.
  const isElsewhere = (once && action !== 'manual') || at.some((host) => !hosts.includes(host)) || (!once && at.length < hosts.length);
  const elsewhere = (isElsewhere ? at : []).map((host) => (host === 'local' ? 'this machine' : host));
  // What a person does without a host is done nowhere in particular.
  if (hosts.length === 0) return action === 'manual' ? '' : elsewhere.join(', ');
  const serial = batch === undefined && !once && atOnce < hosts.length ? `, ${String(atOnce)} at a time` : '';
  return `${hosts.join(', ')}${once ? ', once for all' : serial}${elsewhere.length === 0 ? '' : ` from ${elsewhere.join(', ')}`}`;
}
