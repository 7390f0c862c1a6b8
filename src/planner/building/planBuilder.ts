import { EFFECTS, nearest, roleNames } from '../../language/index.js';
import type { Inventory, ParsedRunbook, Project, Runbook } from '../../language/index.js';
import { bindHosts, bindRoles, hostsOfRoles } from '../bind.js';
import { planDigest, relativeFile, runbookDigest } from '../digest.js';
import type { Comparison, Draft, DraftRequest } from '../draft.js';
import { citation, expandMain, expandSteps, idsOfFile } from '../expand.js';
import type { ExpansionWorld, Surroundings } from '../expand.js';
import { rootInputs } from '../inputs.js';
import type { Moment, PlainValue, Plan, PlanAdvisory, PlanInvariant, PlanNode, PlanOrder, PlanScope, SourceRef } from '../plan.js';
import type { Problems } from '../problem.js';
import { RoleVars } from '../roleVars.js';
import { typedValue } from '../typedValue.js';
import { advisorySteps } from '../upgrade/advisorySteps.js';
import { PLAN_FORMAT } from '../upgradePlan.js';
import { NOTHING_LIVE } from '../values.js';
import type { LiveValues } from '../values.js';
import { pathsOfId } from '../walk.js';
import { withoutWhatIsDecided } from './decided.js';
import { forbidWhatIsStopped } from './forbidden.js';
import { checkGivenFacts } from './givenFacts.js';
import { openAdvisoryFacts, questionsOf } from './questions.js';
import { Scopes } from './scopes.js';

/** A file that takes part, with its scope and the path of the step that uses it. */
interface Entered {
  readonly scope: PlanScope;
  readonly document: ParsedRunbook;
  readonly path: string;
}

/** A plan that is only looked at: it has no digests, and some role variables of its hosts and some inputs are left open. */
export interface Sketch {
  readonly openVars: ReadonlySet<string>;
  /** By file. */
  readonly openInputs: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Steps and groups of the largest plan that is made: a few thousand hosts in batches of one, or a procedure nobody could read. */
export const MOST_NODES = 50_000;

/** Puts a plan together from a sound project. */
export class PlanBuilder {
  readonly #project: Project;
  readonly #request: DraftRequest;
  readonly #root: Runbook;
  readonly #problems: Problems;
  readonly #hosts: Plan['hosts'];
  readonly #entered: Entered[] = [];
  readonly #comparisons: Comparison[] = [];
  #nodes = 0;
  readonly #live: LiveValues;
  readonly #scopes: Scopes;

  readonly #sketch: Sketch | undefined;

  constructor(request: DraftRequest, root: Runbook, problems: Problems, sketch?: Sketch) {
    this.#sketch = sketch;
    this.#request = request;
    this.#project = request.project;
    this.#root = root;
    this.#problems = problems;
    const roleVars = new RoleVars(request.inventory, problems);
    this.#hosts = bindHosts([request.project.root, ...request.project.files.values()], request.inventory, roleVars, problems);
    this.#live = {
      ...NOTHING_LIVE,
      fact: (scope, name, host) => {
        const given = request.facts.find((candidate) => candidate.scope === scope && candidate.fact === name && candidate.host === host);
        return given === undefined ? undefined : typedValue(given.value, this.#scopes.all[scope]?.facts[name]?.type);
      },
    };
    this.#scopes = new Scopes(request.project, this.#hosts, roleVars, this.#live, problems);
  }

