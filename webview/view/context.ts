import type { RunState } from '../../src/events/index.js';
import type { Briefing, FromPanel } from '../../src/protocol/index.js';

/** What the views are drawn from. */
export interface ViewContext {
  readonly state: RunState;
  /** Carried out by this window. */
  readonly live: boolean;
  /** Who carries it out where this window does not, in words; undefined when nobody does. */
  readonly elsewhere: string | undefined;
  /** Time of the host, in ms since 1970. */
  readonly now: number;
  readonly briefings: readonly Briefing[];
  /** Phases that a person opened or closed by hand. */
  readonly opened: Map<string, boolean>;
  readonly post: (message: FromPanel) => void;
  readonly redraw: () => void;
}
