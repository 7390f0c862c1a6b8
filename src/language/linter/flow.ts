import { roleLineage, roleNames } from '../expressions/index.js';
import { parseUseReference, resolveFile } from '../model/useReference.js';
import type { ParsedRunbook } from '../project.js';
import type { Runbook, Step } from '../schema/generated/runbook.js';
import { findUsed } from './named.js';
import type { LintContext } from './rule.js';
import { MOST_STEPS, stepCount } from './stepCount.js';

export type FlowSection = 'prerequisites' | 'steps' | 'finally';

/** A step at the place where it is done. One that is used in several places stands in the flow several times. */
export interface FlowStep {
  readonly step: Step;
  readonly section: FlowSection;
  /** The file the step is written in. */
  readonly document: ParsedRunbook;
  /** Roles of the runbook itself whose hosts it is about, also where another file calls them otherwise. */
  readonly roles: readonly string[];
  /** Place of the last step within it; its own for a step that is no group. */
  last: number;
}

const SECTIONS: readonly FlowSection[] = ['prerequisites', 'steps', 'finally'];
const remembered = new WeakMap<LintContext, readonly FlowStep[]>();
const rememberedUses = new WeakMap<LintContext, Map<string, readonly FlowStep[] | undefined>>();

/**
 * Every step in the order in which a run comes to it, groups before what is in them, with all that is used in its place. Empty where there are
 * too many to follow.
 */
export function flowOf(context: LintContext): readonly FlowStep[] {
  let flow = remembered.get(context);
  if (flow === undefined) {
    const written = SECTIONS.flatMap((section) => context.runbook[section] ?? []);
    flow = stepCount(written, context) > MOST_STEPS ? [] : new Flow(context).run();
    remembered.set(context, flow);
  }
  return flow;
}

/** What a step stands for when it uses something: those steps and all that they use. Undefined when that cannot be read, or is too much. */
export function usedBy(step: Step, context: LintContext): readonly FlowStep[] | undefined {
  if (step.use === undefined) return undefined;
  let uses = rememberedUses.get(context);
  if (uses === undefined) {
    uses = new Map();
    rememberedUses.set(context, uses);
  }
  const key = JSON.stringify([step.use, step.roles]);
  if (!uses.has(key)) uses.set(key, stepCount([step], context) > MOST_STEPS ? undefined : new Flow(context).used(step));
  return uses.get(key);
}

/** Whether two lists of roles may have a host in common. Nothing is said of no role: it is about all of them. */
export function mayShareHosts(runbook: Pick<Runbook, 'roles'>, some: readonly string[], others: readonly string[]): boolean {
  if (some.length === 0 || others.length === 0) return true;
  const isRest = (rest: string, of: string): boolean => runbook.roles?.[rest]?.except === of;
  return some.some((one) =>
    others.some((other) => {
      const roots = [roleLineage(runbook, one).at(-1), roleLineage(runbook, other).at(-1)];
      return roots[0] === roots[1] && !isRest(one, other) && !isRest(other, one);
    }),
  );
}

interface Here {
  readonly document: ParsedRunbook;
  readonly section: FlowSection;
  readonly roles: readonly string[];
  /** What the roles of this file are called in the runbook itself. */
  readonly called: ReadonlyMap<string, string>;
  readonly trail: readonly string[];
}

class Flow {
  readonly #context: LintContext;
  readonly #steps: FlowStep[] = [];

  constructor(context: LintContext) {
    this.#context = context;
  }

  run(): readonly FlowStep[] {
    for (const section of SECTIONS) this.#list(this.#context.runbook[section] ?? [], { ...this.#start(), section });
    return this.#steps;
  }

  used(step: Step): readonly FlowStep[] | undefined {
    return this.#use(step, this.#start()) ? this.#steps : undefined;
  }

  #start(): Here {
    return { document: this.#context.document, section: 'steps', roles: [], called: new Map(), trail: [] };
  }

  #list(steps: readonly Step[], here: Here): void {
    for (const step of steps) {
      const roles = step.on === undefined ? here.roles : roleNames(step.on).map((role) => here.called.get(role) ?? role);
      const entry: FlowStep = { step, section: here.section, document: here.document, roles, last: this.#steps.length };
      this.#steps.push(entry);
      this.#list(step.steps ?? [], { ...here, roles });
      this.#use(step, { ...here, roles });
      entry.last = this.#steps.length - 1;
    }
  }

  /** False when what is used cannot be read. */
  #use(step: Step, here: Here): boolean {
    const reference = step.use === undefined ? undefined : parseUseReference(step.use);
    if (reference === undefined) return false;
    const file = reference.file === undefined ? here.document.file : resolveFile(here.document.file, reference.file);
    const document = file === here.document.file ? here.document : this.#context.files.get(file);
    const mark = `${file}#${reference.id ?? ''}..${reference.to ?? ''}`;
    if (document?.value === undefined || here.trail.includes(mark)) return false;
    const runbook = document.value;
    const steps = reference.id === undefined ? [...(runbook.prerequisites ?? []), ...runbook.steps] : findUsed(runbook, reference);
    const ours = (role: string): string => here.called.get(role) ?? role;
    const bound = Object.entries(step.roles ?? {}).map(([theirs, role]) => [theirs, ours(role)] as const);
    const called = document === here.document ? here.called : new Map([...here.called, ...bound]);
    this.#list(steps ?? [], { ...here, document, called, trail: [...here.trail, mark] });
    return steps !== undefined;
  }
}
