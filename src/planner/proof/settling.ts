import type { ParsedInventory, Project, Runbook } from '../../language/index.js';
import { PlanBuilder } from '../building/planBuilder.js';
import { isSettled } from '../draft.js';
import type { Draft, GivenFact } from '../draft.js';
import type { PlainValue } from '../plan.js';
import { Problems } from '../problem.js';
import { START_FACT } from '../upgrade/judge.js';
import type { FoundHost } from './axes.js';
import { openInputsOf } from './openInputs.js';
import type { OpenInputs } from './openInputs.js';
import type { VersionPath } from './paths.js';
import { sampleValue, valueForRole } from './sampleValues.js';
import { openVarsOf } from './variantInventory.js';

/** Problems that only the made-up values have: real ones are checked with the real inventory. */
const OF_SAMPLES = new Set(['missing-input', 'input-type', 'missing-var', 'var-type', 'var-conflict']);
/** Finding out one thing may open the next: a role, the version of its host, the role of a file that is used. */
const MOST_ROUNDS = 6;

/** What a variant is drafted from. */
export interface VariantRequest {
  readonly inventory: ParsedInventory;
  readonly inputs: Readonly<Record<string, PlainValue>>;
  readonly path: VersionPath | undefined;
  readonly found: FoundHost;
  /** Values of facts that decide which runbook is followed, by name. */
  readonly answers: Readonly<Record<string, PlainValue>>;
}

/** A draft in which everything that decides the plan has been given some value. */
export interface SettledSketch {
  readonly draft: Draft;
  readonly facts: readonly GivenFact[];
}

/** Drafts variants of a project. What had to be found out for one is tried first for the next. */
export class Settling {
  readonly #project: Project;
  readonly #root: Runbook;
  readonly #openVars: ReadonlySet<string>;
  readonly #openInputs: OpenInputs;
  readonly #learned = new Map<string, readonly GivenFact[]>();

  /** `tried`: inputs that variants go through. */
  constructor(project: Project, root: Runbook, tried: ReadonlySet<string>) {
    this.#project = project;
    this.#root = root;
    this.#openInputs = openInputsOf(project, tried);
    this.#openVars = openVarsOf([...project.files.values()].flatMap(({ value }) => value ?? []));
  }

  /** `topology`: the same for all variants with the same hosts and answers. */
  settle(topology: string, request: VariantRequest): SettledSketch {
    const { path } = request;
    let facts: readonly GivenFact[] = (this.#learned.get(topology) ?? []).map((fact) =>
      this.#isInstalled(fact) && path !== undefined ? { ...fact, value: path.from } : fact,
    );
    for (let round = 1; ; round++) {
      const problems = new Problems();
      const made = new PlanBuilder({ ...request, project: this.#project, facts }, this.#root, problems, {
        openVars: this.#openVars,
        openInputs: this.#openInputs,
      }).build();
      const found = isSettled(made) ? [] : this.#answers(made, facts, request);
      if (found.length > 0 && round < MOST_ROUNDS) {
        facts = [...facts, ...found];
        continue;
      }
      if (!this.#learned.has(topology)) this.#learned.set(topology, facts);
      const real = problems.list.filter(({ diagnostic }) => !OF_SAMPLES.has(diagnostic.code));
      return { facts, draft: { ...made, problems: real, plan: real.length > 0 ? undefined : made.plan } };
    }
  }

  #answers(draft: Draft, known: readonly GivenFact[], { path, found, answers }: VariantRequest): readonly GivenFact[] {
    const roles = draft.openRoles.flatMap(({ scope, of, where, facts }) =>
      facts.map(({ fact, host }): GivenFact => {
        const declared = draft.plan?.scopes[scope]?.facts[fact] ?? { type: 'boolean' };
        return { scope, fact, host, value: valueForRole(fact, declared, where, host === (found === 'last' ? of.at(-1) : of[0])) };
      }),
    );
    const deciding = draft.openFacts
      .filter(({ decides }) => decides === 'path')
      .map(({ scope, fact, host }): GivenFact => {
        const declared = draft.plan?.scopes[scope]?.facts[fact] ?? { type: 'version' };
        const value = answers[fact] ?? (declared.type === 'version' ? path?.from : undefined) ?? sampleValue(declared);
        return { scope, fact, ...(host === undefined ? {} : { host }), value };
      });
    const isNew = (given: GivenFact): boolean =>
      !known.some(({ scope, fact, host }) => scope === given.scope && fact === given.fact && host === given.host);
    return [...roles, ...deciding].filter(isNew);
  }

  #isInstalled({ scope, fact }: GivenFact): boolean {
    return fact === START_FACT || (scope === 'main' && fact === this.#root.upgrade?.installed);
  }
}
