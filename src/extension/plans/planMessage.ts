import type { Draft } from '../../planner/index.js';
import type { ToPlanPage } from '../../protocol/index.js';
import { brokenOrders, planSheet } from './planSheet.js';
import type { SheetSubject } from './planSheet.js';

/** What the page is told of a draft: the plan, or what stands in its way. */
export function planMessage(draft: Draft, subject: SheetSubject): Exclude<ToPlanPage, { type: 'cursor' }> {
  const { plan, problems } = draft;
  if (plan !== undefined) return { type: 'plan', sheet: planSheet({ ...draft, plan }, subject) };
  const { uri, runbook, inventory } = subject;
  return {
    type: 'no_plan',
    uri,
    runbook,
    inventory,
    why: 'There is no plan yet. Mend what stands in its way; it is made anew as you type.',
    problems: problems.map(({ file, diagnostic }) => ({ file: file.slice(file.lastIndexOf('/') + 1), message: diagnostic.message })),
    broken: brokenOrders(draft),
  };
}
