import { findUsed, parseUseReference, resolveFile, roleNames } from '../../../language/index.js';
import type { ParsedRunbook, Project, Runbook, Step } from '../../../language/index.js';
import { SiblingIds } from '../../../planner/index.js';
import type { Act, ActGroup, ActSection, Owned } from './act.js';

/** Steps of one runbook that are followed; reuse that multiplies itself ends here. */
export const MOST_ACTS = 20_000;

/** Every single step of a runbook in the order of the run, with all that is used in its place. */
export interface Flow {
  readonly acts: readonly Act[];
  /** There were more than {@link MOST_ACTS}. */
  readonly isCut: boolean;
}

/** Follows a runbook; what its files hold and nothing comes to is listed last. A project whose root cannot be read has no acts. */
export function flowOf(project: Project): Flow {
  const root = project.root.value;
  if (root === undefined) return { acts: [], isCut: false };
  const walk = new FlowWalk(project);
  walk.run(project.root, root);
  return { acts: walk.acts, isCut: walk.isCut };
}

type Inherited = Pick<Act, 'section' | 'document' | 'groups' | 'roles' | 'from' | 'once' | 'conditions' | 'batches' | 'pauses' | 'perHop'>;

interface Here extends Inherited {
  readonly prefix: string;
  /** What the roles of this file are called in the runbook itself. */
  readonly called: ReadonlyMap<string, string>;
  readonly trail: readonly string[];
}

class FlowWalk {
  readonly acts: Act[] = [];
  isCut = false;
  readonly #project: Project;
  readonly #reached = new Set<Step>();

  constructor(project: Project) {
    this.#project = project;
  }

  run(document: ParsedRunbook, root: Runbook): void {
    const ids = new SiblingIds([...(root.prerequisites ?? []), ...root.steps, ...(root.finally ?? [])]);
    for (const section of ['prerequisites', 'steps', 'finally'] as const) this.#list(root[section] ?? [], start(document, section), ids);
    this.#instead(root, start(document, 'instead'));
    for (const [name, steps] of Object.entries(root.procedures ?? {}))
      if (steps.some((step) => !this.#reached.has(step))) this.#list(steps, { ...start(document, 'procedures'), prefix: name });
  }

  /** More specific runbooks for certain hops: what they do is done in place of the steps. */
  #instead(runbook: Runbook, here: Here): void {
    for (const instead of runbook.upgrade?.instead ?? []) {
      const { when: _when, ...used } = instead;
      const path = join(here.prefix, `instead/${fileName(instead.use)}`);
      this.#use(used, { ...here, section: here.section === 'steps' ? 'instead' : here.section, prefix: path });
    }
  }

  #list(steps: readonly Step[], here: Here, ids: SiblingIds = new SiblingIds(steps)): void {
    for (const step of steps) {
      if (this.acts.length >= MOST_ACTS) {
        this.isCut = true;
        return;
      }
      this.#step(step, ids.take(step), here);
    }
  }

  #step(step: Step, id: string, here: Here): void {
    this.#reached.add(step);
    const path = join(here.prefix, id);
    const inner = inherit(step, path, here);
    if (step.steps === undefined && step.use === undefined) {
      const { prefix: _prefix, called: _called, trail: _trail, ...inherited } = inner;
      this.acts.push({ ...inherited, path, id, step });
      return;
    }
    const group: ActGroup = { step, document: here.document, path };
    const inside = { ...inner, prefix: path, groups: [...here.groups, group] };
    if (step.steps !== undefined) this.#list(step.steps, inside);
    else this.#use(step, inside);
  }

  #use(step: Step, here: Here): void {
    const reference = step.use === undefined ? undefined : parseUseReference(step.use);
    if (reference === undefined) return;
    const file = reference.file === undefined ? here.document.file : resolveFile(here.document.file, reference.file);
    const document = this.#project.files.get(file);
    const mark = `${file}#${reference.id ?? ''}..${reference.to ?? ''}`;
    if (document?.value === undefined || here.trail.includes(mark)) return;
    const bound = Object.entries(step.roles ?? {}).map(([theirs, role]) => [theirs, here.called.get(role) ?? role] as const);
    const called = document === here.document ? here.called : new Map([...here.called, ...bound]);
    const inside = { ...here, document, called, trail: [...here.trail, mark] };
    if (reference.id !== undefined) {
      this.#list(findUsed(document.value, reference) ?? [], inside);
      return;
    }
    const { prerequisites = [], steps } = document.value;
    this.#list([...prerequisites, ...steps], inside);
    if (document !== here.document) this.#instead(document.value, inside);
  }
}

function start(document: ParsedRunbook, section: ActSection): Here {
  return {
    document,
    section,
    prefix: '',
    groups: [],
    roles: undefined,
    from: undefined,
    once: undefined,
    conditions: [],
    batches: [],
    pauses: [],
    perHop: undefined,
    called: new Map(),
    trail: [],
  };
}

/** What a step passes on, or has itself: the rules are those of the planner. */
function inherit(step: Step, path: string, here: Here): Here {
  const { document, called } = here;
  const owned = <Value>(value: Value): Owned<Value> => ({ value, step, document, path });
  const ours = (role: string): string => called.get(role) ?? role;
  const own = step.on !== undefined;
  const isGroup = step.steps !== undefined || step.use !== undefined;
  return {
    ...here,
    roles: own ? owned(roleNames(step.on).map(ours)) : here.roles,
    from: step.from !== undefined ? owned(ours(step.from)) : own ? undefined : here.from,
    once: step.once !== undefined ? owned(step.once) : own ? undefined : here.once,
    conditions: step.when === undefined ? here.conditions : [...here.conditions, owned(step.when)],
    batches: step.serial === undefined || !isGroup ? here.batches : [...here.batches, owned(step.serial)],
    pauses: step.pause_between === undefined || !isGroup ? here.pauses : [...here.pauses, owned(step.pause_between)],
    perHop: step.per_hop === true ? owned(true) : here.perHop,
  };
}

function join(prefix: string, id: string): string {
  return prefix === '' ? id : `${prefix}/${id}`;
}

function fileName(reference: string): string {
  return (parseUseReference(reference)?.file ?? reference).split('/').at(-1) ?? reference;
}
