/** Where a text stands: a file as the plan names it, relative to the runbook, and a line (1-based). */
export interface SheetPlace {
  readonly file: string;
  readonly line: number;
}

/** What the page beside a runbook shows of its plan, in words. Nothing in it has to be worked out any more. */
export interface PlanSheet {
  /** Address of the runbook, by which the page is known again after a reload. */
  readonly uri: string;
  /** File name of the runbook. */
  readonly runbook: string;
  readonly title: string;
  /** Title of the environment, and the file name of its inventory. */
  readonly environment: string;
  readonly inventory: string;
  /** The inventory was taken because there is no other beside the runbook. */
  readonly onlyOne: boolean;
  /** It can be shown as a text, to be copied. */
  readonly asText: boolean;
  readonly production: boolean;
  readonly digest: string;
  /** Hosts and path are known: this is the plan that would be run. */
  readonly settled: boolean;
  /** What one wants to know first, as names and values. */
  readonly summary: readonly (readonly [name: string, value: string])[];
  readonly warnings: readonly string[];
  readonly notes: readonly SheetNote[];
  readonly hops: readonly SheetHop[];
  readonly sections: readonly SheetSection[];
  /** Hosts of steps; a row names its list by index, since many rows have the same. */
  readonly hostLists: readonly (readonly string[])[];
  readonly orders: readonly SheetOrder[];
  /** One sentence on how sure the orders are; absent where that cannot be told yet, or none is declared. */
  readonly proof?: string;
  readonly advisories: readonly SheetAdvisory[];
  readonly questions: readonly (readonly [name: string, text: string])[];
  readonly timeline: readonly SheetSpan[];
  /** When the window is, and when to begin at the latest; times of other preparations. */
  readonly times: readonly (readonly [name: string, text: string])[];
  /** Runbooks that may follow. */
  readonly next: readonly string[];
}

export interface SheetNote {
  readonly severity: string;
  readonly text: string;
  readonly link?: string;
}

/** One part of an upgrade path; `to` is a version where one must stop, the last one the target. */
export interface SheetHop {
  readonly heading: string;
  readonly from?: string;
  readonly to: string;
  readonly last: boolean;
  /** Which runbook is followed for it, and what would be done without that one. */
  readonly remarks: readonly string[];
}

export interface SheetSection {
  readonly title: string;
  readonly rows: readonly SheetRow[];
}

/** A group of steps, or one step, in the order of the plan; what a group holds follows it, deeper. */
export type SheetRow = SheetGroup | SheetStep;

interface RowShared {
  /** Path in the plan: unique in the sheet. */
  readonly path: string;
  readonly title: string;
  /** 0 for what stands in no group. */
  readonly depth: number;
  readonly place: SheetPlace;
  readonly remarks: readonly SheetRemark[];
}

export interface SheetGroup extends RowShared {
  readonly kind: 'group';
  /** How many steps it holds, at any depth. */
  readonly steps: number;
}

export interface SheetStep extends RowShared {
  readonly kind: 'step';
  readonly number: number;
  readonly action: string;
  readonly leftOut: boolean;
  /** Hosts and where it is performed; many hosts are only counted. */
  readonly where: string;
  /** Index in {@link PlanSheet.hostLists}, where hosts were only counted. */
  readonly hosts?: number;
  readonly estimate?: string;
  /** When it begins by the estimates: `after 25 min`. */
  readonly starts?: string;
  readonly effects: readonly string[];
  /** What asking for undo right after it would do. */
  readonly undo?: string;
  /** The uses that lead to it, the outermost first. */
  readonly reachedBy: readonly string[];
}

/** `caution` asks for attention, `perhaps` is open, `gate` waits for a person, `quiet` only explains. */
export interface SheetRemark {
  readonly tone: 'caution' | 'perhaps' | 'gate' | 'plain' | 'quiet';
  readonly text: string;
}

/** A declared order. */
export interface SheetOrder {
  readonly verdict: 'proven' | 'broken' | 'empty' | 'unproven' | 'open';
  readonly title: string;
  readonly text: string;
  readonly source?: string;
  readonly place: SheetPlace;
}

export interface SheetAdvisory {
  readonly id: string;
  readonly severity: string;
  readonly title: string;
  readonly verdicts: readonly { readonly verdict: 'applies' | 'does_not_apply' | 'must_be_asked'; readonly text: string }[];
  readonly text?: string;
  readonly link?: string;
  readonly source?: string;
}

/** A part of the work by the estimates. `begin` and `end` are parts of the whole, 0 to 1. */
export interface SheetSpan {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly begin: number;
  readonly end: number;
}
