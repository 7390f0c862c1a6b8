import { checkValue, describeUnknown, UnknownValue } from '../../language/index.js';
import type { CelValue, Probe } from '../../language/index.js';
import { factKey } from '../../events/index.js';
import { evaluate, NO_HOST, planSteps, render, sharedParts, typedValue } from '../../planner/index.js';
import type { ExpressionPlace, HostName, LiveValues, PlanFact, PlainValue, PlanScope, PlanStep } from '../../planner/index.js';
import type { Verdict } from '../probes/probe.js';
import type { Session } from './session.js';

/** One look at the world: facts read during it are shared, and nothing older counts when it is fresh. */
export interface Look {
  /** Facts with probes are read anew, whatever is known of them. */
  readonly fresh: boolean;
  /** A person is asked for what no probe tells. */
  readonly ask: boolean;
  readonly read: Map<string, PlainValue>;
  readonly signal: AbortSignal;
}

export function newLook(kind: 'fresh' | 'known', ask: boolean, signal: AbortSignal): Look {
  return { fresh: kind === 'fresh', ask, read: new Map(), signal };
}

/** Asks a probe of a fact on a host, or for the run. Injected, because probes in turn ask for facts. */
export type AskFactProbe = (probe: Probe, scope: PlanScope, host: HostName | undefined, look: Look) => Promise<Verdict>;

/** Finds out what expressions need: from the state of the run, by probes, at last from a person. */
export class Facts {
  readonly #session: Session;
  readonly #askProbe: AskFactProbe;
  /** Readings under way, so that ten hosts do not ask the same person the same thing. */
  readonly #underWay = new Map<string, Promise<PlainValue | undefined>>();

  constructor(session: Session, askProbe: AskFactProbe) {
    this.#session = session;
    this.#askProbe = askProbe;
  }

  /** Value of an expression; what it lacks is found out first. Rejects with UnknownValue when nobody knows, or ExpressionError. */
  evaluate(cel: string, place: ExpressionPlace, stepPath: string, look: Look): Promise<CelValue> {
    return this.#resolving(place, look, () => evaluate(cel, place, this.#live(stepPath, place, look)));
  }

  /** Rendered text; what it lacks is found out first. Rejects like {@link evaluate}. */
  render(text: PlainValue, place: ExpressionPlace, stepPath: string, look: Look): Promise<PlainValue> {
    return this.#resolving(place, look, () => render(text, place, this.#live(stepPath, place, look)));
  }

  /** Value of a fact, or undefined when nobody knows it. */
  async fact(scope: PlanScope, name: string, host: HostName | undefined, look: Look): Promise<PlainValue | undefined> {
    const key = factKey(scope.factScope, name, host);
    const known = this.#known(scope, name, host, look);
    if (known !== undefined) return known;
    const declared = scope.facts[name] as PlanFact;
    const doing = `${String(look.fresh)}${String(look.ask)}${key}`;
    let reading = this.#underWay.get(doing);
    if (reading === undefined) {
      reading = this.#read(scope, name, declared, host, look).finally(() => this.#underWay.delete(doing));
      this.#underWay.set(doing, reading);
    }
    const value = await reading;
    if (value !== undefined) look.read.set(key, value);
    return value;
  }

  /** Effects change hosts: what was read of them is forgotten; what a person said of them only when they are upgraded. */
  forget(hosts: readonly HostName[], upgraded: boolean): void {
    const { plan, facts } = this.#session.state;
    const keys: string[] = [];
    for (const scope of Object.values(plan.scopes)) {
      for (const [name, fact] of Object.entries(scope.facts)) {
        if (fact.on === undefined || (fact.read.length === 0 && !(upgraded && fact.type === 'version'))) continue;
        for (const host of hosts) if (factKey(scope.factScope, name, host) in facts) keys.push(factKey(scope.factScope, name, host));
      }
    }
    if (keys.length > 0) this.#session.emit({ type: 'fact_forgotten', keys });
  }

  /** What probes said before a run was interrupted may be long past; it is read again when it is needed. */
  forgetProbed(): void {
    const { probed } = this.#session.state;
    if (probed.length > 0) this.#session.emit({ type: 'fact_forgotten', keys: probed });
  }

  async #resolving<T>(place: ExpressionPlace, look: Look, attempt: () => T): Promise<T> {
    for (;;) {
      try {
        return attempt();
      } catch (error) {
        if (!(error instanceof UnknownValue) || !(await this.#find(error.unknown, place, look))) throw error;
      }
    }
  }

  async #find(unknown: UnknownValue['unknown'], place: ExpressionPlace, look: Look): Promise<boolean> {
    if (unknown.kind === 'fact') return (await this.fact(place.scope, unknown.name, unknown.host, look)) !== undefined;
    if (unknown.kind === 'secret') return (await this.#session.secret(unknown.name)) !== undefined;
    return false;
  }

  #known(scope: PlanScope, name: string, host: HostName | undefined, look: Look): PlainValue | undefined {
    const key = factKey(scope.factScope, name, host);
    const inLook = look.read.get(key);
    if (inLook !== undefined) return inLook;
    const hasProbes = (scope.facts[name]?.read.length ?? 0) > 0;
    return look.fresh && hasProbes ? undefined : this.#session.state.facts[key];
  }

