import { NOTHING_LIVE, render, evaluate } from '../../planner/index.js';
import type {
  ExpressionPlace,
  GivenFact,
  HostName,
  OpenRole,
  Plan,
  PlanFact,
  PlainValue,
  PlanHost,
  PlanScope,
} from '../../planner/index.js';
import type { EngineOptions } from '../engine.js';
import { HumanError } from '../humanError.js';
import { runProbe } from '../probes/probes.js';
import type { ProbeContext } from '../probes/probe.js';
import { createConnections } from '../transports/connections.js';
import type { Connections } from '../transports/connections.js';
import { typed, valueOfFact } from './facts.js';

export interface DiscoveryQuestion {
  readonly fact: string;
  readonly host: HostName;
  readonly text: string;
}

/**
 * Reads the facts that decide who has a role: before there is a plan, so before there is a run. Read-only; the connections
 * are closed again.
 */
export async function discoverRoles(
  options: EngineOptions,
  plan: Plan,
  roles: readonly OpenRole[],
  ask: (question: DiscoveryQuestion) => Promise<PlainValue> | PlainValue,
): Promise<readonly GivenFact[]> {
  const connections = createConnections(options, plan.hosts);
  const found: GivenFact[] = [];
  try {
    for (const role of roles) {
      const scope = plan.scopes[role.scope];
      if (scope === undefined) continue;
      for (const { fact, host } of role.facts) {
        const declared = scope.facts[fact];
        const planned = plan.hosts[host];
        if (declared === undefined || planned === undefined) continue;
        if (found.some((known) => known.scope === role.scope && known.fact === fact && known.host === host)) continue;
        const text = declared.ask ?? `What is ${fact.replaceAll('_', ' ')}?`;
        const value =
          (await readFact(options, connections, plan, scope, declared, planned)) ??
          answered(declared, await ask({ fact, host, text }), text);
        found.push({ scope: role.scope, fact, host, value });
      }
    }
    return found;
  } finally {
    await connections.closeAll();
  }
}

/** What a person said, as a value of the fact: an answer that is none of its type decides nothing. */
function answered(declared: PlanFact, answer: PlainValue, question: string): PlainValue {
  const value = typed(declared, String(answer).trim());
  if (value !== undefined) return value;
  const wanted = declared.type === 'boolean' ? 'true or false' : (declared.options?.join(' or ') ?? `a value of the type ${declared.type}`);
  throw new HumanError(`"${String(answer)}" is no answer to "${question}"`, `Start again, and answer with ${wanted}.`);
}

async function readFact(
  options: EngineOptions,
  connections: Connections,
  plan: Plan,
  scope: PlanScope,
  fact: PlanFact,
  host: PlanHost,
): Promise<PlainValue | undefined> {
  const hostRoles = Object.keys(scope.roles).filter((role) => scope.roles[role]?.includes(host.name));
  const place: ExpressionPlace = { scope, hosts: plan.hosts, hostRoles: hostRoles.slice(0, 1), host: host.name };
  const signal = AbortSignal.timeout(60_000);
  const context: ProbeContext = {
    about: [host.name],
    from: undefined,
    platform: host.platform,
    signal,
    connection: () => connections.to(host, signal),
    render: (template) => Promise.resolve().then(() => render(template, place, NOTHING_LIVE)),
    condition: (cel, extras) => Promise.resolve().then(() => evaluate(cel, { ...place, extras }, NOTHING_LIVE) === true),
    value: (cel, extras) => Promise.resolve().then(() => evaluate(cel, { ...place, extras }, NOTHING_LIVE)),
    fact: () => Promise.resolve(undefined),
    factType: (name) => scope.facts[name]?.type,
    hostsOf: (names) => [...new Set(names.flatMap((name) => scope.roles[name] ?? []))],
    reachable: (name) => {
      const other = plan.hosts[name];
      return other === undefined ? Promise.resolve(false) : connections.reachable(other);
    },
    bootIdAtStart: () => undefined,
    bootIdNow: () => Promise.resolve(undefined),
    secret: async (name) => {
      const value = await options.secret(name, plan.secrets[name] ?? { title: name });
      if (value === undefined) throw new Error(`nobody gave the secret "${name}"`);
      return value;
    },
    assertMayAct: () => {
      options.assertMayAct();
    },
  };
  for (const probe of fact.read) {
    const value = valueOfFact(fact, await runProbe(probe, context));
    if (value !== undefined) return value;
  }
  return undefined;
}
