import { parseDuration, roleLineage, roleNames } from '../../../../src/language/index.js';
import type { Runbook, Step } from '../../../../src/language/index.js';
import { allEffects, sortOf } from '../../../../src/review/difference/flow/act.js';
import type { ChangeKind } from '../../../../src/review/index.js';
import { isStepList, Weakener } from './weakenings.js';
import type { Weakening } from './weakenings.js';

/** Every weakening of a runbook that has a kind. */
export function* weakeningsOf(weakener: Weakener): Generator<Weakening> {
  yield* ofKeys(weakener);
  yield* ofLists(weakener);
  yield* ofSteps(weakener);
  yield* ofDeclarations(weakener);
}

const DELETED: Readonly<Record<string, ChangeKind>> = {
  evidence: 'gate-weakened',
  approver: 'approval-dropped',
  verify: 'verify-removed',
  timeout: 'timeout-removed',
  serial: 'hosts-widened',
  undo: 'undo-removed',
  pause_between: 'pause-shortened',
  valid_for: 'validity-raised',
  demands: 'advisory-weakened',
};

function* ofKeys(weakener: Weakener): Generator<Weakening> {
  const inSteps = weakener.places.filter(({ path }) => path.some((part) => typeof part === 'number'));
  for (const { path, key, value, parent } of inSteps) {
    const kind = typeof key === 'string' && Object.hasOwn(DELETED, key) ? DELETED[key] : undefined;
    if (kind !== undefined && key !== 'serial') yield weakener.without(path, `${String(key)} removed`, kind);
    // Of a single step, ten hosts at a time are usual.
    if (key === 'serial' && ('steps' in (parent as Step) || 'use' in (parent as Step) || Number(value) < 10))
      yield weakener.without(path, 'serial removed', 'hosts-widened');
    if (key === 'timeout' && typeof value === 'string')
      yield weakener.with(path, `${String((parseDuration(value) ?? 0) / 100)}s`, 'timeout raised', 'timeout-raised');
    if (key === 'when' && !path.includes('watch') && !path.includes('instead') && isStep(parent))
      yield weakener.without(path, 'when removed', path[0] === 'next' ? 'next-changed' : 'when-changed');
    if (key === 'run' && typeof value === 'string') {
      const kinds: readonly ChangeKind[] = isAsked(path)
        ? ['verify-changed', 'check-changed', 'fact-changed', 'unless-changed', 'script-changed']
        : ['script-changed'];
      yield weakener.with(path, `${value}\ntouch /tmp/changed`, 'script changed', ...kinds);
    }
    if (key === 'stdout' && isAsked(path))
      yield weakener.without(path, 'output not looked at', 'verify-weakened', 'check-weakened', 'fact-changed', 'unless-changed');
    if (key === 'except') yield weakener.with(path, 'nobody', 'others left out', 'hosts-changed');
  }
}

function* ofLists(weakener: Weakener): Generator<Weakening> {
  for (const { path, value, key } of weakener.places) {
    if (!Array.isArray(value)) continue;
    if (key === 'evidence' && value.length > 1)
      for (const index of value.keys()) yield weakener.without([...path, index], 'one evidence removed', 'gate-weakened');
    if (key === 'all')
      for (const index of value.keys())
        if (value.length > 1)
          yield weakener.without([...path, index], 'one condition removed', 'verify-weakened', 'check-weakened', 'unless-changed');
    if (key === 'stages' || (key === 'effects' && !isImplied(weakener, path)))
      yield weakener.without(path, `${key} removed`, 'effects-removed');
    if (path.length === 1 && key === 'order') yield* ofOrders(weakener, value as NonNullable<Runbook['order']>);
    const lists: Readonly<Record<string, ChangeKind>> = {
      advisories: 'advisory-removed',
      invariants: 'check-removed',
      stops: 'stop-removed',
    };
    const kind = typeof key === 'string' && Object.hasOwn(lists, key) && path.length <= 2 ? lists[key] : undefined;
    if (kind !== undefined)
      for (const index of value.keys()) yield weakener.without([...path, index], `one of ${String(key)} removed`, kind);
    if (isStepList(path)) yield* ofStepList(weakener, path, value as readonly Step[]);
  }
}

function isImplied(weakener: Weakener, path: readonly (string | number)[]): boolean {
  const step = weakener.places.find((place) => place.path.join('/') === path.slice(0, -1).join('/'))?.value as Step;
  const { effects: _effects, ...rest } = step;
  return allEffects(rest).length === allEffects(step).length;
}

function* ofOrders(weakener: Weakener, orders: NonNullable<Runbook['order']>): Generator<Weakening> {
  for (const [index, order] of orders.entries()) {
    yield weakener.without(['order', index], 'order removed', 'order-removed');
    if (JSON.stringify(order.first) !== JSON.stringify(order.then))
      yield weakener.with(['order', index], { ...order, first: order.then, then: order.first }, 'order reversed', 'order-reversed');
    for (const side of ['first', 'then'] as const)
      for (const [effect, roles] of Object.entries(order[side]))
        if (roleNames(roles).length > 1)
          yield weakener.with(['order', index, side, effect], roleNames(roles)[0], 'order about fewer roles', 'order-weakened');
  }
}

function* ofStepList(weakener: Weakener, path: readonly (string | number)[], steps: readonly Step[]): Generator<Weakening> {
  for (const [index, step] of steps.entries()) {
    if (steps.length > 1 && step.steps === undefined && step.use === undefined)
      yield weakener.without([...path, index], 'step removed', removalOf(step, path));
    const next = steps[index + 1];
    if (next === undefined) continue;
    const acts = [step, next].some(
      (one) => one.steps === undefined && one.use === undefined && (sortOf(one) === 'act' || allEffects(one).length > 0),
    );
    const swapped = steps.map((one, at) => (at === index ? next : at === index + 1 ? step : one));
    if (acts && isDone(weakener, path)) yield weakener.with(path, swapped, `swapped ${String(index)}`, 'step-order-changed');
  }
}

