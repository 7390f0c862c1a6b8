import { createExpressions, ExpressionError, parseTemplate, UnknownValue, wholeExpression } from '../language/index.js';
import type { CelValue, Expressions, HopValues, NamesHere, NameTypes, NameValues } from '../language/index.js';
import type { Condition, HostName, Plan, PlanHost, PlainValue, PlanScope } from './plan.js';

const expressionsByNames = new WeakMap<NameTypes, Expressions>();

/** Checker and evaluator for the names of a scope; made once. */
export function expressionsOf(names: NameTypes): Expressions {
  let expressions = expressionsByNames.get(names);
  if (expressions === undefined) {
    expressions = createExpressions(names);
    expressionsByNames.set(names, expressions);
  }
  return expressions;
}

/** What only a run knows: facts as they are now, values of steps, secrets. */
export interface LiveValues {
  fact(scope: string, name: string, host: HostName | undefined): PlainValue | undefined;
  step(id: string, name: string): PlainValue | undefined;
  secret(name: string): string | undefined;
  /** Undefined while nobody can know: before the end of the run. */
  readonly runFailed: boolean | undefined;
}

/** Nothing is known but what stands in the plan. */
export const NOTHING_LIVE: LiveValues = { fact: () => undefined, step: () => undefined, secret: () => undefined, runFailed: undefined };

/** Values of the names in a scope of a plan, for one host or none. */
export function nameValues(
  scope: PlanScope,
  hosts: Plan['hosts'],
  host: HostName | undefined,
  live: LiveValues,
  extras: NameValues['extras'] = {},
  judged: JudgedAdvisories = new Map(),
): NameValues {
  const known = <T>(value: T | undefined, name: () => UnknownValue): T => {
    if (value === undefined) throw name();
    return value;
  };
  return {
    host,
    extras,
    get runFailed() {
      return known(live.runFailed, () => new UnknownValue({ kind: 'other', name: 'run.failed' }));
    },
    input: (name) => known(scope.inputs[name], () => new UnknownValue({ kind: 'other', name: `inputs.${name}` })),
    fact: (name, of) => known(live.fact(scope.factScope, name, of), () => new UnknownValue({ kind: 'fact', name, host: of })),
    hostVar: (of, name) => hostMember(scope, hosts[of], of, name, live),
    hostsOf: (role) => scope.roles[role] ?? [],
    step: (id, name) => known(live.step(id, name), () => new UnknownValue({ kind: 'step', id, name })),
    secret: (name) => known(live.secret(name), () => new UnknownValue({ kind: 'secret', name })),
    advisory: (id) => advisoryApplies(id, scope, hosts, live, judged),
    get hop(): HopValues {
      const hop = scope.hop;
      const from = (): string => known(hop?.from, () => new UnknownValue({ kind: 'other', name: 'hop.from' }));
      return {
        get from() {
          return from();
        },
        to: hop?.to ?? '',
        number: hop?.number ?? 1,
        last: hop?.last ?? true,
      };
    },
  };
}

/** The fact of a run that holds what a person answered to the question of an advisory. */
export function advisoryFact(id: string): string {
  return `advisories.${id}`;
}

/**
 * What has been found out about advisories while one expression is evaluated, by hop and id: they may name one another many times over.
 * `judging` stands for one whose condition is being evaluated.
 */
type JudgedAdvisories = Map<string, boolean | UnknownValue | 'judging'>;

/** In a hop: whether an advisory applies to it. Outside of one: whether it applies to any hop of the path. */
function advisoryApplies(id: string, scope: PlanScope, hosts: Plan['hosts'], live: LiveValues, judged: JudgedAdvisories): boolean {
  const appliesIn = (here: PlanScope): boolean => {
    const key = `${String(here.hop?.number ?? '')} ${id}`;
    const before = judged.get(key);
    if (before === 'judging') throw new ExpressionError(`the advisory "${id}" depends on itself`);
    if (before instanceof UnknownValue) throw before;
    if (before !== undefined) return before;
    judged.set(key, 'judging');
    try {
      const applies = appliesHere(id, here, hosts, live, judged);
      judged.set(key, applies);
      return applies;
    } catch (error) {
      if (error instanceof UnknownValue) judged.set(key, error);
      else judged.delete(key);
      throw error;
    }
  };
  if (scope.hop !== undefined || scope.hops === undefined) return appliesIn(scope);
  let unknown: UnknownValue | undefined;
  for (const hop of scope.hops) {
    try {
      if (appliesIn({ ...scope, hop })) return true;
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown ??= error;
    }
  }
  if (unknown !== undefined) throw unknown;
  return false;
}

