import {
  advisoryText,
  counted,
  durationText,
  nextText,
  openQuestions,
  orderInWords,
  reportOf,
  reportProof,
  summary,
  verdictsOf,
  wallText,
} from '../../planner/index.js';
import type { Draft, PlannedDraft, PlanReport, ReportOrder, ReportProof } from '../../planner/index.js';
import type { PlanSheet, SheetOrder, SheetSection } from '../../protocol/index.js';
import { hopsOf } from './sheetHops.js';
import { HostLists, rowsOf } from './sheetRows.js';
import { timelineOf } from './sheetTimeline.js';

/** What a sheet is about, beyond the plan. */
export interface SheetSubject {
  /** Address of the runbook. */
  readonly uri: string;
  /** File names. */
  readonly runbook: string;
  readonly inventory: string;
  /** The inventory was taken because it is the only one beside the runbook. */
  readonly onlyOne: boolean;
  /** The page may ask for the plan as a text. */
  readonly asText: boolean;
  /** Milliseconds since 1970: windows are told of that time. */
  readonly now: number;
}

const SECTIONS = { prerequisites: 'Before', steps: 'Steps', finally: 'At the end' } as const;

/** What the page shows of a plan: its report in words. */
export function planSheet(draft: PlannedDraft, { uri, runbook, inventory, onlyOne, asText, now }: SheetSubject): PlanSheet {
  const report = reportOf(draft, { now });
  const lists = new HostLists();
  const { proof, orders } = ordersOf(report, draft);
  return {
    uri,
    runbook,
    title: report.runbook.title,
    environment: report.environment.title,
    inventory,
    onlyOne,
    asText,
    production: report.environment.production,
    digest: report.digest,
    settled: report.settled,
    summary: summary(report),
    warnings: report.warnings.map(({ message }) => message),
    notes: report.notes.map(({ severity, text, link }) => ({ severity, text, ...(link === undefined ? {} : { link }) })),
    hops: hopsOf(report),
    sections: Object.entries(SECTIONS).flatMap(([name, title]): readonly SheetSection[] => {
      const steps = report.steps.filter(({ section }) => section === name);
      return steps.length === 0 ? [] : [{ title, rows: rowsOf(steps, report, draft.plan, lists) }];
    }),
    hostLists: lists.all,
    orders,
    ...(proof === undefined ? {} : { proof }),
    advisories: report.advisories.map((advisory) => {
      const text = advisoryText(advisory);
      const { id, severity, title, link, source } = advisory;
      return {
        id,
        severity,
        title,
        verdicts: verdictsOf(advisory, report),
        ...(text === undefined ? {} : { text }),
        ...(link === undefined ? {} : { link }),
        ...(source === undefined ? {} : { source }),
      };
    }),
    questions: openQuestions(report),
    timeline: timelineOf(report),
    times: timesOf(report),
    next: report.next.map(nextText),
  };
}

/** The orders that a draft without a plan would break. */
export function brokenOrders({ proof }: Pick<Draft, 'proof'>): readonly SheetOrder[] {
  return proof === undefined ? [] : reportProof(proof).violations.map(brokenOrder);
}

function ordersOf(report: PlanReport, { plan }: PlannedDraft): { readonly proof?: string; readonly orders: readonly SheetOrder[] } {
  const { order_proof: proven } = report;
  if (proven === undefined) {
    const text = 'It is proven once it is known which hosts take part, and where the path begins.';
    return {
      orders: plan.orders.map(({ at, cites, ...order }) =>
        sheetOrder({ ...order, place: at, ...(cites === undefined ? {} : { source: cites }) }, 'open', text),
      ),
    };
  }
  if (proven.orders.length === 0) return { orders: [] };
  const proof = summary(report).find(([name]) => name === 'order')?.[1];
  return {
    orders: proven.orders.map((order) => sheetOrder(order, order.verdict, whyItHolds(order))),
    ...(proof === undefined ? {} : { proof }),
  };
}

function whyItHolds({ verdict, combinations, first, then, because }: ReportProof['orders'][number]): string {
  const reason = because === undefined ? '' : ` ${because.trim()}`;
  if (verdict === 'empty') return `Nothing in this plan does what must wait.${reason}`;
  if (verdict !== 'proven') return `Nothing was found that breaks it, but not everything could be tried.${reason}`;
  const hosts = (side: ReportOrder['first']): string => [...new Set(side.flatMap((one) => one.hosts))].join(', ');
  const tried = combinations > 1 ? `In all ${String(combinations)} combinations of what is open` : 'Whatever is found on the way';
  return `${tried}, it is done on ${hosts(first)} before it begins on ${hosts(then)}.${reason}`;
}

function brokenOrder({ order, step, when, text }: ReportProof['violations'][number]): SheetOrder {
  const cases = when.length === 0 ? '' : ` (where ${when.join(', ')})`;
  return sheetOrder(
    { ...order, place: step.place },
    'broken',
    `${text}${cases}.${order.because === undefined ? '' : ` ${order.because.trim()}`}`,
  );
}

function sheetOrder(
  order: Pick<ReportOrder, 'first' | 'then' | 'per' | 'place' | 'source'>,
  verdict: SheetOrder['verdict'],
  text: string,
): SheetOrder {
  const { source, place } = order;
  const title = orderInWords(order).slice(1, -1);
  return { verdict, title, text, ...(source === undefined ? {} : { source }), place: { file: place.file, line: place.line } };
}

/** When to begin, and what must be begun before that. */
function timesOf({ window, lead_times: leads, timeline }: PlanReport): readonly (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [];
  if (window?.latest_safe_start !== undefined && window.needed_ms > 0) {
    const { latest_safe_start: latest, zone, needed_ms: needed } = window;
    rows.push(['latest safe start', `${wallText(Date.parse(latest), zone)} ${zone}, for about ${durationText(needed)} of work`]);
  }
  if (window !== undefined) rows.push(['window', window.because]);
  for (const { from, to, zone, title, because } of window?.blackouts ?? []) {
    const span = [from, to].map((instant) => (instant === undefined ? '…' : wallText(Date.parse(instant), zone))).join(' to ');
    rows.push(['no work', [`${span} ${zone}`, title, because].filter((part) => part !== undefined).join(': ')]);
  }
  for (const { title, needs, because } of leads) rows.push(['ahead of time', `${title} needs ${needs}: ${because}`]);
  const { steps_without_estimate: silent } = timeline;
  if (silent > 0) rows.push(['estimates', `${counted(silent, 'step has none and counts', 'steps have none and count')} as nothing here`]);
  return rows;
}
