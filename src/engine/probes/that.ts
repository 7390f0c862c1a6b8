import { verdictOf } from './probe.js';
import type { Extras, ProbeContext, ProbeSettings, Verdict } from './probe.js';

/** A condition over inputs, facts, hosts and values of earlier steps. Unknown is not false. */
export function thatProbe(settings: ProbeSettings<'that'>, context: ProbeContext): Promise<Verdict> {
  return conditionVerdict(settings, context, {});
}

/** Verdict of a condition, with what is missing when it cannot be told. */
export async function conditionVerdict(cel: string, context: ProbeContext, extras: Extras): Promise<Verdict> {
  const result = await context.condition(cel, extras);
  if (typeof result === 'boolean') return verdictOf(result, `"${cel}" is ${String(result)}`);
  return {
    verdict: 'could_not_tell',
    text: `"${cel}" cannot be told: ${result.unknown.join(', ')} ${result.unknown.length === 1 ? 'is' : 'are'} not known`,
  };
}
