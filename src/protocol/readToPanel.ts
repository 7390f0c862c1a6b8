import type { EvidenceGiven, RunState } from '../events/index.js';
import type { Briefing, ToPanel } from './messages.js';
import { isGiven, isRecord, isText } from './shapes.js';

/** A message of the host, or undefined when it has not the shape of one. The state is checked as deep as the panel's first steps into it. */
export function readToPanel(message: unknown): ToPanel | undefined {
  if (!isRecord(message)) return undefined;
  switch (message['type']) {
    case 'state': {
      const { state, now, live, elsewhere, briefings } = message;
      if (!isState(state) || !isText(now) || Number.isNaN(Date.parse(now)) || typeof live !== 'boolean') return undefined;
      if (elsewhere !== undefined && !isText(elsewhere)) return undefined;
      const by = elsewhere === undefined ? {} : { elsewhere };
      return Array.isArray(briefings) && briefings.every(isBriefing) ? { type: 'state', state, now, live, ...by, briefings } : undefined;
    }
    case 'no_run':
      return isText(message['hint']) ? { type: 'no_run', hint: message['hint'] } : undefined;
    case 'file_chosen': {
      const { run, gate, given } = message;
      return isText(run) && isText(gate) && isGiven(given) ? { type: 'file_chosen', run, gate, given: given as EvidenceGiven } : undefined;
    }
    case 'refused': {
      const { run, gate, message: text } = message;
      return isText(run) && isText(gate) && isText(text) ? { type: 'refused', run, gate, message: text } : undefined;
    }
    default:
      return undefined;
  }
}

function isState(value: unknown): value is RunState {
  if (!isRecord(value) || !isText(value['run']) || !isText(value['status'])) return false;
  const { plan, steps, gates, hosts } = value;
  return (
    isRecord(plan) && Array.isArray(plan['steps']) && isRecord(plan['hosts']) && isRecord(steps) && Array.isArray(gates) && isRecord(hosts)
  );
}

function isBriefing(value: unknown): value is Briefing {
  return isRecord(value) && isText(value['step']) && Array.isArray(value['notes']) && Array.isArray(value['watch']);
}
