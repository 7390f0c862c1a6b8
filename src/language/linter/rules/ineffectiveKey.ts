import { isSingleRole, roleNames } from '../../expressions/index.js';
import { parseUseReference } from '../../model/useReference.js';
import type { Step } from '../../schema/generated/runbook.js';
import { isGroup, waysOf } from '../acts.js';
import { flowOf, mayShareHosts, usedBy } from '../flow.js';
import type { Declarations, Finding, LintContext, Rule, StepContext } from '../rule.js';
import type { StepPlace } from '../walk.js';
import { KEYS_OF_GROUPS, KEYS_OF_PEOPLE, KEYS_OF_SCRIPTS } from '../../schema/stepKeys.js';

export const ineffectiveKey: Rule = {
  id: 'ineffective-key',
  scope: 'step',
  family: 'correctness',
  severity: 'warning',
  rationale: 'A key that does nothing where it stands is taken for a safeguard by everybody who reads it.',
  cites: ['capability 41', 'capability 76', 'capability 99'],
  *check(context) {
    const { document, steps, runbook } = context;
    for (const place of steps) {
      for (const { key, why } of idle(place, runbook)) {
        const range = document.positions.key(place.step, key);
        if (range !== undefined) yield { range, message: `"${key}" does nothing here: ${why}` };
      }
      const retry = place.step.retry;
      const range = retry?.every === undefined || retry.times !== undefined ? undefined : document.positions.key(retry, 'every');
      if (range !== undefined)
        yield { range, message: '"every" does nothing here: nothing is tried again by itself; say how often with "times"' };
    }
    yield* idleInOrders(context);
    yield* idleInDeclarations(context);
  },
  *whole(context) {
    const before = new Set(
      flowOf(context)
        .filter(({ section }) => section === 'prerequisites')
        .map(({ step }) => step),
    );
    yield* idleAfterwards(context, before);
    yield* idleInUsed(context, before);
  },
};

interface Idle {
  readonly key: string;
  /** Why, and what to do. */
  readonly why: string;
}

const OF_SCRIPTS = [...KEYS_OF_SCRIPTS, 'become'] as const;

function* idle({ kind, step, around }: StepPlace, runbook: Declarations): Generator<Idle> {
  const has = (key: string): boolean => Object.hasOwn(step, key);
  yield* ofActs(step, has);
  yield* ofUses(step, has);
  if (kind !== 'step') return;
  if (isGroup(step)) yield* ofGroups(step);
  if (has('pause_between') && step.serial === undefined) yield { key: 'pause_between', why: 'there are no batches; add "serial"' };
  if (has('per_hop') && !isGroup(step))
    yield { key: 'per_hop', why: 'only a group is done for each hop; put the step into "steps" of one' };
  if (step.once === true && isOneHost(around.hostRoles, runbook))
    yield { key: 'once', why: 'there is but one host; remove it, or name more hosts with "on"' };
  if (has('serial') && step.per_hop !== true && isOneHost(around.hostRoles, runbook))
    yield { key: 'serial', why: 'there is but one host; remove it, or name more hosts with "on"' };
  if (has('every') && !isGroup(step) && !looksAgain(step))
    yield { key: 'every', why: 'nothing is looked at again; it belongs to "wait", "verify" and "reboot"' };
}

function* ofGroups(step: Step): Generator<Idle> {
  for (const key of Object.keys(step))
    if (!KEYS_OF_GROUPS.has(key))
      yield {
        key,
        why: `it belongs to single steps; put it on those that ${step.use === undefined ? 'are in this group' : 'are used here'}`,
      };
}

function* ofActs(step: Step, has: (key: string) => boolean): Generator<Idle> {
  if (isGroup(step)) return;
  const ways = waysOf(step);
  const people = ways.some((way) => way.manual !== undefined);
  const scripts = ways.some((way) => way.run !== undefined);
  for (const key of OF_SCRIPTS) {
    const takes = scripts || (key === 'become' && ways.some((way) => way.service !== undefined || way.reboot !== undefined));
    if (has(key) && !takes)
      yield {
        key,
        why:
          key === 'become'
            ? 'it belongs to "run", "service" and "reboot", and a probe has its own'
            : 'no script is run; it belongs to "run"',
      };
    else if (key === 'answers' && has(key) && step.methods !== undefined)
      yield { key, why: 'each way answers for itself; put it into the method' };
  }
  for (const key of KEYS_OF_PEOPLE) {
    if (has(key) && !people) yield { key, why: 'nobody is asked; it belongs to "manual"' };
    else if (key === 'evidence' && has(key) && step.methods !== undefined)
      yield { key, why: 'each way has proofs of its own; put it into the method' };
  }
  if (has('outputs') && !scripts && !ways.some((way) => way.http !== undefined))
    yield { key: 'outputs', why: 'nothing is printed or answered; it belongs to "run" and "http"' };
}

