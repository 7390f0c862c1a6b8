import { counted, dispatchedText, durationText, hopHeading, placeText, remarksOf } from '../../planner/index.js';
import type { Plan, PlanGroup, PlanNode, PlanReport, ReportStep, ReportUndo, StepRemark } from '../../planner/index.js';
import type { SheetGroup, SheetPlace, SheetRemark, SheetRow, SheetStep } from '../../protocol/index.js';

/** More hosts than this are counted in a row, and named in its details. */
const MOST_NAMED = 3;

/** Titles that are told of what undo would take back; the newest first. */
const MOST_TAKEN_BACK = 5;

const TONES: Readonly<Record<StepRemark['kind'], SheetRemark['tone']>> = {
  left_out: 'quiet',
  because: 'quiet',
  perhaps: 'perhaps',
  gate: 'gate',
  irreversible: 'caution',
  impact: 'plain',
  aside: 'quiet',
  lead_time: 'plain',
  too_late: 'caution',
};

/** Lists of hosts, each kept once. */
export class HostLists {
  readonly all: (readonly string[])[] = [];
  readonly #places = new Map<string, number>();

  /** The index of a list. */
  indexOf(hosts: readonly string[]): number {
    const key = hosts.join('\n');
    const known = this.#places.get(key) ?? this.all.push(hosts) - 1;
    this.#places.set(key, known);
    return known;
  }
}

/** The steps of a section in order, each behind the groups that begin with it. */
export function rowsOf(steps: readonly ReportStep[], report: PlanReport, plan: Plan, lists: HostLists): readonly SheetRow[] {
  const places = groupPlaces(plan.steps);
  const counts = new Map<string, number>();
  for (const { groups } of steps) for (const { path } of groups) counts.set(path, (counts.get(path) ?? 0) + 1);
  const described = new Description(report, lists);
  const rows: SheetRow[] = [];
  const begun = new Set<string>();
  for (const step of steps) {
    // Each hop has a heading of its own; the group around them would only say it again.
    const groups = step.groups.filter((_, index) => step.groups[index + 1]?.hop === undefined);
    groups.forEach(({ path, title, hop: number }, depth) => {
      if (begun.has(path)) return;
      begun.add(path);
      const hop = number === undefined ? undefined : report.hops.find((one) => one.number === number);
      const dispatched = hop === undefined ? undefined : dispatchedText(hop);
      const group: SheetGroup = {
        kind: 'group',
        path,
        title: hop === undefined ? title : hopHeading(title, hop, report.hops.length),
        depth,
        place: places.get(path) ?? step.place,
        remarks: dispatched === undefined ? [] : [{ tone: 'quiet', text: dispatched }],
        steps: counts.get(path) ?? 0,
      };
      rows.push(group);
    });
    rows.push(described.row(step, groups.length));
  }
  return rows;
}

function groupPlaces(nodes: readonly PlanNode[]): ReadonlyMap<string, SheetPlace> {
  const places = new Map<string, SheetPlace>();
  const visit = ({ path, at, children }: PlanGroup): void => {
    places.set(path, { file: at.file, line: at.line });
    for (const child of children) if (child.kind === 'group') visit(child);
  };
  for (const node of nodes) if (node.kind === 'group') visit(node);
  return places;
}

/** Puts steps into words, each by its entry in the parts of the report. */
class Description {
  readonly #report: PlanReport;
  readonly #lists: HostLists;
  readonly #begins: ReadonlyMap<string, number>;
  readonly #undo: ReadonlyMap<string, ReportUndo>;
  readonly #titles: ReadonlyMap<string, string>;

  constructor(report: PlanReport, lists: HostLists) {
    this.#report = report;
    this.#lists = lists;
    this.#begins = new Map(report.timeline.entries.map(({ path, starts_after_ms: begin }) => [path, begin]));
    this.#undo = new Map(report.undo.map((undo) => [undo.after.path, undo]));
    this.#titles = new Map(report.steps.map(({ path, title }) => [path, title]));
  }

  row(step: ReportStep, depth: number): SheetStep {
    const leftOut = step.verdict === 'no';
    const begin = this.#begins.get(step.path);
    const undo = this.#undo.get(step.path);
    const many = step.hosts.length > MOST_NAMED;
    return {
      kind: 'step',
      path: step.path,
      title: step.title,
      depth,
      place: step.place,
      number: step.number,
      action: step.action,
      leftOut,
      where: many ? placeText(step, counted(step.hosts.length, 'host', 'hosts')) : placeText(step),
      ...(many ? { hosts: this.#lists.indexOf(step.hosts) } : {}),
      ...(leftOut || step.estimate_ms === undefined ? {} : { estimate: durationText(step.estimate_ms) }),
      ...(begin === undefined ? {} : { starts: begin === 0 ? 'at the begin' : `after ${durationText(begin)}` }),
      remarks: remarksOf(step, this.#report).map(({ kind, text }) => ({ tone: TONES[kind], text })),
      effects: step.effects,
      ...(undo === undefined ? {} : { undo: this.#undoText(undo) }),
      reachedBy: step.reached_by,
    };
  }

  #undoText({ after, takes_back: back, stays, ends_at: end }: ReportUndo): string {
    if (end?.path === after.path) return `takes nothing back, since this step itself cannot be taken back: ${end.because}`;
    const name = (path: string): string => `"${this.#titles.get(path) ?? path}"`;
    const named = back.slice(0, MOST_TAKEN_BACK).map(name).join(', ');
    const more = back.length > MOST_TAKEN_BACK ? ` and ${String(back.length - MOST_TAKEN_BACK)} more before` : '';
    const taken = back.length === 0 ? 'takes nothing back' : `takes back ${named}${more}`;
    const left = stays.length === 0 ? '' : `; ${counted(stays.length, 'step needs', 'steps need')} no undo`;
    const ends = end === undefined ? '' : `; it ends at "${end.title}", which cannot be taken back: ${end.because}`;
    return `${taken}${left}${ends}`;
  }
}
