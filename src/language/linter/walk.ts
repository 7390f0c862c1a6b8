import { parseUseReference } from '../model/useReference.js';
import { hasSeveralHops, roleNames } from '../expressions/index.js';
import type { ExtraName } from '../expressions/index.js';
import { PlacedText } from './placedText.js';
import type { Standing } from './placedText.js';
import type { ParsedRunbook } from '../project.js';
import type { Runbook, Step } from '../schema/generated/runbook.js';
import type { JsonSchema, TextFormat } from '../schema/jsonSchema.js';
import { branchFor, kindOfValue, memberSchema } from '../schema/lookup.js';
import { runbookSchema } from '../schema/runbookSchema.js';
import type { Range } from '../text/range.js';
import { findUsed } from './named.js';

/** A text with what its place gives it. */
export interface TextPlace {
  readonly text: string;
  /** Undefined for plain text. */
  readonly format: TextFormat | undefined;
  readonly container: object;
  readonly key: string | number;
  /** Name of the nearest key above, also for items of a list. */
  readonly label: string;
  /** Source of the whole scalar. */
  readonly range: Range;
  /** Text of the file that it stands in. */
  readonly source: string;
  /** In a script. */
  readonly script: boolean;
  readonly around: Surroundings;
}

/** What a step gives to everything in it. */
export interface Surroundings {
  /** Roles of the hosts `host` stands for; undefined in a procedure that nothing in the file uses. */
  readonly hostRoles: readonly string[] | undefined;
  readonly from: string | undefined;
  readonly once: boolean;
  readonly extras: readonly ExtraName[];
  readonly secrets: boolean;
  /** There is one hop of the upgrade path that this is about. */
  readonly hop: boolean;
  /** The step this belongs to, and the key of it; also within its methods, its undo and its remedies. */
  readonly owner?: { readonly step: Step; readonly key: string };
}

export type StepKind = 'step' | 'method' | 'undo' | 'remedy';

/** A step, or a part of one that acts. */
export interface StepPlace {
  readonly kind: StepKind;
  readonly step: Step;
  readonly around: Surroundings;
}

const SECRET_KEYS = new Set(['env', 'headers', 'form', 'json', 'user', 'password', 'answer']);
const STEP_KINDS: Readonly<Record<string, StepKind>> = {
  '#/definitions/step': 'step',
  '#/definitions/method': 'method',
  '#/definitions/undo': 'undo',
  '#/definitions/remedy': 'remedy',
};
const STEP = { $ref: '#/definitions/step' };
const NOWHERE: Surroundings = { hostRoles: [], from: undefined, once: false, extras: [], secrets: false, hop: false };

/** A part of a walk: what a step says itself, without the steps in it; or what is around all steps. */
export interface Visit {
  readonly step: Step | undefined;
  /** What the step is given by all that is around it: the same words mean the same surroundings. */
  readonly key: string;
  readonly texts: TextPlace[];
  readonly steps: StepPlace[];
}

/** What walks over one file, text after text, have in common: what a step says is the same as long as it and its surroundings are. */
export class WalkMemory {
  /** The text as it is now: remembered places are looked up there. */
  readonly standing: Standing;
  #before: ReadonlyMap<Step, ReadonlyMap<string, Visit>> = new Map();
  #now = new Map<Step, Map<string, Visit>>();

  constructor(document: ParsedRunbook) {
    this.standing = { document };
  }

  begin(document: ParsedRunbook): void {
    this.standing.document = document;
    this.#before = this.#now;
    this.#now = new Map();
  }

  recall(step: Step, key: string): Visit | undefined {
    return this.#before.get(step)?.get(key);
  }

  keep(step: Step, visit: Visit): void {
    const known = this.#now.get(step);
    if (known === undefined) this.#now.set(step, new Map([[visit.key, visit]]));
    else known.set(visit.key, visit);
  }
}

/**
 * Visits everything in a runbook once for each surrounding it is used in: what `use` names is visited with the hosts of the user. The parts in
 * the order of the walk.
 */
export function walkRunbook(document: ParsedRunbook, runbook: Runbook, memory?: WalkMemory): readonly Visit[] {
  memory?.begin(document);
  const walk = new Walk(memory?.standing ?? { document }, runbook, memory);
  walk.run();
  return walk.visits;
}

class Walk {
  readonly visits: Visit[] = [];
  readonly #standing: Standing;
  readonly #memory: WalkMemory | undefined;
  readonly #keys = new Map<Surroundings, string>();
  #here: Visit;
  readonly #runbook: Runbook;
  readonly #used = new Set<string>();
  readonly #called = new Set<string>();

  constructor(standing: Standing, runbook: Runbook, memory: WalkMemory | undefined) {
    this.#standing = standing;
    this.#runbook = runbook;
    this.#memory = memory;
    this.#here = this.#open(undefined, '');
  }

