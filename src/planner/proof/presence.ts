import { ExpressionError } from '../../language/index.js';
import type { Condition, HostName, Plan, PlanStep, Target } from '../plan.js';
import { decide, NOTHING_LIVE } from '../values.js';
import { stepsOf } from '../walk.js';
import { parseFormula } from './formula.js';
import type { Formula } from './formula.js';
import { shapeOf, Unknowns } from './unknowns.js';
import type { Literal, Unknown } from './unknowns.js';

/** Values of unknowns, by key. */
export type Assignment = ReadonlyMap<Unknown, number>;

/** Whether something is done, by the values of what nobody knows yet. */
export type Presence =
  | { readonly kind: 'known'; readonly value: boolean }
  | { readonly kind: 'open'; readonly unknowns: readonly Unknown[]; holds(values: Assignment): boolean };

export const ALWAYS: Presence = { kind: 'known', value: true };
export const NEVER: Presence = { kind: 'known', value: false };

/** Whether something is done under these values; what stands open beyond them is taken as done. */
export function isPresent(presence: Presence, values: Assignment): boolean {
  if (presence.kind === 'known') return presence.value;
  return presence.unknowns.every((unknown) => values.has(unknown)) ? presence.holds(values) : true;
}

/** Turns the conditions of a plan into formulas over unknowns. Facts stay unknown even when they are given: they are read again. */
export class Presences {
  readonly #plan: Plan;
  readonly #unknowns = new Unknowns();
  readonly #made = new Map<string, Presence>();
  #choices: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Whether a step is carried out at one of its targets. */
  of(step: PlanStep, target: Target): Presence {
    const host = target.about.length === 1 ? target.about[0] : undefined;
    const parts = step.conditions.map((condition) => this.#condition(condition, host));
    if (step.optional) parts.push(literal(this.#unknowns.flag(`optional ${step.path} ${target.key}`, `"${step.title}" is not left out`)));
    return allOf(parts);
  }

  #condition({ cel, scope, hostRoles }: Condition, host: HostName | undefined): Presence {
    return this.#formula(parseFormula(cel), { cel, scope, hostRoles }, hostRoles.length > 0 ? host : undefined, 0);
  }

  #formula(formula: Formula, condition: Condition, host: HostName | undefined, depth: number): Presence {
    switch (formula.kind) {
      case 'all':
        return allOf(formula.of.map((part) => this.#formula(part, condition, host, depth)));
      case 'any':
        return anyOf(formula.of.map((part) => this.#formula(part, condition, host, depth)));
      case 'not':
        return not(this.#formula(formula.of, condition, host, depth));
      case 'atom': {
        const key = `${condition.scope} ${condition.hostRoles.join()} ${host ?? ''} ${formula.cel}`;
        let made = this.#made.get(key);
        if (made === undefined) {
          made = this.#atom(formula.cel, condition, host, depth);
          this.#made.set(key, made);
        }
        return made;
      }
    }
  }

  #atom(cel: string, condition: Condition, host: HostName | undefined, depth: number): Presence {
    const advisory = /^advisories\.(\w+)$/.exec(cel)?.[1];
    if (advisory !== undefined && depth < 8) return this.#advisory(advisory, condition.scope, depth);
    const known = this.#decided({ ...condition, cel }, host);
    if (known !== undefined) return known;
    const scope = this.#plan.scopes[condition.scope];
    const shape = shapeOf(cel);
    if (shape.kind === 'opaque') {
      const ofHop = /\b(?:hop|crosses|steps)\b/.test(cel);
      const ofHost = host !== undefined && /\bhost\b/.test(cel);
      const key = `${(ofHop ? undefined : scope?.factScope) ?? condition.scope} ${cel}${ofHost ? ` @${host}` : ''}`;
      return literal(this.#unknowns.flag(key, ofHost ? `${cel} (${host})` : cel));
    }
    const { key, words } = this.#named(shape.name, condition, host);
    if (shape.kind === 'boolean') return literal(this.#unknowns.flag(key, words));
    if (shape.kind === 'version') return literal(this.#unknowns.version(key, words, shape.operator, shape.version));
    const [option] = shape.options;
    if (shape.options.length === 1 && (option === 'true' || option === 'false')) {
      const flag = literal(this.#unknowns.flag(key, words));
      return (option === 'true') !== shape.negated ? flag : not(flag);
    }
    return literal(this.#unknowns.choice(key, words, shape.options, shape.negated, this.#options(shape.name, condition)));
  }

  /** In a hop: whether it applies to it. Outside of one: whether it applies to any. */
  #advisory(id: string, scopeId: string, depth: number): Presence {
    const scope = this.#plan.scopes[scopeId];
    const condition = scope?.advisories[id];
    if (scope === undefined || condition === undefined) return NEVER;
    const hops = scope.hop === undefined && scope.hops !== undefined ? scope.hops : [undefined];
    const applies = hops.map((hop) => {
      const inScope = hop === undefined ? scopeId : this.#scopeOfHop(scopeId, hop.number);
      const answer = this.#unknowns.flag(`${scope.factScope} advisories.${id}`, `advisories.${id}`);
      if (inScope === undefined) return literal(answer);
      const part = (cel: string): Presence =>
        this.#formula(parseFormula(cel), { cel, scope: inScope, hostRoles: [] }, undefined, depth + 1);
      const { when, unsureWhen } = condition;
      const unsure = unsureWhen === undefined ? NEVER : allOf([part(unsureWhen), literal(answer)]);
      const certain = when === undefined ? (unsureWhen === undefined ? ALWAYS : NEVER) : part(when);
      return anyOf([certain, unsure]);
    });
    return anyOf(applies);
  }

  #scopeOfHop(scopeId: string, number: number): string | undefined {
    const id = `${scopeId}@${String(number)}`;
    return this.#plan.scopes[id] === undefined ? undefined : id;
  }

  #decided(condition: Condition, host: HostName | undefined): Presence | undefined {
    try {
      const { kind } = decide(condition, this.#plan, host, NOTHING_LIVE);
      return kind === 'yes' ? ALWAYS : kind === 'no' ? NEVER : undefined;
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  }

  /** `host.x` and `hosts.role.x` of the same host are one unknown, as facts are in all hops of a file. */
  #named(name: string, condition: Condition, host: HostName | undefined): { key: string; words: string } {
    const scope = this.#plan.scopes[condition.scope];
    const [root = '', first = '', second] = name.split('.');
    if (root === 'host') return { key: `${scope?.factScope ?? ''} ${first} of ${host ?? ''}`, words: `${first} of ${host ?? ''}` };
    const only = scope?.roles[first]?.[0];
    if (root === 'hosts' && second !== undefined && only !== undefined)
      return { key: `${scope?.factScope ?? ''} ${second} of ${only}`, words: `${second} of ${only}` };
    const home = root === 'steps' || root === 'hop' ? condition.scope : (scope?.factScope ?? condition.scope);
    return { key: `${home} ${name}`, words: name };
  }

  /** All options there are, where a declaration says so. */
  #options(name: string, condition: Condition): readonly string[] | undefined {
    const [root = '', first = '', second = ''] = name.split('.');
    const facts = this.#plan.scopes[condition.scope]?.facts;
    if (root === 'facts' || root === 'host') return facts?.[first]?.options;
    if (root === 'hosts') return facts?.[second]?.options;
    if (root === 'steps') return this.#optionsOfSteps().get(`${first}.${second}`);
    return undefined;
  }

  #optionsOfSteps(): ReadonlyMap<string, readonly string[]> {
    this.#choices ??= new Map(
      [...stepsOf(this.#plan.steps)].flatMap(({ id, evidence }) =>
        evidence.flatMap(({ choice, options }): [string, readonly string[]][] =>
          choice === undefined || options === undefined ? [] : [[`${id}.${choice}`, options]],
        ),
      ),
    );
    return this.#choices;
  }
}

function literal({ unknown, holds }: Literal): Presence {
  return { kind: 'open', unknowns: [unknown], holds: (values) => holds(values.get(unknown) ?? 0) };
}

function not(presence: Presence): Presence {
  if (presence.kind === 'known') return presence.value ? NEVER : ALWAYS;
  return { ...presence, holds: (values) => !presence.holds(values) };
}

function allOf(parts: readonly Presence[]): Presence {
  const open = parts.filter((part) => part.kind === 'open');
  if (parts.some((part) => part.kind === 'known' && !part.value)) return NEVER;
  const [only, ...more] = open;
  if (only === undefined) return ALWAYS;
  if (more.length === 0) return only;
  return {
    kind: 'open',
    unknowns: [...new Set(open.flatMap(({ unknowns }) => unknowns))],
    holds: (values) => open.every((part) => part.holds(values)),
  };
}

function anyOf(parts: readonly Presence[]): Presence {
  return not(allOf(parts.map(not)));
}