  build(): Draft {
    const { root } = this.#project;
    const bound = bindRoles(root, this.#request.inventory, this.#hosts, this.#problems);
    const scope = this.#scopes.make('main', root, bound, rootInputs(this.#request, this.#problems));
    this.#entered.push({ scope, document: root, path: '' });
    const steps = this.#expandAll(scope);
    checkGivenFacts(
      this.#request,
      this.#scopes.all,
      this.#sketch === undefined && !this.#scopes.unsettled && this.#problems.list.length === 0,
      this.#problems,
    );
    if (this.#sketch !== undefined) leaveOpen(this.#hosts, this.#scopes.all, this.#sketch);
    const whole = this.#plan(steps);
    const decided = (nodes: readonly PlanNode[]): readonly PlanNode[] =>
      withoutWhatIsDecided(nodes, whole, this.#live, (...about) => this.#scopes.decide(...about));
    const plan = { ...whole, steps: decided(steps) };
    forbidWhatIsStopped(plan, this.#project, this.#live, this.#problems);
    const openFacts = [...this.#scopes.openFacts, ...openAdvisoryFacts(plan, this.#live)];
    return {
      plan,
      digest: this.#sketch === undefined ? planDigest(plan) : '',
      problems: this.#problems.list,
      warnings: [],
      missingInputs: this.#problems.missingInputs,
      openRoles: this.#scopes.openRoles,
      openFacts,
      comparisons: this.#comparisons.map(({ hop, generic }) => ({ hop, generic: decided(generic) })),
      questions: questionsOf(plan, this.#live),
    };
  }

  #plan(steps: readonly PlanNode[]): Plan {
    const { root } = this.#project;
    const documents = this.#entered.map(({ document }) => document);
    return {
      format: PLAN_FORMAT,
      runbook: {
        id: this.#root.id,
        title: this.#root.title,
        file: relativeFile(root.file, root.file),
        digest: this.#sketch === undefined ? runbookDigest(this.#project) : '',
      },
      environment: this.#environment(),
      hosts: this.#hosts,
      scopes: this.#scopes.all,
      inputs: this.#inputs(),
      secrets: this.#secrets(documents),
      contacts: Object.assign({}, ...documents.map(({ value }) => value?.contacts ?? {}).reverse()) as Plan['contacts'],
      notes: documents.flatMap(({ value }) => value?.notes ?? []),
      steps,
      invariants: this.#entered.flatMap((entry) => this.#invariantsOf(entry, steps)),
      advisories: this.#entered.flatMap((entry) => this.#advisoriesOf(entry)),
      orders: this.#entered.flatMap((entry) => this.#ordersOf(entry)),
      ...this.#outage(),
      derivedRoles: this.#scopes.derived,
      next: (this.#root.next ?? []).map((next) => ({
        use: next.use,
        title: next.title ?? next.use,
        ...(next.when === undefined ? {} : { when: { cel: next.when, scope: 'main', hostRoles: [] } }),
      })),
    };
  }

  #environment(): Plan['environment'] {
    const inventory = this.#request.inventory.value as Inventory;
    return {
      id: inventory.environment,
      title: inventory.title ?? inventory.environment,
      production: inventory.production ?? false,
      approvers: inventory.approvers ?? [],
      windows: inventory.windows ?? [],
      blackouts: inventory.blackouts ?? [],
      ...(inventory.rehearsed_on === undefined ? {} : { rehearsedOn: inventory.rehearsed_on }),
    };
  }

  #inputs(): Plan['inputs'] {
    const entries = Object.entries(this.#root.inputs ?? {}).map(([name, { title, consequence, default: usual }]) => {
      const said = {
        ...(title === undefined ? {} : { title }),
        ...(consequence === undefined ? {} : { consequence }),
        ...(usual === undefined ? {} : { default: usual }),
      };
      return [name, said] as const;
    });
    return Object.fromEntries(entries);
  }

  #secrets(documents: readonly ParsedRunbook[]): Plan['secrets'] {
    const declared = Object.assign({}, ...documents.map(({ value }) => value?.secrets ?? {}).reverse()) as Plan['secrets'];
    const kept = (this.#request.inventory.value as Inventory).secrets ?? {};
    for (const name of Object.keys(kept)) {
      // An inventory serves several runbooks, so secrets of others may stand in it; one that is almost one of this runbook is misspelt.
      const meant = Object.hasOwn(declared, name) ? undefined : nearest(name, Object.keys(declared));
      if (meant === undefined) continue;
      const message = `the runbook has no secret "${name}"; did you mean "${meant}"?`;
      this.#problems.add(this.#request.inventory, 'undefined-secret', message, kept, name);
    }
    const entries = Object.entries(declared).map(([name, secret]) => {
      const keptOn = kept[name]?.kept_on;
      return [name, keptOn === undefined ? secret : { ...secret, keptOn }] as const;
    });
    return Object.fromEntries(entries);
  }