  run(): void {
    const { procedures, ...rest } = this.#runbook;
    const nowhere = { ...NOWHERE, hop: this.#runbook.upgrade !== undefined && !hasSeveralHops(this.#runbook) };
    this.#members(rest, this.#runbook, runbookSchema, nowhere, 'runbook', false);
    for (const [name, steps] of Object.entries(procedures ?? {})) {
      if (this.#called.has(name)) continue;
      this.#steps(steps, { ...nowhere, hop: this.#runbook.upgrade !== undefined, hostRoles: undefined });
    }
  }

  #members(members: object, container: object, schema: JsonSchema, around: Surroundings, label: string, script: boolean): void {
    for (const [key, member] of Object.entries(members)) {
      const inner = memberSchema(schema, key);
      if (inner === undefined) continue;
      const named = /^[a-z_]+$/.test(key) && schema.properties !== undefined ? key : label;
      this.#visit(member, inner, container, key, this.#inMember(container, key, ownedBy(container, key, around)), named, script);
    }
  }

  #inMember(container: object, key: string, around: Surroundings): Surroundings {
    const value = (container as Record<string, unknown>)[key];
    if (SECRET_KEYS.has(key)) return { ...around, secrets: true };
    if (key === 'http' && typeof value === 'object') return { ...around, extras: ['body', 'status'] };
    if (key === 'instead' || (key.endsWith('when') && 'severity' in container)) return { ...around, hop: true };
    if (key === 'outputs') return { ...around, extras: extrasOf(container) };
    if (key === 'where') return { ...around, hostRoles: roleNames((container as { of?: string }).of) };
    if (key === 'read') return { ...around, hostRoles: roleNames((container as { on?: string | readonly string[] }).on) };
    // Titles and inputs of what is used are settled before any host is chosen.
    if (key === 'title' || key === 'with') return { ...around, hostRoles: [] };
    return around;
  }

  #visit(
    value: unknown,
    schema: JsonSchema,
    container: object,
    key: string | number,
    around: Surroundings,
    label: string,
    inScript: boolean,
  ): void {
    const branch = branchFor(runbookSchema, schema, kindOfValue(value));
    if (branch === undefined) return;
    const script = inScript || schema.$ref === '#/definitions/script';
    const stepKind = schema.$ref === undefined ? undefined : STEP_KINDS[schema.$ref];
    if (stepKind !== undefined) this.#step(stepKind, value as Step, branch, around);
    else if (Array.isArray(value))
      value.forEach((item, index) => this.#visit(item, branch.items ?? {}, value, index, around, label, script));
    else if (typeof value === 'object' && value !== null) this.#members(value, value, branch, around, label, script);
    else if (typeof value === 'string')
      this.#here.texts.push(new PlacedText(this.#standing, value, branch.format, container, key, label, script, around));
  }

  #steps(steps: readonly Step[], around: Surroundings): void {
    const { step: outer, key } = this.#here;
    const branch = branchFor(runbookSchema, STEP, 'mapping');
    if (branch !== undefined) for (const step of steps) this.#step('step', step, branch, around);
    this.#here = this.#open(outer, key);
  }

  #open(step: Step | undefined, key: string): Visit {
    const visit: Visit = { step, key, texts: [], steps: [] };
    this.visits.push(visit);
    return visit;
  }

  #keyOf(around: Surroundings): string {
    let key = this.#keys.get(around);
    if (key === undefined) {
      const { hostRoles, from, once, extras, secrets, hop } = around;
      key = JSON.stringify([hostRoles ?? null, from ?? null, once, extras, secrets, hop]);
      this.#keys.set(around, key);
    }
    return key;
  }

  #step(kind: StepKind, step: Step, schema: JsonSchema, outer: Surroundings): void {
    const key = kind === 'step' ? this.#keyOf(outer) : '';
    const known = kind === 'step' ? this.#memory?.recall(step, key) : undefined;
    if (known !== undefined) {
      this.visits.push(known);
      this.#here = known;
      this.#memory?.keep(step, known);
      if (step.steps === undefined && step.use === undefined) return;
    }
    const inside = insideOf(kind, step, outer);
    const { steps, ...rest } = step;
    if (known === undefined) {
      if (kind === 'step') this.#here = this.#open(step, key);
      const opened = this.#here;
      opened.steps.push({ kind, step, around: inside });
      // Once for all hosts together: there is no one host to speak of.
      this.#members(rest, step, schema, inside.once ? { ...inside, hostRoles: [] } : inside, 'step', false);
      // What uses something in its midst is not remembered.
      if (kind === 'step' && this.#here === opened) this.#memory?.keep(step, opened);
    }
    if (steps !== undefined) this.#steps(steps, inside);
    if (step.use !== undefined) this.#use(step.use, inside);
  }

  /** What is used from this file is visited as if it stood here. */
  #use(reference: string, around: Surroundings): void {
    const parsed = parseUseReference(reference);
    if (parsed?.id === undefined || parsed.file !== undefined) return;
    const mark = `${parsed.id}..${parsed.to ?? ''}|${around.hostRoles?.join() ?? '?'}|${String(around.once)}|${around.from ?? ''}|${String(around.hop)}`;
    this.#called.add(parsed.id);
    if (this.#used.has(mark)) return;
    this.#used.add(mark);
    this.#steps(findUsed(this.#runbook, parsed) ?? [], around);
  }
}

/** What a step, or a part of one that acts, gives to everything in it. */
function insideOf(kind: StepKind, step: Step, outer: Surroundings): Surroundings {
  const own = kind === 'step' && step.on !== undefined;
  return {
    ...outer,
    once: own ? (step.once ?? false) : (step.once ?? outer.once),
    from: step.from ?? (own ? undefined : outer.from),
    hostRoles: own ? roleNames(step.on) : outer.hostRoles,
    hop: outer.hop || step.per_hop === true,
    ...(kind === 'step' ? { owner: { step, key: '' } } : {}),
  };
}

function ownedBy(container: object, key: string, around: Surroundings): Surroundings {
  return around.owner?.step === container ? { ...around, owner: { step: around.owner.step, key } } : around;
}

/** What a step yields for its outputs to be taken from. */
function extrasOf(step: Step): readonly ExtraName[] {
  const ways = [step, ...Object.values(step.methods ?? {})];
  const web = ways.some((way) => way.http !== undefined);
  const shell = ways.some((way) => way.http === undefined);
  return [...(web ? (['body', 'status'] as const) : []), ...(shell ? (['stdout', 'exit'] as const) : [])];
}
