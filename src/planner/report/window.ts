import { blackoutsAfter, windowsAfter, zoneOf } from './periods.js';
import type { Calendar, Span } from './periods.js';
import type { ReportSpan, ReportWindow } from './planReport.js';
import { nextFitting, windowState } from './windowState.js';

/** The window that work of this length fits in, now or next, and when it must begin at the latest. */
export function reportWindow(calendar: Calendar, now: number, neededMs: number): ReportWindow {
  const state = windowState(calendar, now, neededMs);
  const spans = windowsAfter(now, calendar);
  const current = spans.find(({ from, to }) => from <= now && now < to);
  const fitting = state.fits ? current : nextFitting(spans, now, neededMs);
  const latest = fitting === undefined ? Infinity : fitting.to - neededMs;
  return {
    at: new Date(now).toISOString(),
    zone: fitting?.zone ?? zoneOf(calendar),
    needed_ms: neededMs,
    open: state.open,
    fits: state.fits,
    ...(fitting === undefined ? {} : { fitting: reportSpan(fitting) }),
    ...(Number.isFinite(latest) ? { latest_safe_start: new Date(latest).toISOString() } : {}),
    because: state.because,
    blackouts: blackoutsAfter(now, calendar).slice(0, 10).map(reportSpan),
  };
}

function reportSpan({ from, to, zone, title, because }: Span): ReportSpan {
  return {
    ...(Number.isFinite(from) ? { from: new Date(from).toISOString() } : {}),
    ...(Number.isFinite(to) ? { to: new Date(to).toISOString() } : {}),
    zone,
    ...(title === undefined ? {} : { title }),
    ...(because === undefined ? {} : { because }),
  };
}
