import { parseLeadTime } from '../../language/index.js';
import type { LeadTime } from '../../language/index.js';
import { windowsAfter, zoneOf } from './periods.js';
import type { Calendar, Span } from './periods.js';
import type { ReportLeadTime, ReportStep } from './planReport.js';
import { nameOfStep } from './steps.js';
import { told } from './windowState.js';
import { workingDaysAfter, workingDaysBefore } from './workingDays.js';

/**
 * Prerequisites that take time before they can be relied on: when they must begin for the first window the work fits in. Without `now`
 * there are no times.
 */
export function leadTimesOf(
  steps: readonly ReportStep[],
  calendar: Calendar,
  neededMs: number,
  now: number | undefined,
): readonly ReportLeadTime[] {
  return steps.flatMap((step): readonly ReportLeadTime[] => {
    const lead = step.lead_time === undefined ? undefined : parseLeadTime(step.lead_time);
    if (lead === undefined || step.lead_time === undefined || step.verdict === 'no') return [];
    const shared = { ...nameOfStep(step), needs: step.lead_time };
    if (now === undefined) return [{ ...shared, too_late: false, because: `it takes ${step.lead_time} before the steps can begin` }];
    return [{ ...shared, ...timesOf(lead, step, calendar, neededMs, now) }];
  });
}

function timesOf(
  lead: LeadTime,
  step: ReportStep,
  calendar: Calendar,
  neededMs: number,
  now: number,
): Omit<ReportLeadTime, 'path' | 'title' | 'needs'> {
  const zone = zoneOf(calendar);
  const ready = lead.unit === 'ms' ? now + lead.value : workingDaysAfter(now, lead.value, zone);
  const rooms = windowsAfter(now, calendar).filter(({ from, to }) => to - Math.max(from, now) >= neededMs);
  const [window] = rooms;
  const told_ready = `begun now, it is ready at ${told(ready, { zone })}`;
  if (calendar.windows.length === 0) return { ready_at: iso(ready), too_late: false, because: told_ready };
  if (window === undefined)
    return { ready_at: iso(ready), too_late: false, because: `${told_ready}; no window is known that the work fits in` };
  const opens = Math.max(window.from, now);
  const begin = lead.unit === 'ms' ? opens - lead.value : workingDaysBefore(opens, lead.value, window.zone);
  const tooLate = begin < now;
  const notBefore = step.valid_for_ms === undefined ? {} : { not_before: iso(opens - step.valid_for_ms) };
  return {
    ready_at: iso(ready),
    must_begin_by: iso(begin),
    ...notBefore,
    too_late: tooLate,
    because: tooLate
      ? tooLateText(begin, window, opens, told_ready, inTime(rooms, ready, neededMs))
      : `it must begin by ${told(begin, window)} for the window that opens at ${told(opens, window)}`,
  };
}

function tooLateText(begin: number, window: Span, opens: number, ready: string, later: Span | undefined): string {
  const which = opens === window.from ? `the window that opens at ${told(opens, window)}` : 'the window that is open now';
  const next = later === undefined ? 'no later window is known' : `the first window in time opens at ${told(later.from, later)}`;
  return `too late for ${which}: it should have begun by ${told(begin, window)}; ${ready}, and ${next}`;
}

/** The first window with room for the work once the prerequisite is ready. */
function inTime(rooms: readonly Span[], ready: number, neededMs: number): Span | undefined {
  return rooms.find(({ from, to }) => from >= ready || (from < ready && to - ready >= neededMs));
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
