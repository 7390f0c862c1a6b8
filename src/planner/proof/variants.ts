import type { NameTypes, Platform, Project, Runbook } from '../../language/index.js';
import { declarationOf } from '../bind.js';
import { runbookNames } from '../building/scopes.js';
import type { Draft, GivenFact } from '../draft.js';
import type { PlainValue } from '../plan.js';
import { axesOf } from './axes.js';
import type { Axis } from './axes.js';
import { proveOrders } from './orders.js';
import { combinationCount, combinations, MOST_COMBINATIONS } from './pairwise.js';
import { targetInput } from './paths.js';
import type { VersionPath } from './paths.js';
import { sampleValue } from './sampleValues.js';
import { Settling } from './settling.js';
import { variantInventory } from './variantInventory.js';

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
}

/** How many variants {@link variantsOf} would have to try to try all. */
export function variantSpace(project: Project): VariantSpace {
  const root = project.root.value;
  const count = root === undefined ? 0 : combinationCount(axesOf(project, root, runbookNames(root)).map(({ values }) => values.length));
  return { combinations: count, pairwise: count > MOST_COMBINATIONS };
}

/**
 * Drafts of a sound runbook for each size of its roles (the least, 1, 2 and 3), platform, value of an input that a condition names, and
 * upgrade path that conditions tell apart. Made one by one as they are asked for.
 */
export function* variantsOf(project: Project): Generator<Variant> {
  const root = project.root.value;
  if (root === undefined || !project.sound) return;
  const names: NameTypes = runbookNames(root);
  const axes = axesOf(project, root, names);
  const settling = new Settling(project, root);
  for (const row of combinations(axes.map(({ values }) => values.length))) yield variantOf(root, axes, row, settling);
}

function variantOf(root: Runbook, axes: readonly Axis[], row: readonly number[], settling: Settling): Variant {
  const sizes: Record<string, number> = {};
  const platforms: Record<string, Platform> = {};
  const chosen: Record<string, PlainValue> = {};
  let path: VersionPath | undefined;
  for (const [role, { of, platforms: known }] of Object.entries(root.roles ?? {}))
    if (of === undefined) platforms[role] = known?.[0] ?? 'linux';
  axes.forEach((axis, index) => {
    const at = row[index] ?? 0;
    if (axis.kind === 'size') sizes[axis.role] = axis.values[at] ?? 0;
    else if (axis.kind === 'platform') platforms[axis.role] = axis.values[at] ?? 'linux';
    else if (axis.kind === 'input') chosen[axis.input] = axis.values[at] ?? '';
    else path = axis.values[at];
  });
  const inputs = { ...sampleInputs(root), ...chosen };
  const target = targetInput(root);
  if (path !== undefined && target !== undefined) inputs[target] = path.to;
  const inventory = variantInventory(root, { sizes, platforms });
  const { draft, facts } = settling.settle(JSON.stringify([sizes, platforms]), { inventory, inputs, path });
  const label = labelOf(sizes, platforms, chosen, path);
  return { label, sizes, platforms, inputs, facts, draft: draft.plan === undefined ? draft : { ...draft, proof: proveOrders(draft.plan) } };
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
  chosen: Variant['inputs'],
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
