import { UnknownValue, describeUnknown } from '../../language/index.js';
import type { CelValue, Probe } from '../../language/index.js';
import { LOCAL, NO_HOST } from '../../planner/index.js';
import type { ExpressionPlace, HostName, PlanScope, PlanStep, Target } from '../../planner/index.js';
import { runProbe } from '../probes/probes.js';
import type { Extras, ProbeContext, Verdict } from '../probes/probe.js';
import { localHost, placeOf } from './attemptContext.js';
import { Facts } from './facts.js';
import type { Look } from './facts.js';
import type { Session } from './session.js';

/** The place a probe is asked at, before it becomes a context. */
interface ProbePlace {
  readonly place: ExpressionPlace;
  readonly stepPath: string;
  readonly about: readonly HostName[];
  readonly at: HostName;
}

/** Asks probes for steps, facts and invariants; all with the same rules. */
export class Probing {
  readonly facts: Facts;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
    this.facts = new Facts(session, (probe, scope, host, look) => this.askOfFact(probe, scope, host, look));
  }

  /** Asks a probe of a step, for one of its targets. */
  ask(probe: Probe, step: PlanStep, target: Target, look: Look): Promise<Verdict> {
    return this.#run(probe, { place: placeOf(this.#session, step, target), stepPath: step.path, about: target.about, at: target.at }, look);
  }

  /** Asks a probe that belongs to no step: an invariant. */
  askOfRun(probe: Probe, scope: PlanScope, look: Look): Promise<Verdict> {
    return this.#run(probe, { place: this.#placeFor(scope, undefined), stepPath: '', about: [], at: LOCAL }, look);
  }

  askOfFact(probe: Probe, scope: PlanScope, host: HostName | undefined, look: Look): Promise<Verdict> {
    return this.#run(
      probe,
      { place: this.#placeFor(scope, host), stepPath: '', about: host === undefined ? [] : [host], at: host ?? LOCAL },
      look,
    );
  }

  #placeFor(scope: PlanScope, host: HostName | undefined): ExpressionPlace {
    const hostRoles =
      host === undefined
        ? []
        : Object.entries(scope.roles)
            .filter(([, hosts]) => hosts.includes(host))
            .map(([role]) => role)
            .slice(0, 1);
    return { scope, hosts: this.#session.state.plan.hosts, hostRoles, host };
  }

  #run(probe: Probe, at: ProbePlace, look: Look): Promise<Verdict> {
    return runProbe(probe, this.#context(at, look));
  }

  #context({ place, stepPath, about, at }: ProbePlace, look: Look): ProbeContext {
    const session = this.#session;
    const { plan } = session.state;
    const host = plan.hosts[at] ?? localHost();
    return {
      about,
      from: at === LOCAL || about.includes(at) ? undefined : at,
      platform: host.platform,
      signal: look.signal,
      connection: () => session.connections.to(host, look.signal),
      render: (template) => this.facts.render(template, { ...place, secrets: true }, stepPath, look),
      condition: async (cel, extras) => {
        try {
          return (await this.facts.evaluate(cel, { ...place, extras }, stepPath, look)) === true;
        } catch (error) {
          if (error instanceof UnknownValue) return { unknown: [describeUnknown(error.unknown)] };
          throw error;
        }
      },
      value: (cel: string, extras: Extras): Promise<CelValue> => this.facts.evaluate(cel, { ...place, extras }, stepPath, look),
      fact: (name, of) => this.facts.fact(place.scope, name, of === NO_HOST ? undefined : of, look),
      factType: (name) => place.scope.facts[name]?.type,
      hostsOf: (roles) =>
        [...new Set(roles.flatMap((role) => place.scope.roles[role] ?? []))].filter(
          (name) => session.state.hosts[name]?.excluded === undefined,
        ),
      reachable: async (name) => {
        const planned = plan.hosts[name];
        return planned !== undefined && session.connections.reachable(planned);
      },
      bootIdAtStart: (name) => session.state.hosts[name]?.bootId,
      bootIdNow: async (name) => {
        const planned = plan.hosts[name];
        return planned === undefined ? undefined : (await session.connections.to(planned, look.signal)).bootId();
      },
      mask: (text) => session.masker.maskText(text),
      secret: async (name) => {
        const value = await session.secret(name);
        if (value === undefined) throw new UnknownValue({ kind: 'secret', name });
        return value;
      },
      assertMayAct: () => {
        session.options.assertMayAct();
      },
    };
  }
}
