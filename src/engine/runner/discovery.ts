import { describeUnknown, UnknownValue } from '../../language/index.js';
import type { CelValue, Probe } from '../../language/index.js';
import { factKey } from '../../events/index.js';
import { evaluate, hostsOfRoles, NOTHING_LIVE, render, START_FACT } from '../../planner/index.js';
import type {
  Draft,
  ExpressionPlace,
  GivenFact,
  HostName,
  LiveValues,
  Plan,
  PlanFact,
  PlanHost,
  PlainValue,
  PlanScope,
} from '../../planner/index.js';
import type { EngineOptions } from '../engine.js';
import { HumanError } from '../../events/index.js';
import { runProbe } from '../probes/probes.js';
import type { ProbeContext } from '../probes/probe.js';
import { createConnections } from '../transports/connections.js';
import type { Connections } from '../transports/connections.js';
import { TransportError } from '../transports/transport.js';
import type { Connection } from '../transports/transport.js';
import { placeOfSecrets, SecretKeeper } from '../secrets/keeper.js';
import { withSecretsKept } from '../secrets/connectionOptions.js';
import { Masker } from '../secrets/masker.js';
import { localHost } from './attemptContext.js';
import { typed, valueOfFact } from './facts.js';

/** How long one look at a host may take. */
const LOOK_MS = 60_000;

/** A fact that must be known before there is a plan to approve, and that no probe tells. */
export interface DiscoveryQuestion {
  readonly scope: string;
  readonly fact: string;
  /** Absent for a fact of the run. */
  readonly host?: HostName;
  readonly text: string;
  /** What cannot be known without it. What decides an advisory may stay open; the others may not. */
  readonly decides: 'role' | 'path' | 'advisory';
  /** Answers to choose from, where there are only these. */
  readonly options?: readonly string[];
}

/** Answers a question; undefined leaves what decides an advisory open. */
export type AskDiscovery = (question: DiscoveryQuestion) => Promise<PlainValue | undefined> | PlainValue | undefined;

/** A fact that was found out before the run, and how. */
export interface DiscoveredFact extends GivenFact {
  readonly from: 'probe' | 'person';
}

/** What a draft still lacks. */
export type OpenDraft = Pick<Draft, 'openRoles' | 'openFacts'> & { readonly plan: Plan };

/**
 * Finds out what a draft lacks: who has a role, what decides the upgrade path and the advisories. Before there is a plan, so before
 * there is a run. Read-only; the connections are closed again.
 */
export async function discover(
  options: EngineOptions,
  draft: OpenDraft,
  known: readonly GivenFact[],
  ask: AskDiscovery,
): Promise<readonly DiscoveredFact[]> {
  const masker = new Masker();
  const connections = createConnections(withSecretsKept(options, draft.plan, masker), draft.plan.hosts);
  try {
    return await new Discovery(options, draft.plan, connections, known, ask, masker).all(draft);
  } catch (error) {
    throw masker.maskError(error);
  } finally {
    await connections.closeAll();
  }
}

class Discovery {
  readonly #options: EngineOptions;
  readonly #plan: Plan;
  readonly #connections: Connections;
  readonly #ask: AskDiscovery;
  readonly #values = new Map<string, PlainValue>();
  /** What was tried and is not to be had, and what is being tried: a fact may not depend on itself. */
  readonly #tried = new Set<string>();
  readonly #found: DiscoveredFact[] = [];
  /** Why facts could not be read, by fact. */
  readonly #unread = new Map<string, readonly string[]>();
  #refused: HumanError | undefined;
  readonly #masker: Masker;
  readonly #secrets: SecretKeeper;
  /** Why secrets are not to be had. */
  readonly #missing: string[] = [];

  constructor(
    options: EngineOptions,
    plan: Plan,
    connections: Connections,
    known: readonly GivenFact[],
    ask: AskDiscovery,
    masker: Masker,
  ) {
    this.#options = options;
    this.#plan = plan;
    this.#connections = connections;
    this.#ask = ask;
    this.#masker = masker;
    this.#secrets = new SecretKeeper(
      options.secret,
      () => placeOfSecrets(plan),
      masker,
      (severity, text) => {
        if (severity === 'warning' && !this.#missing.includes(text)) this.#missing.push(text);
      },
    );
    for (const { scope, fact, host, value } of known) this.#values.set(factKey(scope, fact, host), value);
  }