/** Procedures are done in the order of what uses them: a swap in an unused one, or one that is used by ranges, may mean something else. */
function isDone(_weakener: Weakener, [top]: readonly (string | number)[]): boolean {
  return top !== 'procedures';
}

function removalOf(step: Step, [top]: readonly (string | number)[]): ChangeKind {
  const sort = sortOf(step);
  if (sort === 'gate') return allEffects(step).length > 0 && top === 'prerequisites' ? 'prerequisite-removed' : 'gate-removed';
  if (sort === 'check') return 'check-removed';
  return top === 'prerequisites' ? 'prerequisite-removed' : 'step-removed';
}

function* ofSteps(weakener: Weakener): Generator<Weakening> {
  const runbook = weakener.data as unknown as Runbook;
  const [secret] = Object.keys(runbook.secrets ?? {});
  for (const { path, value } of weakener.places) {
    if (!isStepList(path.slice(0, -1)) || typeof path.at(-1) !== 'number') continue;
    const step = value as Step;
    if (step.on !== undefined && !(innerOf(step, runbook) ?? [{}]).every(({ on }: Step) => on !== undefined))
      yield* widened(weakener, [...path, 'on'], roleNames(step.on), runbook);
    if (step.steps !== undefined || step.use !== undefined) continue;
    if (step.irreversible === undefined && sortOf(step) === 'act')
      yield weakener.with([...path, 'irreversible'], 'It cannot be.', 'irreversible added', 'irreversible-added');
    if (step.optional !== true)
      yield weakener.with([...path, 'optional'], true, 'may be left out', 'gate-weakened', 'check-weakened', 'when-changed');
    if (step.unless === undefined) yield weakener.with([...path, 'unless'], { that: 'true' }, 'unless added', 'unless-changed');
    if (step.retry?.safe !== true)
      yield weakener.with([...path, 'retry'], { ...step.retry, safe: true }, 'repetition allowed', 'repetition-allowed');
    if (step.retry?.safe === true)
      yield weakener.with([...path, 'retry'], { ...step.retry, times: 99 }, 'retries raised', 'retries-raised');
    if (step.verify !== undefined)
      yield weakener.with([...path, 'verify'], { any: [step.verify, { that: 'true' }] }, 'verify weakened', 'verify-weakened');
    if (step.check !== undefined)
      yield weakener.with([...path, 'check'], { any: [step.check, { that: 'true' }] }, 'check weakened', 'check-weakened');
    if (step.run === undefined) continue;
    if (step.become === undefined) yield weakener.with([...path, 'become'], true, 'sudo added', 'become-added');
    if (secret !== undefined && !JSON.stringify(step).includes(`secrets.${secret}`))
      yield weakener.with([...path, 'env'], { ...step.env, SEEN: `\${{ secrets.${secret} }}` }, 'secret given', 'secret-reachable');
  }
}

function innerOf(step: Step, runbook: Runbook): readonly Step[] | undefined {
  return step.steps ?? (step.use?.startsWith('#') === true ? runbook.procedures?.[step.use.slice(1)] : undefined);
}

/** With a role that has nothing to do with those it is about. */
function* widened(
  weakener: Weakener,
  path: readonly (string | number)[],
  roles: readonly string[],
  runbook: Runbook,
): Generator<Weakening> {
  const related = (role: string): boolean =>
    roles.some((one) => roleLineage(runbook, one).includes(role) || roleLineage(runbook, role).includes(one));
  const other = Object.keys(runbook.roles ?? {}).find((role) => !related(role));
  if (other !== undefined) yield weakener.with(path, [...roles, other], 'hosts widened', 'hosts-widened');
}

function* ofDeclarations(weakener: Weakener): Generator<Weakening> {
  const runbook = weakener.data as unknown as Runbook;
  for (const [name, role] of Object.entries(runbook.roles ?? {})) {
    if (role.hosts !== undefined && !/\.\.$/.test(String(role.hosts)))
      yield weakener.with(['roles', name, 'hosts'], '0..', 'more hosts', 'hosts-widened');
    if (role.of !== undefined) yield weakener.with(['roles', name], { hosts: '0..' }, 'derived no more', 'hosts-changed', 'hosts-widened');
  }
  for (const [index, advisory] of (runbook.advisories ?? []).entries())
    if (advisory.when !== undefined)
      yield weakener.with(['advisories', index, 'when'], `(${advisory.when}) && false`, 'advisory narrowed', 'advisory-narrowed');
  if (runbook.upgrade?.supported !== undefined) yield weakener.without(['upgrade', 'supported'], 'any version', 'upgrade-widened');
  const [first, ...rest] = runbook.prerequisites ?? [];
  if (first !== undefined && rest.length > 0 && sortOf(first) !== 'act') {
    const moved = weakener.with(['steps'], [first, ...runbook.steps], 'prerequisite moved', 'prerequisite-removed');
    yield { ...moved, text: new Weakener(moved.text).without(['prerequisites', 0], '').text, now: [0, Infinity] };
  }
}

function isStep(parent: unknown): boolean {
  return (
    typeof parent === 'object' &&
    parent !== null &&
    ('title' in parent || 'id' in parent) &&
    !('severity' in parent) &&
    !('open' in parent && !('manual' in parent))
  );
}

/** In a probe: a fact, a check, what verifies. */
function isAsked(path: readonly (string | number)[]): boolean {
  return path.includes('command');
}