function* ofUses(step: Step, has: (key: string) => boolean): Generator<Idle> {
  for (const key of ['roles', 'with'])
    if (has(key) && (step.use === undefined || parseUseReference(step.use)?.file === undefined))
      yield { key, why: 'roles and inputs of this file stay as they are; it belongs to "use" of another file' };
}

/** Without any role, or in a procedure that nothing uses, nothing can be said; `once` without hosts has nothing to be once for. */
function isOneHost(roles: readonly string[] | undefined, runbook: Declarations): boolean {
  if (roles === undefined || roles.length > 1) return false;
  const [name] = roles;
  const role = name === undefined ? undefined : runbook.roles?.[name];
  return name === undefined || (role !== undefined && isSingleRole(role));
}

function looksAgain(step: Step): boolean {
  return step.verify !== undefined || waysOf(step).some((way) => way.wait !== undefined || way.reboot !== undefined);
}

/** What belongs to a step that is done before the others. */
function* idleAfterwards({ steps, document }: LintContext, prerequisites: ReadonlySet<Step>): Generator<Finding> {
  for (const { kind, step } of steps) {
    if (kind !== 'step' || (step.lead_time ?? step.valid_for) === undefined || prerequisites.has(step) || isGroup(step)) continue;
    for (const key of ['lead_time', 'valid_for']) {
      const range = document.positions.key(step, key);
      if (range !== undefined)
        yield { range, message: `"${key}" does nothing here: it belongs to prerequisites; move the step there, or remove it` };
    }
  }
}

/** A lead time of another file, whose prerequisites come in the middle of this runbook. */
function* idleInUsed(context: LintContext, before: ReadonlySet<Step>): Generator<Finding> {
  for (const step of new Set(context.steps.map((place) => place.step))) {
    if (step.use === undefined || parseUseReference(step.use)?.file === undefined || before.has(step)) continue;
    const late = usedBy(step, context)?.find((used) => used.step.lead_time !== undefined && used.document !== context.document);
    const range = late === undefined ? undefined : context.document.positions.value(step, 'use');
    if (late === undefined || range === undefined) continue;
    const name = late.step.id ?? late.step.title;
    const what = `the lead time ${late.step.lead_time ?? ''}${name === undefined ? '' : ` of "${name}"`} does nothing here`;
    yield { range, message: `${what}: it belongs to prerequisites; use that step there, or declare its like there` };
  }
}

/** Host by host, when no host is on both sides. */
function* idleInOrders({ runbook, document }: StepContext): Generator<Finding> {
  for (const order of runbook.order ?? []) {
    const rolesOf = (side: object): readonly string[] =>
      Object.values(side).flatMap((roles: string | readonly string[]) => roleNames(roles));
    const range = order.per === 'host' ? document.positions.key(order, 'per') : undefined;
    if (range === undefined || mayShareHosts(runbook, rolesOf(order.first), rolesOf(order.then))) continue;
    yield { range, message: '"per" does nothing here: no host is on both sides; remove it, or name the same hosts' };
  }
}

/** Keys of a declared value that belong to one type. A scheme has a rule of its own. */
const OF_TYPE = { options: 'choice', suffix: 'file' } as const;

function* idleInDeclarations({ runbook, document }: StepContext): Generator<Finding> {
  const vars = Object.values(runbook.roles ?? {}).flatMap((role) =>
    Object.values(role.vars ?? {}).filter((declared) => typeof declared !== 'string'),
  );
  for (const declared of [...Object.values(runbook.inputs ?? {}), ...Object.values(runbook.facts ?? {}), ...vars]) {
    for (const key of ['options', 'suffix'] as const) {
      const type = OF_TYPE[key];
      const range = declared.type === type ? undefined : document.positions.key(declared, key);
      if (range !== undefined)
        yield { range, message: `"${key}" does nothing here: it belongs to the type "${type}"; write "type: ${type}", or remove it` };
    }
  }
}
