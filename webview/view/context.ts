import type { RunState } from '../../src/events/index.js';
import type { Briefing, FromPanel } from '../../src/protocol/index.js';

/** What the views are drawn from. */
export interface ViewContext {
  readonly state: RunState;
  readonly live: boolean;
  /** Time of the host, in ms since 1970. */
  readonly now: number;
  readonly briefings: readonly Briefing[];
  /** Phases that a person opened or closed by hand. */
  readonly opened: Map<string, boolean>;
  readonly post: (message: FromPanel) => void;
  readonly redraw: () => void;
}
