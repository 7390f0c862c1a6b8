import type { PlanReport } from '../planReport.js';

/** A runbook that may follow: its title and file, and why it perhaps does not. */
export function nextText({ title, use, verdict, because }: PlanReport['next'][number]): string {
  const reason = { yes: '', no: `: not now, ${because}`, asked: `: perhaps, ${because}` }[verdict];
  return `${title} (${use})${reason}`;
}
