import type { RunState } from '../../src/events/index.js';
import { stepsIn } from '../../src/protocol/index.js';
import { titleOf } from './card.js';
import { RUN_STATUS, WATCHED_STATUS } from '../text/words.js';

/** What a person who does not see the panel must hear about a new state; empty when nothing of weight has changed. */
export function announcement(before: RunState | undefined, now: RunState, live: boolean): string {
  const known = new Set(before?.run === now.run ? before.gates.map((gate) => gate.id) : []);
  const asked = now.gates
    .filter((gate) => !known.has(gate.id))
    .map((gate) => `${live ? 'Waiting for you' : 'Waiting for a person elsewhere'}: ${titleOf(gate, now)}.`);
  if (before === undefined || before.run !== now.run)
    return [`${now.plan.runbook.title}: ${live ? RUN_STATUS[now.status] : WATCHED_STATUS[now.status]}.`, ...asked].join(' ');
  const failed = stepsIn(now.plan.steps).flatMap((step) =>
    Object.entries(now.steps[step.path] ?? {})
      .filter(([key, target]) => target.status === 'failed' && before.steps[step.path]?.[key]?.status !== 'failed')
      .map(([key]) => `Failed: ${step.title}${key === '-' ? '' : ` on ${key}`}.`),
  );
  const ended = now.status !== before.status && now.closedAt !== undefined ? [`The run has ended: ${RUN_STATUS[now.status]}.`] : [];
  return [...failed, ...asked, ...ended].join(' ');
}
