import type { PlanSheet, SheetOrder } from './sheet.js';

/** What the page of a plan is told. */
export type ToPlanPage =
  | { readonly type: 'plan'; readonly sheet: PlanSheet }
  | NoPlan
  /** Paths of the rows whose text the cursor is in, the innermost ones; none where it is in no step. */
  | { readonly type: 'cursor'; readonly paths: readonly string[] };

/** Why there is no plan. */
export interface NoPlan {
  readonly type: 'no_plan';
  /** Address of the runbook, and its file name. */
  readonly uri: string;
  readonly runbook: string;
  /** File name of the inventory; absent where none is chosen. */
  readonly inventory?: string;
  /** One sentence, with the next step. */
  readonly why: string;
  /** What stands in its way; told by their index when one is to be shown. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
  /** Declared orders that the plan would break. */
  readonly broken: readonly SheetOrder[];
}

/** What the page of a plan may ask for. The host looks up what it is about in what it has sent, and does nothing else. */
export type FromPlanPage =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly file: string; readonly line: number }
  | { readonly type: 'reveal_problem'; readonly index: number }
  | { readonly type: 'open_link'; readonly href: string }
  | { readonly type: 'choose_inventory' }
  | { readonly type: 'as_text' };
