import { durationText } from '../durationText.js';
import type { PlanReport, ReportWindow } from '../planReport.js';
import { wallText } from '../zonedTime.js';
import { counted } from './counted.js';

/** What one wants to know first, as names and values. */
export function summary(report: PlanReport): readonly (readonly [name: string, value: string])[] {
  const { environment, outage, point_of_no_return: turning, timeline, window } = report;
  const rows: (readonly [string, string])[] = [['where', `${environment.title}${environment.production ? ' (production)' : ''}`]];
  for (const [role, hosts] of Object.entries(report.roles)) {
    const isOpen = report.open_roles.some((open) => open.role === role);
    rows.push([role.replaceAll('_', ' '), isOpen ? 'found when the hosts are asked' : hosts.length === 0 ? 'none' : hosts.join(', ')]);
  }
  for (const { name, value, consequence } of report.inputs)
    rows.push([name.replaceAll('_', ' '), `${String(value)}${consequence === undefined ? '' : `: ${consequence}`}`]);
  const path = pathText(report);
  if (path !== undefined) rows.push(['path', path]);
  rows.push(['work', workText(timeline)]);
  if (window !== undefined) rows.push(['window', windowText(window)]);
  if (outage !== undefined) rows.push(['outage', outageText(outage)]);
  if (turning !== undefined) {
    const step = `step ${String(turning.number)}, ${turning.title}${turning.hosts.length === 0 ? '' : ` (${turning.hosts.join(', ')})`}`;
    rows.push(['no way back', `from ${step}${whenText(turning)}: ${turning.because}`]);
  }
  if (report.order_proof !== undefined && report.order_proof.orders.length > 0) rows.push(['order', orderText(report.order_proof)]);
  if (environment.rehearsed_on !== undefined) rows.push(['rehearsal', `must have succeeded on ${environment.rehearsed_on} before`]);
  return rows;
}

/** `9.1.000000 → 9.1.000001 → 10.9.000032, 2 hops`. */
export function pathText({ hops, already_installed: installed }: Pick<PlanReport, 'hops' | 'already_installed'>): string | undefined {
  if (installed) return 'the target is installed already';
  const [first] = hops;
  if (first === undefined) return undefined;
  const stops = [first.from ?? 'the installed version, not known yet', ...hops.map(({ to }) => to)];
  return `${stops.join(' → ')}${hops.length > 1 ? `, ${String(hops.length)} hops` : ''}`;
}

function workText({
  work_ms: work,
  least_work_ms: least,
  prerequisites_ms: before,
  steps_without_estimate: silent,
}: PlanReport['timeline']): string {
  const parts = [work === 0 ? 'no estimates' : `about ${durationText(work)}`];
  if (least < work) parts.push(`at least ${durationText(least)}`);
  if (before > 0) parts.push(`prerequisites ${durationText(before)}`);
  if (silent > 0 && work > 0) parts.push(`${counted(silent, 'step has', 'steps have')} no estimate`);
  return parts.join('; ');
}

function windowText(window: ReportWindow): string {
  const { because, fits, fitting, latest_safe_start: latest, zone } = window;
  const begin = latest === undefined || window.needed_ms === 0 ? '' : `; begin by ${wallText(Date.parse(latest), zone)} at the latest`;
  if (fits || fitting?.to === undefined) return `${because}${fits ? begin : ''}`;
  return `${because}, and closes at ${wallText(Date.parse(fitting.to), zone)}${begin}`;
}

/** How far into the work it is; nothing where no estimate says so. */
function whenText({ starts_after_ms: after, steps_without_estimate: silent }: NonNullable<PlanReport['point_of_no_return']>): string {
  if (after === 0) return silent === 0 ? ', at once' : '';
  return `, ${silent === 0 ? 'about' : 'at least'} ${durationText(after)} in`;
}

function outageText({ because, from, hosts, length_ms: length, to }: NonNullable<PlanReport['outage']>): string {
  const until = to === undefined ? ', and is not ended here' : to.path === from.path ? '' : ` to ${to.title}`;
  const about = length === 0 ? 'no estimates' : `about ${durationText(length)}`;
  return `${hosts.join(', ')}: ${about}, from ${from.title}${until}${because === undefined ? '' : ` (${because.replace(/\.$/, '')})`}`;
}

/** A plan that breaks an order is none, so what is left to say is how sure that is. */
function orderText({ orders, pairwise }: NonNullable<PlanReport['order_proof']>): string {
  if (!pairwise) return `${counted(orders.length, 'declared order holds', 'declared orders hold')} whatever is found on the way`;
  const declared = counted(orders.length, 'declared order', 'declared orders');
  return `${declared}: nothing found that breaks them, but what is open has too many combinations to try all, so each pair was tried`;
}
