import { blackoutsAfter, windowsAfter } from './periods.js';
import type { Calendar, Span } from './periods.js';
import { durationText } from './durationText.js';
import { wallText } from './zonedTime.js';

/** Whether work may be done now, and when else. Times are milliseconds since 1970. */
export interface WindowState {
  /** `now` lies in a window and in no blackout. */
  readonly open: boolean;
  /** When it closes; absent when it is closed, or nothing closes it. */
  readonly until?: number;
  /** When the next one opens that is long enough; absent when work may begin now, or no such window is known. */
  readonly opensAt?: number;
  /** It is open, and what is needed ends before it closes. */
  readonly fits: boolean;
  /** The same for people: a sentence without its full stop. */
  readonly because: string;
}

/** Whether `neededMs` of work may begin at `now` by the windows and blackouts of an environment. Without either, any time is right. */
export function windowState(environment: Calendar, now: number, neededMs: number): WindowState {
  const spans = windowsAfter(now, environment);
  const current = spans.find(({ from, to }) => from <= now && now < to);
  if (current !== undefined && now + neededMs <= current.to)
    return { open: true, ...bound(current), fits: true, because: whyOpen(current, environment) };
  const next = nextFitting(spans, now, neededMs);
  const opens = next === undefined ? {} : { opensAt: next.from };
  if (current !== undefined) {
    const because = `the window closes at ${told(current.to, current)}, and what is to be done takes about ${durationText(neededMs)}; ${whenNext(next, neededMs)}`;
    return { open: true, ...bound(current), ...opens, fits: false, because };
  }
  const blackout = blackoutsAfter(now, environment).find(({ from }) => from <= now);
  const why =
    blackout === undefined
      ? 'now is outside of every window'
      : `nothing may be done until ${told(blackout.to, blackout)}${reason(blackout)}`;
  return { open: false, ...opens, fits: false, because: `${why}; ${whenNext(next, neededMs)}` };
}

/** The first window after `now` that has room for so much work. */
export function nextFitting(spans: readonly Span[], now: number, neededMs: number): Span | undefined {
  return spans.find(({ from, to }) => from > now && to - from >= neededMs);
}

function bound({ to }: Span): { until?: number } {
  return Number.isFinite(to) ? { until: to } : {};
}

function whyOpen(current: Span, environment: Calendar): string {
  if (Number.isFinite(current.to)) return `${named(current)} is open until ${told(current.to, current)}`;
  return environment.windows.length === 0 ? 'no windows are declared, so work may be done at any time' : 'a window is open all the time';
}

function whenNext(next: Span | undefined, neededMs: number): string {
  if (next !== undefined)
    return `${next.title === undefined ? 'the next window that is long enough' : named(next)} opens at ${told(next.from, next)}`;
  return neededMs > 0 ? `no window that is known has room for ${durationText(neededMs)}` : 'no window is known after this';
}

/** A window by its title. */
export function named(span: Span): string {
  return span.title === undefined ? 'the window' : `the window "${span.title}"`;
}

/** An instant by the clocks of a window, with its zone. */
export function told(instant: number, { zone }: Pick<Span, 'zone'>): string {
  return `${wallText(instant, zone)} ${zone}`;
}

function reason({ title, because }: Span): string {
  const said = [title, because].filter((text) => text !== undefined).join(': ');
  return said === '' ? '' : ` (${said})`;
}
