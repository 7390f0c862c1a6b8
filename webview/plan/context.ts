import type { FromPlanPage, PlanSheet } from '../../src/protocol/index.js';
import type { Memory } from './memory.js';

/** What the parts of the page are drawn from. */
export interface PlanContext {
  readonly sheet: PlanSheet;
  /** Paths of the rows the cursor of the editor is in. */
  readonly cursor: readonly string[];
  readonly memory: Memory;
  readonly post: (message: FromPlanPage) => void;
  readonly redraw: () => void;
}
