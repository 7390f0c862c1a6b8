import { plainJson } from '../../lint/formats/plainText.js';
import type { ReportSource } from '../report.js';

/** Version of the shape below. */
const REPORT_FORMAT = 1;

/** The run for machines: how the journal was found, the state it leads to, and every record. */
export function reportJson({ state, events, verdict }: ReportSource): string {
  const { condition, records, soundBytes, head } = verdict;
  return plainJson({
    format: REPORT_FORMAT,
    run: state.run,
    journal: { condition, records, sound_bytes: soundBytes, head },
    state,
    events,
  });
}
