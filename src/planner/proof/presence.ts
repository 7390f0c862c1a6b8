import { ExpressionError } from '../../language/index.js';
import type { Condition, HostName, Plan, PlanScope, PlanStep, Target } from '../plan.js';
import { decide, NOTHING_LIVE } from '../values.js';
import { parseFormula } from './formula.js';
import type { Formula } from './formula.js';
import { shapeOf } from './shapes.js';
import { Timeline } from './timeline.js';
import type { Look } from './timeline.js';
import { Unknowns } from './unknowns.js';
import type { Literal, Unknown } from './unknowns.js';

/** Values of unknowns, by key. */
export type Assignment = ReadonlyMap<Unknown, number>;

/** Whether something is done, by the values of what nobody knows yet. */
export type Presence =
  | { readonly kind: 'known'; readonly value: boolean }
  | {
      readonly kind: 'open';
      readonly unknowns: readonly Unknown[];
      /** Undefined where the values that are given do not tell. */
      truth(values: Assignment): boolean | undefined;
    };

export const ALWAYS: Presence = { kind: 'known', value: true };
export const NEVER: Presence = { kind: 'known', value: false };

/** Whether something is done, as far as these values tell. */
export function truthOf(presence: Presence, values: Assignment): boolean | undefined {
  return presence.kind === 'known' ? presence.value : presence.truth(values);
}

/** Whether something is done under these values; what stands open beyond them is taken as done. */
export function isPresent(presence: Presence, values: Assignment): boolean {
  return truthOf(presence, values) ?? true;
}

/** A condition, and the moment it is looked at. */
interface Place extends Condition {
  readonly look: Look;
}

/**
 * Turns the conditions of a plan into formulas over unknowns. Facts stay unknown even when they are given: they are read again, and after an
 * effect on their host they are another unknown.
 */
