import { checkValue, ExpressionError, nameTypesOf, roleNames } from '../language/index.js';
import type { Diagnostic, Inventory, ParsedInventory, ParsedRunbook, Probe, Project, Runbook, Step } from '../language/index.js';
import { bindHosts, bindRoles, declarationOf, deriveRoles, wrongSize } from './bind.js';
import { planDigest } from './digest.js';
import { expandSteps, relativeTo } from './expand.js';
import type { ExpansionWorld, Surroundings } from './expand.js';
import type {
  Condition,
  DerivedRole,
  HostName,
  Moment,
  Plan,
  PlanFact,
  PlanInvariant,
  PlainValue,
  PlanNode,
  PlanScope,
  Target,
} from './plan.js';
import { inputValues, rootInputs } from './inputs.js';
import type { MissingInput } from './inputs.js';
import { Problems } from './problem.js';
import type { PlanProblem } from './problem.js';
import { decide, NOTHING_LIVE, render } from './values.js';
import type { LiveValues } from './values.js';
import { pathsOfId } from './walk.js';

/** A fact that is given, not found out. Facts of files that are used belong to the scope named after the step. */
export interface GivenFact {
  readonly scope: string;
  readonly fact: string;
  readonly host?: HostName;
  readonly value: PlainValue;
}

export interface DraftRequest {
  readonly project: Project;
  readonly inventory: ParsedInventory;
  /** Values of inputs; they win over those of the inventory. Text is read by the type of the input. */
  readonly inputs: Readonly<Record<string, PlainValue>>;
  readonly facts: readonly GivenFact[];
}

/** Something that must be known before the plan can be frozen: which host has a role. */
export interface OpenRole {
  readonly scope: string;
  readonly role: string;
  readonly of: readonly HostName[];
  readonly where: string;
  /** Facts of these hosts that are not known yet. */
  readonly facts: readonly { readonly fact: string; readonly host: HostName }[];
}

/** What planning gives. Planning opens nothing: no file beyond the project, no process, no socket. */
export interface Draft {
  /** Present when there are no problems. It can be run when `openRoles` is empty as well. */
  readonly plan: Plan | undefined;
  readonly digest: string;
  readonly problems: readonly PlanProblem[];
  /** Inputs of the runbook that have no value; each is among the problems, too. */
  readonly missingInputs: readonly MissingInput[];
  readonly openRoles: readonly OpenRole[];
  /** Facts the plan may come to need that nobody has given yet, with the question a person would be asked. */
  readonly questions: readonly {
    readonly scope: string;
    readonly fact: string;
    readonly host?: HostName;
    readonly text: string;
    readonly probed: boolean;
  }[];
}

/** Makes the plan of a runbook for one environment, as far as given facts allow. Never throws on bad documents. */
export function draftPlan(request: DraftRequest): Draft {
  const { project, inventory } = request;
  const problems = new Problems();
  for (const [file, diagnostics] of project.diagnostics) collectErrors(problems, file, diagnostics);
  collectErrors(problems, inventory.file, inventory.diagnostics);
  const root = project.root.value;
  if (root === undefined || inventory.value === undefined || problems.list.length > 0) return failed(problems);
  const draft = new PlanBuilder(request, root, problems).build();
  return problems.list.length > 0 ? { ...failed(problems), openRoles: draft.openRoles } : draft;
}

function collectErrors(problems: Problems, file: string, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) if (diagnostic.severity === 'error') problems.list.push({ file, diagnostic });
}

function failed(problems: Problems): Draft {
  return { plan: undefined, digest: '', problems: problems.list, missingInputs: problems.missingInputs, openRoles: [], questions: [] };
}

class PlanBuilder {
  readonly #request: DraftRequest;
  readonly #root: Runbook;
  readonly #problems: Problems;
  readonly #hosts: Plan['hosts'];
  readonly #scopes: Record<string, PlanScope> = {};
  readonly #documents: { scope: PlanScope; document: ParsedRunbook; path: string }[] = [];
  readonly #openRoles: OpenRole[] = [];
  readonly #derived: DerivedRole[] = [];
  readonly #live: LiveValues;