  #room(): boolean {
    this.#nodes++;
    if (this.#nodes === MOST_NODES + 1) {
      const message = `the plan comes to more than ${String(MOST_NODES)} steps and groups, counting each batch of hosts and each hop; use less in it, or plan for fewer hosts at a time`;
      this.#problems.add(this.#project.root, 'too-many-steps', message, this.#root, 'steps');
    }
    return this.#nodes <= MOST_NODES;
  }

  #expandAll(scope: PlanScope): readonly PlanNode[] {
    const world: ExpansionWorld = {
      project: this.#project,
      hosts: this.#hosts,
      room: () => this.#room(),
      openScope: (id, document, outer, step, from) => this.#scopes.open(id, document, outer, step, from),
      hopScope: (of, hop) => this.#scopes.ofHop(of, hop),
      dispatch: (of, document) => this.#scopes.dispatch(of, document),
      compared: (hop, generic) => {
        this.#comparisons.push({ hop, generic });
      },
      entered: (inner, document, path) => this.#entered.push({ scope: inner, document, path }),
    };
    const around: Omit<Surroundings, 'section'> = {
      document: this.#project.root,
      scope,
      prefix: '',
      hosts: undefined,
      hostRoles: [],
      from: undefined,
      once: false,
      conditions: [],
      trail: [],
      reachedBy: [],
      batch: false,
      aside: false,
    };
    const before = [...advisorySteps(this.#root), ...(this.#root.prerequisites ?? [])];
    const ids = idsOfFile(this.#root, before);
    return [
      ...expandSteps(before, { ...around, section: 'prerequisites' }, world, ids),
      ...expandMain(this.#root.steps, { ...around, section: 'steps' }, world, ids),
      ...expandSteps(this.#root.finally ?? [], { ...around, section: 'finally' }, world, ids),
    ];
  }

  #invariantsOf({ scope, document, path }: Entered, steps: readonly PlanNode[]): readonly PlanInvariant[] {
    const uses = this.#entered.map((entry) => entry.path);
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

  #advisoriesOf({ scope, document }: Entered): readonly PlanAdvisory[] {
    return (document.value?.advisories ?? []).map((advisory) => ({
      id: advisory.id,
      scope: scope.id,
      severity: advisory.severity,
      ...(advisory.title === undefined ? {} : { title: advisory.title }),
      text: advisory.text,
      ...(advisory.link === undefined ? {} : { link: advisory.link }),
      demands: advisory.demands ?? 'nothing',
      ...(advisory.source === undefined ? {} : { cites: citation(document.value, advisory.source) }),
      at: this.#place(document, advisory),
    }));
  }

  #ordersOf({ scope, document }: Entered): readonly PlanOrder[] {
    // In one order whatever the order of the keys, which means nothing: the digest must not change with it.
    const bound = (side: NonNullable<Runbook['order']>[number]['first']): PlanOrder['first'] =>
      EFFECTS.flatMap((effect) => {
        const roles = roleNames(side[effect]);
        return roles.length === 0 ? [] : [{ effect, roles, hosts: hostsOfRoles(roles, scope.roles) }];
      });
    return (document.value?.order ?? []).map((order) => ({
      first: bound(order.first),
      then: bound(order.then),
      per: order.per ?? 'all',
      ...(order.because === undefined ? {} : { because: order.because }),
      ...(order.source === undefined ? {} : { cites: citation(document.value, order.source) }),
      at: this.#place(document, order),
    }));
  }

  #outage(): Pick<Plan, 'outage'> {
    const { outage } = this.#root;
    const roles = this.#scopes.all['main']?.roles ?? {};
    return outage === undefined ? {} : { outage: { hosts: hostsOfRoles(outage.of, roles), because: outage.because } };
  }

  #place(document: ParsedRunbook, part: object): SourceRef {
    const start = document.positions.of(part)?.start ?? 0;
    return { file: relativeFile(this.#project.root.file, document.file), line: document.lines.position(start).line };
  }
}

/** Takes the values of some variables away from all hosts, and of some inputs, so that conditions about them are undecided. */
function leaveOpen(hosts: Plan['hosts'], scopes: Plan['scopes'], { openVars, openInputs }: Sketch): void {
  for (const { vars } of Object.values(hosts)) for (const name of openVars) delete (vars as Record<string, PlainValue>)[name];
  for (const { file, inputs } of Object.values(scopes))
    for (const name of openInputs.get(file) ?? []) delete (inputs as Record<string, PlainValue>)[name];
}
