import { UnknownValue } from '../../language/index.js';
import type { Draft } from '../draft.js';
import type { HostName, Plan } from '../plan.js';
import { START_FACT } from '../upgrade/judge.js';
import { evaluate } from '../values.js';
import type { LiveValues } from '../values.js';
import type { OpenFact } from './openWork.js';

/** Facts the plan may come to need that nobody has given yet, with the question a person would be asked. */
export function questionsOf(plan: Plan, live: LiveValues): Draft['questions'] {
  const questions: Draft['questions'][number][] = [];
  for (const scope of Object.values(plan.scopes)) {
    if (scope.id !== scope.factScope) continue;
    for (const [name, fact] of Object.entries(scope.facts)) {
      // Asked only when it is needed: the hosts differ, or an advisory is in doubt.
      if (name === START_FACT || name.includes('.')) continue;
      const hosts: (HostName | undefined)[] =
        fact.on === undefined ? [undefined] : [...new Set(fact.on.flatMap((role) => scope.roles[role] ?? []))];
      for (const host of hosts) {
        if (live.fact(scope.id, name, host) !== undefined) continue;
        questions.push({
          scope: scope.id,
          fact: name,
          ...(host === undefined ? {} : { host }),
          text: fact.ask ?? fact.title ?? `What is ${name.replaceAll('_', ' ')}?`,
          probed: fact.read.length > 0,
        });
      }
    }
  }
  return questions;
}

/** The first fact that each advisory still depends on, for each hop: what to find out before the plan is approved. */
export function openAdvisoryFacts(plan: Plan, live: LiveValues): readonly OpenFact[] {
  const open: OpenFact[] = [];
  for (const advisory of plan.advisories) {
    const scope = plan.scopes[advisory.scope];
    if (scope === undefined) continue;
    const hops = scope.hop === undefined && scope.hops !== undefined ? scope.hops : [scope.hop];
    for (const hop of hops) {
      try {
        const here = hop === undefined ? scope : { ...scope, hop };
        evaluate(`advisories.${advisory.id}`, { scope: here, hosts: plan.hosts, hostRoles: [], host: undefined }, live);
      } catch (error) {
        if (!(error instanceof UnknownValue)) continue;
        const { unknown } = error;
        if (unknown.kind !== 'fact') continue;
        const known = open.some((one) => one.scope === scope.factScope && one.fact === unknown.name && one.host === unknown.host);
        const host = unknown.host;
        if (!known) open.push({ scope: scope.factScope, fact: unknown.name, ...(host === undefined ? {} : { host }), decides: 'advisory' });
      }
    }
  }
  return open;
}
