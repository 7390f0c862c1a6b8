import type { Step } from '../../schema/generated/runbook.js';
import type { EffectName } from '../../schema/steps.js';
import { effectsOf } from '../acts.js';
import { keyRange } from '../keyRange.js';
import type { Finding, StepContext, Rule } from '../rule.js';
import { disruptionOf } from '../shell/disruptions.js';
import { scriptsIn } from '../shell/scripts.js';

/** What is deleted there was only lent, and nobody misses it. */
const LENT = /\/(?:sessions?|tokens?|log(?:in|on|out)|locks?|leases?|silences?|maintenance)\b/i;

export const undeclaredEffect: Rule = {
  id: 'undeclared-effect',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale:
    'What is shown before the start, asked for a way back and held to the orders is what a step declares: one that stops or deletes and does not say so goes past all of it.',
  cites: ['capability 54', 'capability 105', 'threat T32'],
  *check(context) {
    yield* ofScripts(context);
    yield* ofRequests(context);
  },
};

function* ofScripts(context: StepContext): Generator<Finding> {
  for (const { asks, dialect, commands, place, text, rangeOf } of scriptsIn(context)) {
    const { owner } = place.around;
    if (asks || dialect === undefined || owner === undefined || !(owner.key === 'run' || owner.key === 'methods')) continue;
    for (const command of commands) {
      const found = disruptionOf(command, text, dialect);
      if (found === undefined || tells(owner.step, found.toldBy)) continue;
      const { words, does, effects } = found;
      yield {
        range: rangeOf(command.range),
        message: `"${words}" ${does}, and the step does not say so; declare it with "effects: [${effects.join(', ')}]"`,
      };
    }
  }
}

function* ofRequests({ steps, document }: StepContext): Generator<Finding> {
  for (const { kind, step, around } of steps) {
    const owner = kind === 'step' ? step : kind === 'method' ? around.owner?.step : undefined;
    const { http } = step;
    if (owner === undefined || http?.method !== 'DELETE' || LENT.test(http.url) || tells(owner)) continue;
    const range = keyRange(document, http, 'method');
    if (range !== undefined)
      yield {
        range,
        message: 'this request deletes something, and the step does not say so; declare with "effects" what that does to the hosts',
      };
  }
}

/** A step tells what it does: by its effects, those of its action, and those that wait for the next boot. */
function tells(step: Step, by?: readonly EffectName[]): boolean {
  return [...effectsOf(step), ...(step.stages ?? [])].some((effect) => (by === undefined ? effect !== 'backup' : by.includes(effect)));
}