  constructor(request: DraftRequest, root: Runbook, problems: Problems) {
    this.#request = request;
    this.#root = root;
    this.#problems = problems;
    this.#hosts = bindHosts(request.project.root, request.inventory, problems);
    this.#live = {
      ...NOTHING_LIVE,
      fact: (scope, name, host) =>
        request.facts.find((given) => given.scope === scope && given.fact === name && given.host === host)?.value,
    };
  }

  build(): Draft {
    const { project, inventory } = this.#request;
    const bound = bindRoles(project.root, inventory, this.#hosts, this.#problems);
    const scope = this.#makeScope('main', project.root, bound, rootInputs(this.#request, this.#problems));
    this.#documents.push({ scope, document: project.root, path: '' });
    this.#checkGivenFacts();
    const steps = this.#expandAll(scope);
    const environment = inventory.value as Inventory;
    const plan: Plan = {
      format: 1,
      runbook: { id: this.#root.id, title: this.#root.title, file: relativeTo(project.root.file, project.root.file) },
      environment: {
        id: environment.environment,
        title: environment.title ?? environment.environment,
        production: environment.production ?? false,
        approvers: environment.approvers ?? [],
      },
      hosts: this.#hosts,
      scopes: this.#scopes,
      secrets: Object.assign({}, ...this.#documents.map(({ document }) => document.value?.secrets ?? {}).reverse()) as Plan['secrets'],
      contacts: Object.assign({}, ...this.#documents.map(({ document }) => document.value?.contacts ?? {}).reverse()) as Plan['contacts'],
      notes: this.#documents.flatMap(({ document }) => document.value?.notes ?? []),
      steps,
      invariants: this.#documents.flatMap((entry) => this.#invariantsOf(entry, steps)),
      derivedRoles: this.#derived,
      next: (this.#root.next ?? []).map((next) => ({
        use: next.use,
        title: next.title ?? next.use,
        ...(next.when === undefined ? {} : { when: { cel: next.when, scope: 'main', hostRoles: [] } }),
      })),
    };
    const decided = withoutWhatIsDecided(plan, this.#live, (...about) => this.#decide(...about));
    return {
      plan: decided,
      digest: planDigest(decided),
      problems: this.#problems.list,
      missingInputs: this.#problems.missingInputs,
      openRoles: this.#openRoles,
      questions: this.#questions(decided),
    };
  }

  #expandAll(scope: PlanScope): readonly PlanNode[] {
    const world: ExpansionWorld = {
      project: this.#request.project,
      hosts: this.#hosts,
      openScope: (id, document, outer, step) => this.#openScope(id, document, outer, step),
      entered: (inner, document, path) => this.#documents.push({ scope: inner, document, path }),
    };
    const around: Omit<Surroundings, 'section'> = {
      document: this.#request.project.root,
      scope,
      prefix: '',
      hosts: undefined,
      hostRoles: [],
      from: undefined,
      once: false,
      conditions: [],
      trail: [],
      aside: false,
    };
    return [
      ...expandSteps(this.#root.prerequisites ?? [], { ...around, section: 'prerequisites', prefix: '' }, world),
      ...expandSteps(this.#root.steps, { ...around, section: 'steps' }, world),
      ...expandSteps(this.#root.finally ?? [], { ...around, section: 'finally' }, world),
    ];
  }

  #makeScope(
    id: string,
    document: ParsedRunbook,
    bound: Readonly<Record<string, readonly HostName[]>>,
    inputs: Readonly<Record<string, PlainValue>>,
  ): PlanScope {
    const runbook = document.value as Runbook;
    const names = nameTypesOf(runbook);
    const facts: Record<string, PlanFact> = {};
    for (const [name, fact] of Object.entries(runbook.facts ?? {})) {
      facts[name] = {
        ...declarationOf(runbook, fact),
        ...(fact.on === undefined ? {} : { on: roleNames(fact.on) }),
        read: probesOf(fact.read),
        ...(fact.ask === undefined ? {} : { ask: fact.ask }),
      };
    }
    const scopeWith = (roles: PlanScope['roles']): PlanScope => ({
      id,
      file: relativeTo(this.#request.project.root.file, document.file),
      names,
      inputs,
      roles,
      facts,
    });
    const roles = deriveRoles(runbook, bound, (role, of) => this.#findRole(scopeWith(bound), runbook, role, of, document));
    const scope = scopeWith(roles);
    this.#scopes[id] = scope;
    return scope;
  }

  /** The one host of `of` for which the role's condition holds; recorded as open when that is not known yet. */
  #findRole(scope: PlanScope, runbook: Runbook, role: string, of: readonly HostName[], document: ParsedRunbook): HostName | undefined {
    const declared = runbook.roles?.[role];
    if (declared?.where === undefined || declared.of === undefined) return undefined;
    const hostRoles = [declared.of];
    const missing: { fact: string; host: HostName }[] = [];
    const matching: HostName[] = [];
    for (const host of of) {
      const decision = this.#decide(
        { cel: declared.where, scope: scope.id, hostRoles },
        { scopes: { [scope.id]: scope }, hosts: this.#hosts },
        host,
        this.#live,
      );
      if (decision.kind === 'yes') matching.push(host);
      if (decision.kind === 'open' && decision.missing.kind === 'fact') missing.push({ fact: decision.missing.name, host });
    }
    if (missing.length > 0) {
      this.#openRoles.push({ scope: scope.id, role, of, where: declared.where, facts: missing });
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
    this.#derived.push({ scope: scope.id, role, of, where: declared.where, hostRoles, host });
    return host;
  }

  #openScope(id: string, document: ParsedRunbook, outer: PlanScope, step: Step): PlanScope {
    const runbook = document.value as Runbook;
    const given: Record<string, PlainValue> = {};
    const place = { scope: outer, hosts: this.#hosts, hostRoles: [], host: undefined };
    for (const [name, text] of Object.entries(step.with ?? {})) {
      try {
        given[name] = render(text, place, this.#live);
      } catch (error) {
        this.#problems.add(
          document,
          'input-not-known',
          `input "${name}" of step "${id}" must be known before the run: ${(error as Error).message}`,
        );
      }
    }
    const bound: Record<string, readonly HostName[]> = {};
    for (const [role, declared] of Object.entries(runbook.roles ?? {})) {
      const from = step.roles?.[role] ?? role;
      if (declared.of === undefined || step.roles?.[role] !== undefined) bound[role] = outer.roles[from] ?? [];
      const wanted = declared.of === undefined ? wrongSize(declared, bound[role] ?? []) : undefined;
      if (wanted !== undefined)
        this.#problems.add(
          document,
          'role-size',
          `role "${role}" has ${String(bound[role]?.length ?? 0)} hosts as step "${id}" uses this file, and needs ${wanted}`,
          runbook.roles,
          role,
        );
    }
    return this.#makeScope(this.#freeScope(id), document, bound, inputValues(document, given, this.#problems));
  }

  /** A step may be named like the scope of the runbook itself. */
  #freeScope(id: string): string {
    return this.#scopes[id] === undefined ? id : this.#freeScope(`${id}_`);
  }

  #invariantsOf(
    { scope, document, path }: { scope: PlanScope; document: ParsedRunbook; path: string },
    steps: readonly PlanNode[],
  ): readonly PlanInvariant[] {
    const uses = this.#documents.map((entry) => entry.path);
    return (document.value?.invariants ?? []).map((invariant) => ({
      title: invariant.title ?? 'Invariant',
      holds: invariant.holds,
      scope: scope.id,
      at: roleNames(invariant.at).flatMap((moment): readonly Moment[] => {
        if (moment === 'start') return [path === '' ? 'start' : `before:${path}`];
        if (moment === 'end') return [path === '' ? 'end' : `after:${path}`];
        return pathsOfId(steps, moment, path, uses).map((found): Moment => `after:${found}`);
      }),
      ...(invariant.because === undefined ? {} : { because: invariant.because }),
    }));
  }

  /** A condition whose values do not fit it is a problem of the plan; it counts as undecided then. */
  #decide(...[condition, plan, host, live]: Parameters<typeof decide>): ReturnType<typeof decide> {
    try {
      return decide(condition, plan, host, live);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const message = `"${condition.cel}" cannot be worked out: ${error.message}; correct it, or the values it is about`;
      const known = this.#problems.list.some(({ diagnostic }) => diagnostic.message === message);
      if (!known) this.#problems.add(this.#request.project.root, 'condition-value', message);
      return { kind: 'open', missing: { kind: 'other', name: condition.cel } };
    }
  }

  #checkGivenFacts(): void {
    for (const given of this.#request.facts) {
      const scope = this.#scopes[given.scope];
      const fact = scope?.facts[given.fact];
      if (scope === undefined || fact === undefined) {
        if (given.scope === 'main')
          this.#problems.add(
            this.#request.project.root,
            'undefined-fact',
            `the runbook has no fact "${given.fact}"; it has ${Object.keys(scope?.facts ?? {}).join(', ') || 'none'}`,
          );
        continue;
      }
      if ((fact.on !== undefined) !== (given.host !== undefined)) {
        const spelling = fact.on === undefined ? `--fact ${given.fact}=…` : `--fact ${given.fact}@HOST=…`;
        this.#problems.add(
          this.#request.project.root,
          'fact-host',
          `fact "${given.fact}" is known ${fact.on === undefined ? 'once for the run' : 'per host'}; give it as ${spelling}`,
        );
      }
      const wrong = checkValue(fact, given.value);
      if (wrong !== undefined)
        this.#problems.add(this.#request.project.root, 'fact-type', `fact "${given.fact}" is "${String(given.value)}" and ${wrong}`);
    }
  }

  #questions(plan: Plan): Draft['questions'] {
    const questions: Draft['questions'][number][] = [];
    for (const scope of Object.values(plan.scopes)) {
      for (const [name, fact] of Object.entries(scope.facts)) {
        const hosts: (HostName | undefined)[] =
          fact.on === undefined ? [undefined] : [...new Set(fact.on.flatMap((role) => scope.roles[role] ?? []))];
        for (const host of hosts) {
          if (this.#live.fact(scope.id, name, host) !== undefined) continue;
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
}

/** Drops steps whose conditions are false, and conditions that are true, by inputs and roles alone: facts may still change. */
function withoutWhatIsDecided(plan: Plan, live: LiveValues, decided: typeof decide): Plan {
  const byInputsAlone: LiveValues = { ...live, fact: () => undefined };
  const keep = (node: PlanNode): readonly PlanNode[] => {
    if (node.kind === 'group') {
      const children = node.children.flatMap(keep);
      return children.length === 0 ? [] : [{ ...node, children }];
    }
    const decision = (condition: Condition, target: Target): string =>
      decided(condition, plan, target.about.length === 1 ? target.about[0] : undefined, byInputsAlone).kind;
    const targets = node.targets.filter((target) => node.conditions.every((condition) => decision(condition, target) !== 'no'));
    if (targets.length === 0) return [];
    const conditions = node.conditions.filter((condition) => targets.some((target) => decision(condition, target) !== 'yes'));
    const keys = targets.map(({ key }) => key);
    const methods = Object.fromEntries(
      Object.entries(node.methods).map(([name, method]) => [
        name,
        { ...method, targets: method.targets.filter(({ key }) => keys.includes(key)), conditions },
      ]),
    );
    return [{ ...node, targets, conditions, methods }];
  };
  return { ...plan, steps: plan.steps.flatMap(keep) };
}

function probesOf(read: Probe | readonly Probe[] | undefined): readonly Probe[] {
  return read === undefined ? [] : Array.isArray(read) ? (read as readonly Probe[]) : [read as Probe];
}
