import { ExpressionError, hasSeveralHops, nameTypesOf, roleNames, UnknownValue } from '../../language/index.js';
import type { Advisory, NameTypes, ParsedRunbook, Probe, Project, Runbook, Step } from '../../language/index.js';
import { declarationOf, deriveRoles, wrongSize } from '../bind.js';
import { relativeFile } from '../digest.js';
import type { Instead } from '../expand.js';
import { inputValues } from '../inputs.js';
import type { AdvisoryCondition, Condition, DerivedRole, HostName, Plan, PlainValue, PlanFact, PlanHop, PlanScope } from '../plan.js';
import type { Problems } from '../problem.js';
import type { RoleVars } from '../roleVars.js';
import { judgePath, START_FACT } from '../upgrade/judge.js';
import type { MissingVersion } from '../upgrade/judge.js';
import { advisoryFact, decide, render } from '../values.js';
import type { Decision, LiveValues } from '../values.js';
import type { OpenFact, OpenRole } from './openWork.js';

const namesByRunbook = new WeakMap<Runbook, NameTypes>();

/** The files that take part in a plan, each with what its names mean there: roles, inputs, facts, hops. */
export class Scopes {
  readonly all: Record<string, PlanScope> = {};
  readonly openRoles: OpenRole[] = [];
  readonly openFacts: OpenFact[] = [];
  readonly derived: DerivedRole[] = [];
  readonly #project: Project;
  readonly #hosts: Plan['hosts'];
  readonly #roleVars: RoleVars;
  readonly #live: LiveValues;
  readonly #problems: Problems;

  constructor(project: Project, hosts: Plan['hosts'], roleVars: RoleVars, live: LiveValues, problems: Problems) {
    this.#roleVars = roleVars;
    this.#project = project;
    this.#hosts = hosts;
    this.#live = live;
    this.#problems = problems;
  }

