import { isSingleRole, roleLineage, roleNames } from '../../expressions/index.js';
import type { Runbook, Step } from '../../schema/generated/runbook.js';
import { effectsOf, isGroup } from '../acts.js';
import { flowOf } from '../flow.js';
import type { FlowStep } from '../flow.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

export const allAtOnce: Rule = {
  id: 'all-at-once',
  family: 'safety',
  severity: 'warning',
  rationale:
    'Without "serial" a step is done on several hosts at the same time, and a role whose hosts all reboot together is out of service.',
  cites: ['capability 55', 'capability 76'],
  *check(context) {
    const { runbook, document } = context;
    const shared = roleNames(runbook.outage?.of);
    const serial = inBatches(flowOf(context));
    /** Roles that were stopped before, which was told of there: their hosts are out of service already. */
    const down = new Set<string>();
    for (const entry of new Set(flowOf(context))) {
      const { step, roles } = entry;
      if (isGroup(step)) continue;
      const lineages = roles.filter((name) => isWhole(name, runbook)).map((name) => roleLineage(runbook, name));
      const open = lineages.find((lineage) => !lineage.some((name) => shared.includes(name) || down.has(name)));
      const what = disruptionOf(step);
      const range = what === undefined ? undefined : keyRange(document, step, 'effects', 'reboot', 'service', 'methods');
      if (open !== undefined && range !== undefined && entry.document === document && !serial.has(entry) && step.once !== true)
        yield {
          range,
          message: `this ${what ?? ''} several hosts of "${open[0] ?? ''}" at the same time; add "serial: 1", or declare under "outage" that they are out of service together`,
        };
      keepBooks(step, roles, down);
    }
  },
};

function inBatches(flow: readonly FlowStep[]): ReadonlySet<FlowStep> {
  const serial = new Set<FlowStep>();
  for (const [index, entry] of flow.entries())
    if (entry.step.serial !== undefined) for (const inner of flow.slice(index, entry.last + 1)) serial.add(inner);
  return serial;
}

/** What takes hosts out of service, in a word. */
function disruptionOf(step: Step): string | undefined {
  const effects = effectsOf(step);
  if (effects.includes('destroy')) return 'destroys';
  if (effects.includes('upgrade')) return 'upgrades';
  if (!effects.includes('stop')) return undefined;
  return effects.includes('boot') ? 'reboots' : effects.includes('start') ? 'restarts' : 'stops';
}

function keepBooks(step: Step, roles: readonly string[], down: Set<string>): void {
  const effects = effectsOf(step);
  if (effects.includes('start') || effects.includes('boot') || effects.includes('rejoin')) for (const role of roles) down.delete(role);
  else if (effects.includes('stop')) for (const role of roles) down.add(role);
}

/** All hosts of one kind, and more than one of them: no part that others stand in for. */
function isWhole(name: string, { roles = {} }: Runbook): boolean {
  const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
  return role?.hosts !== undefined && !isSingleRole(role) && !/^(?:0|0\.\.1|1\.\.1)$/.test(String(role.hosts));
}
