import { parseUseReference } from '../model/useReference.js';
import { hasSeveralHops, roleNames } from '../expressions/index.js';
import type { ExtraName } from '../expressions/index.js';
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

/** Visits everything in a runbook once for each surrounding it is used in: what `use` names is visited with the hosts of the user. */
export function walkRunbook(
  document: ParsedRunbook,
  runbook: Runbook,
): { readonly texts: readonly TextPlace[]; readonly steps: readonly StepPlace[] } {
  const walk = new Walk(document, runbook);
  walk.run();
  return { texts: walk.texts, steps: walk.steps };
}

class Walk {
  readonly texts: TextPlace[] = [];
  readonly steps: StepPlace[] = [];
  readonly #document: ParsedRunbook;
  readonly #runbook: Runbook;
  readonly #used = new Set<string>();
  readonly #called = new Set<string>();

  constructor(document: ParsedRunbook, runbook: Runbook) {
    this.#document = document;
    this.#runbook = runbook;
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
      this.texts.push({ text: value, format: branch.format, container, key, label, range: this.#rangeOf(container, key), script, around });
  }

  #steps(steps: readonly Step[], around: Surroundings): void {
    steps.forEach((step, index) => this.#visit(step, STEP, steps, index, around, 'steps', false));
  }

  #step(kind: StepKind, step: Step, schema: JsonSchema, outer: Surroundings): void {
    const own = kind === 'step' && step.on !== undefined;
    const once = own ? (step.once ?? false) : (step.once ?? outer.once);
    const from = step.from ?? (own ? undefined : outer.from);
    const onRoles = own ? roleNames(step.on) : outer.hostRoles;
    const inside: Surroundings = {
      ...outer,
      once,
      from,
      hostRoles: onRoles,
      hop: outer.hop || step.per_hop === true,
      ...(kind === 'step' ? { owner: { step, key: '' } } : {}),
    };
    // Once for all hosts together: there is no one host to speak of.
    const here: Surroundings = once ? { ...inside, hostRoles: [] } : inside;
    this.steps.push({ kind, step, around: inside });
    const { steps, ...rest } = step;
    this.#members(rest, step, schema, here, 'step', false);
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

  #rangeOf(container: object, key: string | number): Range {
    const { positions } = this.#document;
    return positions.value(container, key) ?? positions.of(container) ?? { start: 0, end: 0 };
  }
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