  async all({ openRoles, openFacts }: OpenDraft): Promise<readonly DiscoveredFact[]> {
    await this.#secrets.takeAtHand(this.#plan.secrets);
    for (const { scope, facts } of openRoles) for (const { fact, host } of facts) await this.#findOut(scope, fact, host, 'role');
    for (const { scope, fact, host, decides } of openFacts) await this.#findOut(scope, fact, host, decides);
    return this.#found;
  }

  async #findOut(scopeId: string, name: string, host: HostName | undefined, decides: DiscoveryQuestion['decides']): Promise<void> {
    const scope = this.#plan.scopes[scopeId] as PlanScope;
    const declared = scope.facts[name] as PlanFact;
    if ((await this.#probed(scope, name, host)) !== undefined) return;
    const seen = this.#unread.get(factKey(scope.factScope, name, host)) ?? [];
    const unread = seen.length === 0 ? '' : ` It could not be read: ${[...seen, ...this.#missing].join('; ')}.`;
    const text = `${declared.ask ?? `What is ${declared.title ?? name.replaceAll('_', ' ')}?`}${unread}`;
    const options = declared.options ?? this.#versionsToChooseFrom(scope, declared, name);
    const answer = await this.#ask({
      scope: scope.factScope,
      fact: name,
      ...(host === undefined ? {} : { host }),
      text,
      decides,
      ...(options === undefined ? {} : { options }),
    });
    if (answer !== undefined) this.#know(scope, name, host, answered(declared, answer, text), 'person');
  }

  /** Value of a fact, read where it is not known. Undefined when no probe tells. */
  async #probed(scope: PlanScope, name: string, host: HostName | undefined): Promise<PlainValue | undefined> {
    const key = factKey(scope.factScope, name, host);
    const known = this.#values.get(key);
    if (known !== undefined || this.#tried.has(key)) return known;
    this.#tried.add(key);
    const declared = scope.facts[name] as PlanFact;
    const seen: string[] = [];
    for (const probe of declared.read) {
      const verdict = await this.#look(probe, scope, host);
      if (this.#refused !== undefined) throw this.#refused;
      const value = valueOfFact(declared, verdict);
      if (value === undefined) {
        seen.push(verdict.text);
        continue;
      }
      this.#know(scope, name, host, value, 'probe');
      return value;
    }
    this.#unread.set(key, seen);
    return undefined;
  }

  #know(scope: PlanScope, fact: string, host: HostName | undefined, value: PlainValue, from: DiscoveredFact['from']): void {
    this.#values.set(factKey(scope.factScope, fact, host), value);
    this.#found.push({ scope: scope.factScope, fact, ...(host === undefined ? {} : { host }), value, from });
  }

  /** Hosts that run different versions: one of these is where the upgrade starts. */
  #versionsToChooseFrom(scope: PlanScope, declared: PlanFact, name: string): readonly string[] | undefined {
    if (declared.type === 'boolean') return ['true', 'false'];
    if (name !== START_FACT) return undefined;
    const installed = Object.entries(scope.facts).filter(
      ([other, { type, on }]) => other !== name && type === 'version' && on !== undefined,
    );
    const versions = installed.flatMap(([other, { on }]) =>
      hostsOfRoles(on, scope.roles).flatMap((host) => this.#values.get(factKey(scope.factScope, other, host)) ?? []),
    );
    return versions.length === 0 ? undefined : [...new Set(versions.map(String))];
  }

  async #look(probe: Probe, scope: PlanScope, hostName: HostName | undefined): ReturnType<typeof runProbe> {
    const { hosts } = this.#plan;
    const hostRoles = hostName === undefined ? [] : Object.keys(scope.roles).filter((role) => scope.roles[role]?.includes(hostName));
    const place: ExpressionPlace = { scope, hosts, hostRoles: hostRoles.slice(0, 1), host: hostName };
    const signal = AbortSignal.timeout(LOOK_MS);
    const host = (hostName === undefined ? undefined : hosts[hostName]) ?? localHost();
    const context: ProbeContext = {
      about: hostName === undefined ? [] : [hostName],
      from: undefined,
      platform: host.platform,
      signal,
      connection: () => this.#connectionTo(host, signal),
      render: (template) => this.#resolving(scope, (live) => render(template, { ...place, secrets: true }, live)),
      condition: async (cel, extras) => {
        try {
          return (await this.#evaluated(cel, { ...place, extras })) === true;
        } catch (error) {
          if (error instanceof UnknownValue) return { unknown: [describeUnknown(error.unknown)] };
          throw error;
        }
      },
      value: (cel, extras) => this.#evaluated(cel, { ...place, extras }),
      fact: (name, of) => this.#probed(scope, name, of),
      factType: (name) => scope.facts[name]?.type,
      hostsOf: (names) => [...new Set(names.flatMap((name) => scope.roles[name] ?? []))],
      reachable: (name) => {
        const other = hosts[name];
        return other === undefined ? Promise.resolve(false) : this.#connections.reachable(other);
      },
      bootIdAtStart: () => undefined,
      bootIdNow: () => Promise.resolve(undefined),
      secret: async (name) => {
        const value = await this.#secret(name);
        if (value === undefined) throw new UnknownValue({ kind: 'secret', name });
        return value;
      },
      mask: (text) => this.#masker.maskText(text),
      assertMayAct: () => {
        this.#options.assertMayAct();
      },
    };
    return this.#masker.maskDeep(await runProbe(probe, context));
  }

  /** A host that we must not or cannot log in to is not a fact to be given instead: it ends the discovery. */
  async #connectionTo(host: PlanHost, signal: AbortSignal): Promise<Connection> {
    try {
      return await this.#connections.to(host, signal);
    } catch (error) {
      if (error instanceof TransportError && (error.reason === 'host_key' || error.reason === 'authentication')) {
        const what = error.message.includes(host.name) ? error.message : `${host.name}: ${error.message}`;
        this.#refused = new HumanError(`${what}.`, error.next ?? 'Mend the access to the host, then start again.');
      }
      throw error;
    }
  }

  #evaluated(cel: string, place: ExpressionPlace): Promise<CelValue> {
    return this.#resolving(place.scope, (live) => evaluate(cel, place, live));
  }

  #secret(name: string): Promise<string | undefined> {
    return this.#secrets.get(name, this.#plan.secrets[name] as Plan['secrets'][string]);
  }

  /** What a probe names and is not known yet is read first. Rejects with UnknownValue when nobody knows it, or ExpressionError. */
  async #resolving<T>(scope: PlanScope, attempt: (live: LiveValues) => T): Promise<T> {
    const live: LiveValues = {
      ...NOTHING_LIVE,
      fact: (of, name, host) => this.#values.get(factKey(of, name, host)),
      secret: (name) => this.#secrets.known(name),
    };
    for (;;) {
      try {
        return attempt(live);
      } catch (error) {
        if (!(error instanceof UnknownValue)) throw error;
        const { unknown } = error;
        const found =
          unknown.kind === 'fact'
            ? await this.#probed(scope, unknown.name, unknown.host)
            : unknown.kind === 'secret'
              ? await this.#secret(unknown.name)
              : undefined;
        if (found === undefined) throw error;
      }
    }
  }
}

/** What a person said, as a value of the fact: an answer that is none of its type decides nothing. */
function answered(declared: PlanFact, answer: PlainValue, question: string): PlainValue {
  const value = typed(declared, String(answer).trim());
  if (value !== undefined) return value;
  const wanted = declared.type === 'boolean' ? 'true or false' : (declared.options?.join(' or ') ?? `a value of the type ${declared.type}`);
  throw new HumanError(`"${String(answer)}" is no answer to "${question}"`, `Start again, and answer with ${wanted}.`);
}