/** A person is asked only once it is certain that the vendor's words do not decide. */
function appliesHere(id: string, scope: PlanScope, hosts: Plan['hosts'], live: LiveValues, judged: JudgedAdvisories): boolean {
  const condition = scope.advisories[id];
  if (condition === undefined) return false;
  const { when, unsureWhen } = condition;
  const place = { scope, hosts, hostRoles: [], host: undefined };
  if (when === undefined ? unsureWhen === undefined : evaluateJudging(when, place, live, judged) === true) return true;
  if (unsureWhen === undefined || evaluateJudging(unsureWhen, place, live, judged) !== true) return false;
  const answer = live.fact(scope.factScope, advisoryFact(id), undefined);
  if (answer === undefined) throw new UnknownValue({ kind: 'fact', name: advisoryFact(id), host: undefined });
  return answer === true;
}

function hostMember(scope: PlanScope, host: PlanHost | undefined, name: HostName, member: string, live: LiveValues): PlainValue {
  if (member === 'name') return name;
  if (member === 'address') return host?.address ?? name;
  if (member === 'platform') return host?.platform ?? 'linux';
  const fact = scope.facts[member];
  if (fact?.on !== undefined) {
    const value = live.fact(scope.factScope, member, name);
    if (value === undefined) throw new UnknownValue({ kind: 'fact', name: member, host: name });
    return value;
  }
  const value = host?.vars[member];
  if (value === undefined) throw new UnknownValue({ kind: 'other', name: `${member} of ${name}` });
  return value;
}

/** Where and for whom an expression stands. */
export interface ExpressionPlace {
  readonly scope: PlanScope;
  readonly hosts: Plan['hosts'];
  readonly hostRoles: readonly string[];
  readonly host: HostName | undefined;
  readonly secrets?: boolean;
  readonly extras?: NameValues['extras'];
}

/** Value of a CEL expression. Throws `UnknownValue` or `ExpressionError`. */
export function evaluate(cel: string, place: ExpressionPlace, live: LiveValues): CelValue {
  return evaluateJudging(cel, place, live, new Map());
}

function evaluateJudging(cel: string, place: ExpressionPlace, live: LiveValues, judged: JudgedAdvisories): CelValue {
  const extras = place.extras ?? {};
  const here: NamesHere = {
    hostRoles: place.host === undefined ? [] : place.hostRoles,
    extras: (Object.keys(extras) as (keyof typeof extras)[]).sort(),
    secrets: place.secrets ?? false,
    hop: place.scope.hop !== undefined,
  };
  return expressionsOf(place.scope.names).evaluate(cel, here, nameValues(place.scope, place.hosts, place.host, live, extras, judged));
}

/** Renders text with `${{ }}`. Text that is one whole expression keeps the type of its value. Throws like {@link evaluate}. */
export function render(text: PlainValue, place: ExpressionPlace, live: LiveValues): PlainValue {
  if (typeof text !== 'string') return text;
  const template = parseTemplate(text);
  const whole = wholeExpression(template);
  if (whole !== undefined) return scalar(evaluate(whole, place, live), whole);
  return template.parts
    .map((part) => (part.kind === 'text' ? part.text : String(scalar(evaluate(part.cel, place, live), part.cel))))
    .join('');
}

/** Renders as far as everything is known; what is not stays as it is written. */
export function renderKnown(text: string, place: ExpressionPlace, live: LiveValues): string {
  const template = parseTemplate(text);
  return template.parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      try {
        return String(scalar(evaluate(part.cel, place, live), part.cel));
      } catch (error) {
        if (error instanceof UnknownValue || error instanceof ExpressionError) return `\${{ ${part.cel} }}`;
        throw error;
      }
    })
    .join('');
}

/** What is known about a condition now. */
export type Decision =
  { readonly kind: 'yes' } | { readonly kind: 'no' } | { readonly kind: 'open'; readonly missing: UnknownValue['unknown'] };

/** Decides a condition as far as it can be. */
export function decide(condition: Condition, plan: Pick<Plan, 'scopes' | 'hosts'>, host: HostName | undefined, live: LiveValues): Decision {
  const scope = plan.scopes[condition.scope];
  if (scope === undefined) return { kind: 'yes' };
  try {
    const place = { scope, hosts: plan.hosts, hostRoles: condition.hostRoles, host: condition.hostRoles.length > 0 ? host : undefined };
    return evaluate(condition.cel, place, live) === true ? { kind: 'yes' } : { kind: 'no' };
  } catch (error) {
    if (error instanceof UnknownValue) return { kind: 'open', missing: error.unknown };
    throw error;
  }
}

function scalar(value: CelValue, cel: string): PlainValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new ExpressionError(`"${cel}" gives ${value === null ? 'nothing' : 'a list or mapping'}; a single value is needed here`);
}
