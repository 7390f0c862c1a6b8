import { roleNames } from '../../expressions/index.js';
import type { Step } from '../../schema/generated/runbook.js';
import type { EffectName } from '../../schema/steps.js';
import { effectsOf, isGroup, isManual, probesOf } from '../acts.js';
import { mayShareHosts, usedBy } from '../flow.js';
import { keyRange } from '../keyRange.js';
import { eachStep } from '../named.js';
import type { Finding, LintContext, Rule } from '../rule.js';

const ASSERTS =
  /^(?:ensure|verify|check|confirm|make sure)\b|\b(?:is|are) (?:not |no longer |really )?(?:\w+ed|down|up|running|unable|open|reachable)\b/i;
/** What a host can be asked for. */
const CHECKABLE = /\b(?:isolat\w*|stop\w*|shut|start\w*|ports?|process\w*|files?|services?(?! desk)|running|connect\w*|load balancers?)\b/i;
const ABOUT_CONNECTION = /\b(?:isolat\w*|(?:dis)?connect\w*|load balancers?)\b/i;
const ASKS_CONNECTION = /balanc|proxy|pool|upstream|https?:|\b(?:curl|wget|nc|ncat)\b/i;

export const assertionWithoutProbe: Rule = {
  id: 'assertion-without-probe',
  family: 'safety',
  severity: 'warning',
  rationale: 'What only a person vouches for is what turns out not to have been so. A probe asks the host itself.',
  cites: ['capability 81'],
  *check(context) {
    for (const { kind, step, around } of context.steps) {
      if (kind !== 'step') continue;
      yield* reliedOn(step, around.hostRoles ?? [], context);
      yield* asserted(step, context);
    }
  },
};

/** An order counts on an effect that nobody but a person has seen. */
function* reliedOn(step: Step, roles: readonly string[], { runbook, document }: LintContext): Generator<Finding> {
  if (isGroup(step) || !isManual(step) || step.verify !== undefined) return;
  for (const { first } of runbook.order ?? []) {
    const effect = Object.keys(first).find(
      (name) => effectsOf(step).includes(name as EffectName) && mayShareHosts(runbook, roles, roleNames(first[name as EffectName])),
    );
    const range = effect === undefined ? undefined : keyRange(document, step, 'effects', 'manual', 'methods');
    if (effect === undefined || range === undefined) continue;
    yield { range, message: `an order relies on "${effect}" here, and only a person says that it has happened; add "verify" with a probe` };
    return;
  }
}

function* asserted(step: Step, context: LintContext): Generator<Finding> {
  const title = step.title ?? '';
  if (!ASSERTS.test(title) || !CHECKABLE.test(title)) return;
  const range = context.document.positions.value(step, 'title');
  if (range === undefined) return;
  if (!isGroup(step)) {
    if (isManual(step) && step.verify === undefined)
      yield { range, message: 'this is asserted, and only a person says so; ask the host with "check", or add "verify" with a probe' };
    return;
  }
  const inside = step.steps === undefined ? usedBy(step, context)?.map((used) => used.step) : [...eachStep(step.steps)];
  if (inside === undefined) return;
  if (inside.flatMap(probesOf).length === 0)
    yield { range, message: 'this is asserted, and no step in it asks a host; add a step with "check"' };
  else if (ABOUT_CONNECTION.test(title) && !inside.some(asksConnection))
    yield {
      range,
      message: `"${ABOUT_CONNECTION.exec(title)?.[0] ?? ''}" is asserted, and no step in it asks for that; add a check of what stands in front of the hosts, such as an "http" probe`,
    };
}

function asksConnection(step: Step): boolean {
  return probesOf(step).some(
    ({ http, login, command }) =>
      http !== undefined || login !== undefined || (command !== undefined && ASKS_CONNECTION.test(JSON.stringify(command))),
  );
}
