import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLanguageService } from '../../src/language/index.js';
import type {
  Diagnostic,
  Inventory,
  LanguageService,
  OutlineNode,
  ParsedInventory,
  Project,
  RunbookCard,
  TextLink,
} from '../../src/language/index.js';
import { draftPlan, stepsOf } from '../../src/planner/index.js';
import type { Draft, GivenFact, Plan, PlainValue, PlanStep } from '../../src/planner/index.js';
import { withoutNode } from './node.js';
import type { NodeRef } from './node.js';

const EXAMPLES = join(import.meta.dirname, '../../examples');

export interface Circumstances {
  readonly inputs?: Readonly<Record<string, PlainValue>>;
  /** `fact` or `fact@host`. */
  readonly facts?: Readonly<Record<string, PlainValue>>;
  /** Variables of roles that differ from those in the inventory. */
  readonly vars?: Readonly<Record<string, Readonly<Record<string, PlainValue>>>>;
}

/** The shipped examples as they are, or with one node taken out. Everything is read afresh: nothing is shared between rows. */
export class Examples {
  readonly #without: NodeRef | undefined;
  readonly #service: LanguageService;

  constructor(without?: NodeRef) {
    this.#without = without;
    this.#service = createLanguageService({ workspace: { readText: (file) => this.#read(file) } });
  }

  /** Text of a file below `examples/`. */
  async text(file: string): Promise<string> {
    const text = await this.#read(join(EXAMPLES, file));
    if (text === undefined) throw new Error(`there is no example ${file}`);
    return text;
  }

  async project(runbook: string): Promise<Project> {
    const project = await this.#service.loadProject(join(EXAMPLES, runbook));
    if (project === undefined) throw new Error(`there is no example ${runbook}`);
    return project;
  }

  async inventory(inventory: string): Promise<ParsedInventory> {
    return this.#service.parseInventory(join(EXAMPLES, inventory), await this.text(inventory));
  }

  async draft(runbook: string, inventory: string, { inputs = {}, facts = {}, vars = {} }: Circumstances = {}): Promise<Draft> {
    const parsed = await this.inventory(inventory);
    return draftPlan({
      project: await this.project(runbook),
      inventory: parsed.value === undefined ? parsed : { ...parsed, value: { ...parsed.value, vars: mergedVars(parsed.value.vars, vars) } },
      inputs,
      facts: givenFacts(facts),
    });
  }

  /** The plan, which must have no problem. */
  async plan(runbook: string, inventory: string, circumstances: Circumstances = {}): Promise<Plan> {
    const { plan, problems } = await this.draft(runbook, inventory, circumstances);
    if (plan === undefined) throw new Error(problems.map(({ diagnostic }) => diagnostic.message).join('\n'));
    return plan;
  }

  /** What a list of runbooks says about one of them. */
  async card(runbook: string): Promise<RunbookCard> {
    return this.#service.card(join(EXAMPLES, runbook), await this.text(runbook));
  }

  /** Where the texts of a runbook lead. */
  async links(runbook: string): Promise<readonly TextLink[]> {
    return this.#service.links(join(EXAMPLES, runbook), await this.text(runbook));
  }

  async outline(runbook: string): Promise<readonly OutlineNode[]> {
    return this.#service.outline(join(EXAMPLES, runbook), await this.text(runbook));
  }

  /** Findings of the linter in a runbook and what it uses. */
  async findings(runbook: string): Promise<readonly Diagnostic[]> {
    return [...(await this.project(runbook)).diagnostics.values()].flat();
  }

  async #read(file: string): Promise<string | undefined> {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    const without = this.#without;
    return without !== undefined && text !== undefined && file === join(EXAMPLES, without.file) ? withoutNode(text, without.path) : text;
  }
}

/** Facts by `fact` or `fact@host`, as the planner takes them. */
export function givenFacts(facts: NonNullable<Circumstances['facts']>): readonly GivenFact[] {
  return Object.entries(facts).map(([name, value]): GivenFact => {
    const [fact = '', host] = name.split('@');
    return { scope: 'main', fact, ...(host === undefined ? {} : { host }), value };
  });
}

/** The one step of a plan with a path or, where it is the only one, with an id. */
export function stepOf(plan: Plan, name: string): PlanStep {
  const steps = [...stepsOf(plan.steps)];
  const found = steps.filter((step) => step.path === name);
  const matching = found.length > 0 ? found : steps.filter((step) => step.id === name);
  const [step] = matching;
  if (step === undefined || matching.length > 1) throw new Error(`${String(matching.length)} steps are named ${name}`);
  return step;
}

/** Paths of all steps, in the order of the plan. */
export function pathsOf(plan: Plan): readonly string[] {
  return [...stepsOf(plan.steps)].map(({ path }) => path);
}

function mergedVars(own: Inventory['vars'] = {}, more: NonNullable<Circumstances['vars']>): NonNullable<Inventory['vars']> {
  return Object.fromEntries(
    [...new Set([...Object.keys(own), ...Object.keys(more)])].map((role) => [role, { ...own[role], ...more[role] }]),
  );
}
