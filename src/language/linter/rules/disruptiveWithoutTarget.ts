import type { Step } from '../../schema/generated/runbook.js';
import { effectsOf, waysOf } from '../acts.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

const DISRUPTIVE = new Set(['stop', 'boot', 'upgrade', 'isolate', 'destroy']);
const CLICKED = /\b(?:click|press|choose|select)\s+\W*(?:shut ?down|reboot|restart|power off)\b/i;

export const disruptiveWithoutTarget: Rule = {
  id: 'disruptive-without-target',
  scope: 'step',
  family: 'safety',
  severity: 'error',
  rationale: 'Whoever reads "shut down" at night must not have to guess which host is meant.',
  cites: ['capability 70', 'threat T32'],
  *check({ steps, document }) {
    for (const { kind, step, around } of steps) {
      // In a procedure that nothing uses, the hosts come from whoever will use it.
      if (kind === 'method' || around.hostRoles === undefined || around.hostRoles.length > 0) continue;
      const what = disruptionOf(step);
      const range = what === undefined ? undefined : keyRange(document, step, ...what.keys);
      if (what === undefined || range === undefined) continue;
      yield { range, message: `${what.said}, and nothing says on which hosts; name their role with "on"` };
    }
  },
};

function disruptionOf(step: Step): { readonly said: string; readonly keys: readonly string[] } | undefined {
  const [effect] = [...(step.effects ?? []), ...(step.stages ?? [])].filter((name) => DISRUPTIVE.has(name));
  if (effect !== undefined) return { said: `this has the effect "${effect}"`, keys: ['effects', 'stages'] };
  const [implied] = effectsOf(step).filter((name) => DISRUPTIVE.has(name));
  if (implied !== undefined)
    return {
      said: implied === 'boot' || waysOf(step).some((way) => way.reboot) ? 'this reboots' : 'this stops a service',
      keys: ['reboot', 'service', 'methods'],
    };
  return waysOf(step).some((way) => CLICKED.test(way.manual ?? ''))
    ? { said: 'this takes a host down', keys: ['manual', 'methods'] }
    : undefined;
}
