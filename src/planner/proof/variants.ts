import type { NameTypes, Platform, Project, Runbook } from '../../language/index.js';
import { declarationOf } from '../bind.js';
import { runbookNames } from '../building/scopes.js';
import type { Draft, GivenFact } from '../draft.js';
import type { PlainValue } from '../plan.js';
import { axesOf } from './axes.js';
import type { Axis, FoundHost } from './axes.js';
import { proveOrders } from './orders.js';
import { combinationCount, combinations, MOST_COMBINATIONS } from './pairwise.js';
import { distinctPaths, targetInput } from './paths.js';
import type { VersionPath } from './paths.js';
import { sampleValue } from './sampleValues.js';
import { Settling } from './settling.js';
import { variantInventory } from './variantInventory.js';
import type { Work } from './work.js';

/** A runbook with made-up hosts and values, as it may meet one environment or another. */
export interface Variant {
  /** `primary 1, minion 2 · linux · 9.1 → 10.9 · fips true`. */
  readonly label: string;
  readonly sizes: Readonly<Record<string, number>>;
  /** Of each role. */
  readonly platforms: Readonly<Record<string, Platform>>;
  readonly inputs: Readonly<Record<string, PlainValue>>;
  readonly facts: readonly GivenFact[];
  /** Without digest. Without plan where the runbook refuses: its problems say why. */
  readonly draft: Draft;
}

/** How many variants there are. */
export interface VariantSpace {
  readonly combinations: number;
  /** There are too many: only each two values of two axes meet. */
  readonly pairwise: boolean;
  /** The conditions tell more upgrade paths apart than are tried: only some of them take part in the combinations. */
  readonly thinned: boolean;
}

/** In what the variants of a project differ. */
interface Differences {
  readonly axes: readonly Axis[];
  readonly thinned: boolean;
}

const remembered = new WeakMap<Project, Differences>();

function differencesOf(project: Project, root: Runbook): Differences {
  let differences = remembered.get(project);
  if (differences === undefined) {
    const names: NameTypes = runbookNames(root);
    differences = { axes: axesOf(project, root, names), thinned: distinctPaths(project, names).thinned };
    remembered.set(project, differences);
  }
  return differences;
}

/** How many variants {@link variantsOf} would have to try to try all. */
export function variantSpace(project: Project): VariantSpace {
  const root = project.root.value;
  if (root === undefined) return { combinations: 0, pairwise: false, thinned: false };
  const { axes, thinned } = differencesOf(project, root);
  const count = combinationCount(axes.map(({ values }) => values.length));
  return { combinations: count, pairwise: count > MOST_COMBINATIONS, thinned };
}

/**
 * Drafts of a sound runbook for each size of its roles (the least, 1, 2 and 3), platform, value of an input that a condition names, and
 * upgrade path that conditions tell apart. Made one by one as they are asked for. `work`: shared by the proofs of all; otherwise each has its own.
 */
export function* variantsOf(project: Project, work?: Work): Generator<Variant> {
  const root = project.root.value;
  if (root === undefined || !project.sound) return;
  const { axes } = differencesOf(project, root);
  const settling = new Settling(project, root, triedInputs(root, axes));
  for (const row of combinations(axes.map(({ values }) => values.length)))
    if (!isRepeated(axes, row)) yield variantOf(root, axes, row, settling, work);
}

/** Of one host, the last is the first. */
function isRepeated(axes: readonly Axis[], row: readonly number[]): boolean {
  const values = axes.map((axis, index) => [axis.kind, axis.values[row[index] ?? 0]] as const);
  const isLast = values.some(([kind, value]) => kind === 'found' && value === 'last');
  return isLast && values.every(([kind, value]) => kind !== 'size' || Number(value) < 2);
}

function variantOf(root: Runbook, axes: readonly Axis[], row: readonly number[], settling: Settling, work: Work | undefined): Variant {
  const sizes: Record<string, number> = {};
  const platforms: Record<string, Platform> = {};
  const chosen: Record<string, PlainValue> = {};
  const answers: Record<string, PlainValue> = {};
  let path: VersionPath | undefined;
  let found = 'first' as FoundHost;
  for (const [role, { of, platforms: known }] of Object.entries(root.roles ?? {}))
    if (of === undefined) platforms[role] = known?.[0] ?? 'linux';
  axes.forEach((axis, index) => {
    const at = row[index] ?? 0;
    if (axis.kind === 'size') sizes[axis.role] = axis.values[at] ?? 0;
    else if (axis.kind === 'platform') platforms[axis.role] = axis.values[at] ?? 'linux';
    else if (axis.kind === 'input') chosen[axis.input] = axis.values[at] ?? '';
    else if (axis.kind === 'fact') answers[axis.fact] = axis.values[at] ?? '';
    else if (axis.kind === 'found') found = axis.values[at] ?? 'first';
    else path = axis.values[at];
  });
  const inputs = { ...sampleInputs(root), ...chosen };
  const target = targetInput(root);
  if (path !== undefined && target !== undefined) inputs[target] = path.to;
  const inventory = variantInventory(root, { sizes, platforms, found });
  const { draft, facts } = settling.settle(JSON.stringify([sizes, platforms, found, answers]), { inventory, inputs, path, found, answers });
  const label = labelOf(sizes, platforms, { ...chosen, ...answers, ...(found === 'last' ? { found } : {}) }, path);
  const proven = draft.plan === undefined ? draft : { ...draft, proof: proveOrders(draft.plan, undefined, work) };
  return { label, sizes, platforms, inputs, facts, draft: proven };
}

/** Inputs of which every value that counts is tried. */
function triedInputs(root: Runbook, axes: readonly Axis[]): ReadonlySet<string> {
  const target = targetInput(root);
  return new Set([...axes.flatMap((axis) => (axis.kind === 'input' ? [axis.input] : [])), ...(target === undefined ? [] : [target])]);
}

/** Values for inputs that must have one. */
function sampleInputs(root: Runbook): Record<string, PlainValue> {
  return Object.fromEntries(
    Object.entries(root.inputs ?? {})
      .filter(([, { default: given }]) => given === undefined)
      .map(([name, input]) => {
        const suffix = input.suffix === undefined ? {} : { suffix: input.suffix };
        return [name, sampleValue({ ...declarationOf(root, input), ...suffix })];
      }),
  );
}

function labelOf(
  sizes: Variant['sizes'],
  platforms: Variant['platforms'],
  chosen: Readonly<Record<string, PlainValue>>,
  path: VersionPath | undefined,
): string {
  const hosts = Object.entries(sizes).map(([role, size]) => `${role} ${String(size)}`);
  const present = Object.entries(platforms).filter(([role]) => (sizes[role] ?? 0) > 0);
  const kinds = [...new Set(present.map(([, platform]) => platform))];
  const platform = kinds.length <= 1 ? kinds : [present.map(([role, kind]) => `${role} ${kind}`).join(', ')];
  return [
    ...(hosts.length === 0 ? [] : [hosts.join(', ')]),
    ...platform,
    ...(path === undefined ? [] : [`${path.from} → ${path.to}`]),
    ...Object.entries(chosen).map(([input, value]) => `${input} ${String(value)}`),
  ].join(' · ');
}