  #live(stepPath: string, { host, secrets = false }: ExpressionPlace, look: Look): LiveValues {
    const { state } = this.#session;
    return {
      fact: (scopeId, name, of) => {
        const scope = state.plan.scopes[scopeId];
        return scope === undefined ? undefined : this.#known(scope, name, of, look);
      },
      step: (id, name) => this.#stepValue(stepPath, id, name, host, secrets),
      secret: (name) => this.#session.knownSecret(name),
      runFailed: this.#runFailed,
    };
  }

  #runFailed: boolean | undefined;

  /** Told when the final steps begin: until then nobody can know. */
  runEnded(failedRun: boolean): void {
    this.#runFailed = failedRun;
  }

  /** Values of acts that are done and not yet verified, by step and target: `verify` may look at what its own step has yielded. */
  readonly #unverified = new Map<string, Readonly<Record<string, PlainValue>>>();

  /** Runs `verify` while the values that its step has yielded are known. */
  async yielding<T>(step: string, target: string, values: Readonly<Record<string, PlainValue>>, verify: () => Promise<T>): Promise<T> {
    const key = yieldKey(step, target);
    this.#unverified.set(key, values);
    try {
      return await verify();
    } finally {
      this.#unverified.delete(key);
    }
  }

  /**
   * The value of the nearest step of this id: in the same use of a procedure before one elsewhere, of the same host before another.
   * A secret one is known only where secrets may stand, and only to the process its step ran in.
   */
  #stepValue(stepPath: string, id: string, name: string, host: HostName | undefined, secrets: boolean): PlainValue | undefined {
    const { plan, steps } = this.#session.state;
    let best: PlainValue | undefined;
    let bestScore = -1;
    for (const step of planSteps(plan)) {
      if (step.id !== id) continue;
      const score = sharedParts(step.path, stepPath);
      const targets = steps[step.path] ?? {};
      const keys = Object.keys(targets);
      const key = host !== undefined && host in targets ? host : keys.length === 1 ? keys[0] : undefined;
      const fresh = this.#unverified.get(yieldKey(step.path, host ?? NO_HOST)) ?? this.#unverified.get(yieldKey(step.path, NO_HOST));
      const value = !isSecretValue(step, name)
        ? (fresh?.[name] ?? (key === undefined ? undefined : targets[key]?.values[name]))
        : secrets && key !== undefined
          ? this.#session.secretValue({ step: step.path, target: key, name })
          : undefined;
      // Of steps that are as near, the later one in the plan: the last hop, the last batch.
      if (value !== undefined && score >= bestScore) {
        best = value;
        bestScore = score;
      }
    }
    return best;
  }

  async #read(scope: PlanScope, name: string, declared: PlanFact, host: HostName | undefined, look: Look): Promise<PlainValue | undefined> {
    const seen: string[] = [];
    for (const probe of declared.read) {
      const verdict = await this.#askProbe(probe, scope, host, look);
      const value = valueOfFact(declared, verdict);
      if (value !== undefined) {
        this.#know(scope, name, host, value, 'probe');
        return value;
      }
      seen.push(verdict.text);
    }
    if (!look.ask) return undefined;
    return this.#askPerson(scope, name, declared, host, seen);
  }

  async #askPerson(
    scope: PlanScope,
    name: string,
    declared: PlanFact,
    host: HostName | undefined,
    seen: readonly string[],
  ): Promise<PlainValue | undefined> {
    const question = declared.ask ?? `What is ${declared.title ?? describeUnknown({ kind: 'fact', name, host })}?`;
    const text = [
      question,
      ...(host === undefined ? [] : [`Host: ${host}.`]),
      ...(seen.length === 0 ? [] : [`It could not be read: ${seen.join('; ')}.`]),
    ].join(' ');
    const { answer } = await this.#session.ask({
      kind: 'value',
      scope: scope.factScope,
      fact: name,
      ...(host === undefined ? {} : { host }),
      text,
      request: {
        id: name,
        kind: declared.type === 'boolean' || declared.options !== undefined ? 'choice' : 'value',
        title: declared.title ?? name.replaceAll('_', ' '),
        type: declared.type,
        ...(declared.schemePattern === undefined && declared.pattern === undefined
          ? {}
          : { pattern: declared.pattern ?? declared.schemePattern ?? '' }),
        ...(declared.options !== undefined
          ? { options: declared.options }
          : declared.type === 'boolean'
            ? { options: ['true', 'false'] }
            : {}),
      },
    });
    if (answer.kind !== 'value') return undefined;
    const value = typed(declared, String(answer.value));
    if (value !== undefined) this.#know(scope, name, host, value, 'person');
    return value;
  }

  #know(scope: PlanScope, name: string, host: HostName | undefined, value: PlainValue, from: 'probe' | 'person'): void {
    if (this.#session.state.facts[factKey(scope.factScope, name, host)] === value) return;
    this.#session.emit({ type: 'fact_known', scope: scope.factScope, fact: name, ...(host === undefined ? {} : { host }), value, from });
  }
}

/** What a probe says of a fact: its captured value, or for a boolean whether it holds. */
export function valueOfFact(declared: PlanFact, verdict: Verdict): PlainValue | undefined {
  if (verdict.verdict === 'could_not_tell') return undefined;
  const value = verdict.verdict === 'holds' && verdict.value !== undefined ? typed(declared, String(verdict.value)) : undefined;
  return declared.type === 'boolean' ? (value ?? verdict.verdict === 'holds') : value;
}

/** Text as a value of the declared type, and one of its options where it has some; undefined when it is none. */
export function typed(declared: PlanFact, text: string): PlainValue | undefined {
  if (text === '' || declared.options?.includes(text) === false) return undefined;
  const value = typedValue(text, declared.type);
  return checkValue(declared, value) === undefined ? value : undefined;
}

/** Also where only one of the ways of a step gives it out. */
function isSecretValue(step: PlanStep, name: string): boolean {
  return [step, ...Object.values(step.methods)].some(({ spec }) => spec.outputs?.[name]?.secret === true);
}

function yieldKey(step: string, target: string): string {
  return `${target} ${step}`;
}
