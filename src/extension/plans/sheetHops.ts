import { dispatchedText, genericText } from '../../planner/index.js';
import type { PlanReport } from '../../planner/index.js';
import type { SheetHop } from '../../protocol/index.js';

/** The upgrade path: where one must stop, and by which runbook each part is done. */
export function hopsOf({ hops }: Pick<PlanReport, 'hops'>): readonly SheetHop[] {
  return hops.map((hop) => ({
    heading: hops.length === 1 ? 'The only hop' : `Hop ${String(hop.number)} of ${String(hops.length)}`,
    ...(hop.from === undefined ? {} : { from: hop.from }),
    to: hop.to,
    last: hop.last,
    remarks: [dispatchedText(hop), genericText(hop)].filter((text) => text !== undefined),
  }));
}
