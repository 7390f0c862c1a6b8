import type { ReportHop } from '../planReport.js';
import { counted } from './counted.js';

/** Title of the group of a hop. It already says where the hop leads, in most runbooks. */
export function hopHeading(title: string, { from, number, to }: ReportHop, count: number): string {
  const path = `${from ?? 'a version not known yet'} → ${to}`;
  const own = title.includes('${{') ? path : from !== undefined && title.includes(from) && title.includes(to) ? title : `${title}, ${path}`;
  return count === 1 ? own : `Hop ${String(number)} of ${String(count)}: ${own}`;
}

/** Of a hop that a more specific runbook is followed for: which one. */
export function dispatchedText({ dispatched_to: file, handed_on_to: further }: ReportHop): string | undefined {
  if (file === undefined) return undefined;
  const on = further === undefined ? '' : `; it hands over to ${further.join(', ')}`;
  return `${file} is followed here, made for exactly this hop${on}`;
}

/** Of the same hop: what would be done without that runbook. */
export function genericText({ generic, dispatched_to: file }: ReportHop): string | undefined {
  if (generic === undefined) return undefined;
  const titles = generic.map(({ title }) => title).join(' · ');
  return `Without ${file ?? ''}, ${counted(generic.length, 'generic step', 'generic steps')} would be done: ${titles}`;
}