  /** `from`: the version its upgrade path begins with, where another path has led here. */
  make(
    id: string,
    document: ParsedRunbook,
    bound: Readonly<Record<string, readonly HostName[]>>,
    inputs: Readonly<Record<string, PlainValue>>,
    from?: string,
  ): PlanScope {
    const runbook = document.value as Runbook;
    const scopeWith = (roles: PlanScope['roles']): PlanScope => ({
      id,
      file: relativeFile(this.#project.root.file, document.file),
      names: runbookNames(runbook),
      inputs,
      roles,
      facts: factsOf(runbook),
      factScope: id,
      advisories: Object.fromEntries((runbook.advisories ?? []).map(conditionOf)),
    });
    const complete = (roles: PlanScope['roles'], isDerived: boolean): void => {
      for (const [name, role] of Object.entries(runbook.roles ?? {}))
        if (isDerived === (bound[name] === undefined))
          this.#roleVars.complete(
            document,
            name,
            role,
            (roles[name] ?? []).map((host) => this.#hosts[host]),
          );
    };
    // The condition of a derived role may be about variables.
    complete(bound, false);
    const roles = deriveRoles(runbook, bound, (role, of) => this.#findRole(scopeWith(bound), runbook, role, of, document));
    complete(roles, true);
    const scope = this.#withPath(scopeWith(roles), document, from);
    this.all[id] = scope;
    return scope;
  }

  /** The scope of a file that a step uses, with the inputs and roles it gives. */
  open(id: string, document: ParsedRunbook, outer: PlanScope, step: Step, from?: string): PlanScope {
    const runbook = document.value as Runbook;
    const { given, unsettled } = this.#givenInputs(id, document, outer, step);
    const bound: Record<string, readonly HostName[]> = {};
    for (const [role, declared] of Object.entries(runbook.roles ?? {})) {
      const taken = step.roles?.[role] ?? role;
      if (declared.of === undefined || step.roles?.[role] !== undefined) bound[role] = outer.roles[taken] ?? [];
      const wanted = declared.of === undefined ? wrongSize(declared, bound[role] ?? []) : undefined;
      // Once it is known who has which role, this is looked at again.
      const isOpen = this.openRoles.length > 0 && bound[role]?.length === 0;
      if (wanted !== undefined && !isOpen)
        this.#problems.add(
          document,
          'role-size',
          `role "${role}" has ${String(bound[role]?.length ?? 0)} hosts as step "${id}" uses this file, and needs ${wanted}`,
          runbook.roles,
          role,
        );
    }
    return this.make(this.#free(id), document, bound, inputValues(document, given, this.#problems, unsettled), from);
  }

  /** The scope of one hop: everything as in the file, and `hop` for this one. */
  ofHop(scope: PlanScope, hop: PlanHop): PlanScope {
    const id = `${scope.id}@${String(hop.number)}`;
    return (this.all[id] ??= { ...scope, id, hop });
  }

  /**
   * The more specific runbook for the hop of a scope: the first whose condition holds. What a condition depends on that nobody knows yet
   * decides the path; until then the steps are those of the runbook itself.
   */
  dispatch(scope: PlanScope, document: ParsedRunbook): Instead | undefined {
    const plan = { scopes: { [scope.id]: scope }, hosts: this.#hosts };
    for (const instead of document.value?.upgrade?.instead ?? []) {
      const decision = this.decide({ cel: instead.when, scope: scope.id, hostRoles: [] }, plan, undefined, this.#live);
      if (decision.kind === 'yes') return instead;
      if (decision.kind === 'no') continue;
      this.#leaveOpen(decision.missing, scope, document, instead);
      return undefined;
    }
    return undefined;
  }

  #leaveOpen(missing: UnknownValue['unknown'], scope: PlanScope, document: ParsedRunbook, instead: Instead): void {
    if (missing.kind === 'fact') {
      this.#needForPath(scope, { fact: missing.name, ...(missing.host === undefined ? {} : { host: missing.host }) });
      return;
    }
    // Something else is being found out, or has been told of already.
    if (this.unsettled || this.#problems.list.length > 0) return;
    const message = `whether "${instead.use}" is followed must be known before the run, and "${instead.when}" is not; ask about facts, inputs and the hop`;
    this.#problems.add(document, 'instead-not-known', message, instead, 'when');
  }

  #needForPath(scope: PlanScope, missing: MissingVersion): void {
    const { fact, host } = missing;
    const known = this.openFacts.some((open) => open.scope === scope.factScope && open.fact === fact && open.host === host);
    if (!known) this.openFacts.push({ scope: scope.factScope, ...missing, decides: 'path' });
  }

  /** A condition whose values do not fit it is a problem of the plan; it counts as undecided then. */
  decide(condition: Condition, plan: Pick<Plan, 'scopes' | 'hosts'>, host: HostName | undefined, live: LiveValues): Decision {
    try {
      return decide(condition, plan, host, live);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const message = `"${condition.cel}" cannot be worked out: ${error.message}; correct it, or the values it is about`;
      const known = this.#problems.list.some(({ diagnostic }) => diagnostic.message === message);
      if (!known) this.#problems.add(this.#project.root, 'condition-value', message);
      return { kind: 'open', missing: { kind: 'other', name: condition.cel } };
    }
  }

  /** Whether something must be found out before the plan is what it will be. */
  get unsettled(): boolean {
    return this.openRoles.length > 0 || this.openFacts.some(({ decides }) => decides === 'path');
  }

  #withPath(scope: PlanScope, document: ParsedRunbook, from: string | undefined): PlanScope {
    const runbook = document.value as Runbook;
    if (runbook.upgrade === undefined) return scope;
    const path = judgePath(
      document,
      scope,
      { from, to: this.#target(runbook.upgrade.to, scope), fact: (name, host) => this.#live.fact(scope.factScope, name, host) },
      this.#problems,
    );
    for (const missing of path.missing) this.#needForPath(scope, missing);
    const single = path.hops.length <= 1 && !hasSeveralHops(runbook) ? (path.hops[0] ?? this.#noHop(scope, runbook)) : undefined;
    return { ...scope, hops: path.hops, ...(single === undefined ? {} : { hop: single }) };
  }

  /** The target is installed already: `hop` goes from it to itself, so that a runbook without several hops can still check it. */
  #noHop(scope: PlanScope, runbook: Runbook): PlanHop {
    const to = String(this.#target(runbook.upgrade?.to ?? '', scope) ?? '');
    return { number: 1, last: true, from: to, to };
  }

  #target(to: string, scope: PlanScope): PlainValue | undefined {
    try {
      return render(to, { scope, hosts: this.#hosts, hostRoles: [], host: undefined }, this.#live);
    } catch (error) {
      // An input without a value has been told of already.
      if (error instanceof UnknownValue || error instanceof ExpressionError) return undefined;
      throw error;
    }
  }

  #givenInputs(
    id: string,
    document: ParsedRunbook,
    outer: PlanScope,
    step: Step,
  ): { readonly given: Record<string, PlainValue>; readonly unsettled: readonly string[] } {
    const given: Record<string, PlainValue> = {};
    const unsettled: string[] = [];
    const place = { scope: outer, hosts: this.#hosts, hostRoles: [], host: undefined };
    for (const [name, text] of Object.entries(step.with ?? {})) {
      try {
        given[name] = render(text, place, this.#live);
      } catch (error) {
        if (error instanceof UnknownValue && this.unsettled) {
          unsettled.push(name);
          continue;
        }
        const message = `input "${name}" of step "${id}" must be known before the run: ${(error as Error).message}`;
        this.#problems.add(document, 'input-not-known', message);
      }
    }
    return { given, unsettled };
  }

  /** The one host of `of` for which the role's condition holds; recorded as open when that is not known yet. */
  #findRole(scope: PlanScope, runbook: Runbook, role: string, of: readonly HostName[], document: ParsedRunbook): HostName | undefined {
    const declared = runbook.roles?.[role];
    if (declared?.where === undefined || declared.of === undefined) return undefined;
    const hostRoles = [declared.of];
    const missing: { fact: string; host: HostName }[] = [];
    const matching: HostName[] = [];
    for (const host of of) {
      const condition = { cel: declared.where, scope: scope.id, hostRoles };
      const decision = this.decide(condition, { scopes: { [scope.id]: scope }, hosts: this.#hosts }, host, this.#live);
      if (decision.kind === 'yes') matching.push(host);
      if (decision.kind === 'open' && decision.missing.kind === 'fact') missing.push({ fact: decision.missing.name, host });
    }
    if (missing.length > 0) {
      this.openRoles.push({ scope: scope.id, role, of, where: declared.where, facts: missing });
      return undefined;
    }
    const [host, ...more] = matching;
    if (host === undefined || more.length > 0) {
      const found = host === undefined ? 'no host' : `${String(matching.length)} hosts (${matching.join(', ')})`;
      this.#problems.add(
        document,
        'derived-role-not-one',
        `role "${role}" must be exactly one host, and ${found} of "${declared.of}" fulfil "${declared.where}"; check the hosts before going on`,
        runbook.roles,
        role,
      );
      return undefined;
    }
    this.derived.push({ scope: scope.id, role, of, where: declared.where, hostRoles, host });
    return host;
  }

  /** A step may be named like the scope of the runbook itself. */
  #free(id: string): string {
    return this.all[id] === undefined ? id : this.#free(`${id}_`);
  }
}

/** What expressions of a runbook may name; the same object every time, so that checkers made for it are found again. */
export function runbookNames(runbook: Runbook): NameTypes {
  let names = namesByRunbook.get(runbook);
  if (names === undefined) {
    names = nameTypesOf(runbook);
    namesByRunbook.set(runbook, names);
  }
  return names;
}

function conditionOf({ id, when, unsure_when: unsureWhen }: Advisory): [string, AdvisoryCondition] {
  return [id, { ...(when === undefined ? {} : { when }), ...(unsureWhen === undefined ? {} : { unsureWhen }) }];
}

function factsOf(runbook: Runbook): Record<string, PlanFact> {
  const facts: Record<string, PlanFact> = {};
  for (const [name, fact] of Object.entries(runbook.facts ?? {})) {
    facts[name] = {
      ...declarationOf(runbook, fact),
      ...(fact.on === undefined ? {} : { on: roleNames(fact.on) }),
      read: probesOf(fact.read),
      ...(fact.ask === undefined ? {} : { ask: fact.ask }),
    };
  }
  for (const { id, title, unsure_when: unsure, ask, text } of runbook.advisories ?? []) {
    if (unsure !== undefined)
      facts[advisoryFact(id)] = {
        type: 'boolean',
        title: title ?? id.replaceAll('_', ' '),
        read: [],
        ask: ask ?? `Does this apply? ${text}`,
      };
  }
  const installed = runbook.upgrade === undefined ? undefined : facts[runbook.upgrade.installed];
  if (installed !== undefined) {
    const { on: _on, read: _read, ...declared } = installed;
    const ask = 'The hosts run different versions. From which version does the upgrade start?';
    facts[START_FACT] = { ...declared, title: 'Version the upgrade starts from', read: [], ask };
  }
  return facts;
}

function probesOf(read: Probe | readonly Probe[] | undefined): readonly Probe[] {
  return read === undefined ? [] : Array.isArray(read) ? (read as readonly Probe[]) : [read as Probe];
}