export class Presences {
  readonly #plan: Plan;
  readonly #timeline: Timeline;
  readonly #unknowns = new Unknowns();
  readonly #decided = new Map<string, Presence | undefined>();
  readonly #formulas = new Map<string, Formula>();
  readonly #firstReadings = new Map<string, number>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#timeline = new Timeline(plan);
  }

  /** Whether a step is carried out at one of its targets. */
  of(step: PlanStep, target: Target): Presence {
    const host = target.about.length === 1 ? target.about[0] : undefined;
    const parts = step.conditions.map((condition) => {
      const { cel, scope, hostRoles } = condition;
      const place = { cel, scope, hostRoles, look: this.#timeline.lookOf(condition, step, target) };
      return this.#formula(this.#parsed(cel), place, hostRoles.length > 0 ? host : undefined, 0);
    });
    if (step.optional) parts.push(literal(this.#unknowns.flag(`optional ${step.path} ${target.key}`, `"${step.title}" is not left out`)));
    return allOf(parts);
  }

  /** Whether a remedy is carried out at one of its targets: the step that it is for has failed there, and somebody has chosen it. */
  ofRemedy(remedy: PlanStep, target: Target, failed: PlanStep): Presence {
    const same = failed.targets.filter(({ key }) => key === target.key);
    const begun = (same.length > 0 ? same : failed.targets).map((one) => this.of(failed, one));
    const chosen = literal(this.#unknowns.flag(`remedy ${remedy.path} ${target.key}`, `"${failed.title}" fails and is remedied`));
    return allOf([anyOf(begun), chosen, this.of(remedy, target)]);
  }

  #parsed(cel: string): Formula {
    let formula = this.#formulas.get(cel);
    if (formula === undefined) {
      formula = parseFormula(cel);
      this.#formulas.set(cel, formula);
    }
    return formula;
  }

  #formula(formula: Formula, place: Place, host: HostName | undefined, depth: number): Presence {
    switch (formula.kind) {
      case 'all':
        return allOf(formula.of.map((part) => this.#formula(part, place, host, depth)));
      case 'any':
        return anyOf(formula.of.map((part) => this.#formula(part, place, host, depth)));
      case 'not':
        return not(this.#formula(formula.of, place, host, depth));
      case 'atom':
        return this.#atom(formula.cel, place, host, depth);
    }
  }

  #atom(cel: string, place: Place, host: HostName | undefined, depth: number): Presence {
    const shape = shapeOf(cel);
    const advisory = shape.kind === 'boolean' ? /^advisories\.(\w+)$/.exec(shape.name)?.[1] : undefined;
    if (shape.kind === 'boolean' && advisory !== undefined && depth < 8) {
      const applies = this.#advisory(advisory, place, depth);
      return shape.negated ? not(applies) : applies;
    }
    const known = this.#decide({ ...place, cel }, host);
    if (known !== undefined) return known;
    if (shape.kind === 'opaque') return literal(this.#opaque(cel, place, host));
    const { key, words, options } = this.#named(shape.name, place, host);
    switch (shape.kind) {
      case 'boolean': {
        const flag = literal(this.#unknowns.flag(key, words));
        return shape.negated ? not(flag) : flag;
      }
      case 'version':
        return literal(this.#unknowns.version(key, words, shape.alternatives));
      case 'number':
        return literal(this.#unknowns.number(key, words, shape.alternatives));
      case 'choice':
        return literal(this.#unknowns.choice(key, words, shape.options, shape.negated, options));
    }
  }

  /** An expression that is no comparison of one name: it is the same wherever everything that it names is. */
  #opaque(cel: string, { scope: id, look }: Place, host: HostName | undefined): Literal {
    const scope = this.#plan.scopes[id];
    const home = /\b(?:hop|crosses)\b/.test(cel) ? id : (scope?.factScope ?? id);
    const ofHost = host !== undefined && /\bhost\b/.test(cel) ? host : undefined;
    const roles = [...cel.matchAll(/\bhosts\s*(?:\.\s*|\[\s*["'])(\w+)/g)].flatMap(([, role = '']) => scope?.roles[role] ?? []);
    const hosts = [...new Set([...(ofHost === undefined ? [] : [ofHost]), ...roles])];
    const read = Object.entries(scope?.facts ?? {}).filter(([name]) => new RegExp(`\\b${name}\\b`).test(cel));
    const readings = hosts.map((one) => read.map(([, fact]) => this.#timeline.readingOf(fact, one, look)).join('.'));
    const steps = [...cel.matchAll(/\bsteps\s*(?:\.\s*|\[\s*["'])(\w+)/g)].map(([, step = '']) => this.#origin(step, host, look).key);
    const key = [home, cel, ofHost ?? '', ...readings, ...steps].join(' ');
    return this.#unknowns.flag(key, ofHost === undefined ? cel : `${cel} (${ofHost})`);
  }

  /** In a hop: whether it applies to it. Outside of one: whether it applies to any. */
  #advisory(id: string, { scope: scopeId, look }: Place, depth: number): Presence {
    const scope = this.#plan.scopes[scopeId];
    const condition = scope?.advisories[id];
    if (scope === undefined || condition === undefined) return NEVER;
    const hops = scope.hop === undefined && scope.hops !== undefined ? scope.hops : [undefined];
    const applies = hops.map((hop) => {
      const inScope = hop === undefined ? scopeId : this.#scopeOfHop(scopeId, hop.number);
      const answer = this.#unknowns.flag(`${scope.factScope} advisories.${id}`, `advisories.${id}`);
      if (inScope === undefined) return literal(answer);
      const part = (cel: string): Presence =>
        this.#formula(this.#parsed(cel), { cel, scope: inScope, hostRoles: [], look }, undefined, depth + 1);
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

  /** Without what is only known during a run: it is the same at all times. */
  #decide(condition: Condition, host: HostName | undefined): Presence | undefined {
    const key = `${condition.scope} ${condition.hostRoles.join()} ${host ?? ''} ${condition.cel}`;
    if (!this.#decided.has(key)) this.#decided.set(key, this.#decideOnce(condition, host));
    return this.#decided.get(key);
  }

  #decideOnce(condition: Condition, host: HostName | undefined): Presence | undefined {
    try {
      const { kind } = decide(condition, this.#plan, host, NOTHING_LIVE);
      return kind === 'yes' ? ALWAYS : kind === 'no' ? NEVER : undefined;
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  }

  /** `host.x` and `hosts.role.x` of the same host are one unknown, as facts are in all hops of a file; each field of a version is its own. */
  #named(name: string, { scope: id, look }: Place, host: HostName | undefined): Named {
    const scope = this.#plan.scopes[id];
    const home = scope?.factScope ?? id;
    const [root = '', first = '', ...more] = name.split('.');
    if (root === 'host') return this.#ofHost([first, ...more], host ?? '', scope, home, look);
    const only = scope?.roles[first]?.[0];
    if (root === 'hosts' && more.length > 0 && only !== undefined) return this.#ofHost(more, only, scope, home, look);
    if (root === 'steps') {
      const { key, steps, words } = this.#origin(first, host, look);
      return { key: `${key} ${more.join('.')}`, words: `${name}${words}`, options: optionsOf(steps, more[0] ?? '') };
    }
    const options = root === 'facts' && more.length === 0 ? scope?.facts[first]?.options : undefined;
    return { key: `${root === 'hop' ? id : home} ${name}`, words: name, options };
  }

  #ofHost(member: readonly string[], host: HostName, scope: PlanScope | undefined, home: string, look: Look): Named {
    const [first = '', ...fields] = member;
    const fact = scope?.facts[first];
    const base = `${home} ${member.join('.')} of ${host}`;
    const reading = this.#timeline.readingOf(fact, host, look);
    const earlier = this.#firstReadings.get(base);
    if (earlier === undefined) this.#firstReadings.set(base, reading);
    const again = earlier !== undefined && earlier !== reading ? ', read again' : '';
    return {
      key: `${base} ${String(reading)}`,
      words: `${member.join('.')} of ${host}${again}`,
      options: fields.length === 0 ? fact?.options : undefined,
    };
  }

  #origin(id: string, host: HostName | undefined, look: Look): Origin {
    const origins = this.#timeline.origins(id, host, look);
    const [nearest] = origins;
    const details = [nearest?.step.path === id ? undefined : nearest?.step.path, nearest?.host].filter((detail) => detail !== undefined);
    return {
      key: `steps ${id}: ${origins.map((origin) => `${origin.step.path} ${origin.host ?? ''}`).join(', ')}`,
      steps: origins.map(({ step }) => step),
      words: details.length === 0 ? '' : ` (${details.join(', ')})`,
    };
  }
}

/** Where the value of a step may come from. */
interface Origin {
  readonly key: string;
  readonly steps: readonly PlanStep[];
  /** To be added to its name where that alone does not say which it is. */
  readonly words: string;
}

interface Named {
  readonly key: string;
  readonly words: string;
  /** All options there are, where a declaration says so. */
  readonly options: readonly string[] | undefined;
}

/** The options of a choice, where all steps that may have made it have the same. */
function optionsOf(steps: readonly PlanStep[], name: string): readonly string[] | undefined {
  const lists = steps.map(({ evidence, methods }) => {
    const asked = [evidence, ...Object.values(methods).map((method) => method.evidence)].flat();
    return asked.find(({ choice }) => choice === name)?.options;
  });
  const [first] = lists;
  return lists.every((list) => list !== undefined) && first !== undefined ? [...new Set(lists.flat())] : undefined;
}

function literal({ unknown, holds }: Literal): Presence {
  return {
    kind: 'open',
    unknowns: [unknown],
    truth: (values) => {
      const value = values.get(unknown);
      return value === undefined ? undefined : holds(value);
    },
  };
}

function not(presence: Presence): Presence {
  if (presence.kind === 'known') return presence.value ? NEVER : ALWAYS;
  return {
    ...presence,
    truth: (values) => {
      const truth = presence.truth(values);
      return truth === undefined ? undefined : !truth;
    },
  };
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
    truth: (values) => {
      let whole: boolean | undefined = true;
      for (const part of open) {
        const truth = part.truth(values);
        if (truth === false) return false;
        if (truth === undefined) whole = undefined;
      }
      return whole;
    },
  };
}

function anyOf(parts: readonly Presence[]): Presence {
  return not(allOf(parts.map(not)));
}
