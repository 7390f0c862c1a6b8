import type { ParsedInventory, Project } from '../../../language/index.js';
import { draftPlan, planSteps, variantSpace, variantsOf } from '../../../planner/index.js';
import type { Variant } from '../../../planner/index.js';
import { planLines, sketchOf } from './planLines.js';
import type { PlanLine, PlanSketch } from './planLines.js';

/** Plans that differ in the same way. */
export interface PlanDelta {
  /** What the plans are for: `primary 1, minion 2 · linux · 9.1 → 10.9`, or the name of the environment. */
  readonly variants: readonly string[];
  readonly lines: readonly PlanLine[];
}

/** What a change does to the plans of a runbook. */
export interface PlanComparison {
  /** How many variants both sides have and were compared; 1 for one environment. */
  readonly compared: number;
  /** The most frequent first; empty where no plan differs. */
  readonly deltas: readonly PlanDelta[];
  /** Variants that only one side has: a role, a platform, a value or a path is new or gone. */
  readonly onlyOld: readonly string[];
  readonly onlyNow: readonly string[];
  /** What was not compared, as sentences. */
  readonly limits: readonly string[];
}

/** Work after which variants of one side have been looked at for long enough: steps that are planned and orders that are tried. */
const MOST_WORK = 60_000;
const MOST_VARIANTS = 1_000;

/** Compares the plans of all variants of a runbook, with made-up hosts. Bounded: what was left out is said. */
export function compareVariants(old: Project, now: Project): PlanComparison {
  if (!old.sound || !now.sound) return nothing(`${old.sound ? 'the new' : 'the old'} runbook has errors, so it has no plans to compare`);
  const [before, after] = [sketches(old), sketches(now)];
  const groups = new Map<string, { lines: readonly PlanLine[]; variants: string[] }>();
  let compared = 0;
  for (const [label, sketch] of after.byLabel) {
    const earlier = before.byLabel.get(label);
    if (earlier === undefined) continue;
    compared++;
    const lines = planLines(earlier, sketch).map(withoutNumbers);
    if (lines.length === 0) continue;
    const key = JSON.stringify(lines);
    const group = groups.get(key) ?? { lines, variants: [] };
    group.variants.push(label);
    groups.set(key, group);
  }
  const isCut = before.isCut || after.isCut;
  return {
    compared,
    deltas: [...groups.values()].sort((a, b) => b.variants.length - a.variants.length),
    // Where not all were looked at, nobody can say that one side has not got it.
    onlyOld: isCut ? [] : [...before.byLabel.keys()].filter((label) => !after.byLabel.has(label)),
    onlyNow: isCut ? [] : [...after.byLabel.keys()].filter((label) => !before.byLabel.has(label)),
    limits: [...limitsOf(old, before), ...limitsOf(now, after)].filter((limit, index, all) => all.indexOf(limit) === index),
  };
}

/** Compares the one plan for one environment, which may have changed as well. Facts that nobody knows stay open in both. */
export function compareEnvironment(
  old: { readonly project: Project; readonly inventory: ParsedInventory },
  now: { readonly project: Project; readonly inventory: ParsedInventory },
): PlanComparison {
  const [before, after] = [old, now].map((side) => sketchOf(draftPlan({ ...side, inputs: {}, facts: [] })));
  if (before === undefined || after === undefined) return nothing('there is nothing to compare');
  const lines = planLines(before, after);
  const name = now.inventory.value?.title ?? now.inventory.value?.environment ?? now.inventory.file;
  const limits =
    before.steps.size === 0 ? [`there was no plan for this environment before: ${before.troubles[0] ?? 'it has no steps'}`] : [];
  return { compared: 1, deltas: lines.length === 0 ? [] : [{ variants: [name], lines }], onlyOld: [], onlyNow: [], limits };
}

interface Sketches {
  readonly byLabel: ReadonlyMap<string, PlanSketch>;
  readonly isCut: boolean;
}

function sketches(project: Project): Sketches {
  const byLabel = new Map<string, PlanSketch>();
  let work = 0;
  for (const variant of variantsOf(project)) {
    if (work > MOST_WORK || byLabel.size >= MOST_VARIANTS) return { byLabel, isCut: true };
    byLabel.set(variant.label, sketchOf(variant.draft));
    work += workOf(variant);
  }
  return { byLabel, isCut: false };
}

function workOf({ draft: { plan, proof } }: Variant): number {
  const tried = (proof?.orders ?? []).reduce((sum, { combinations }) => sum + combinations, 0);
  return 10 + (plan === undefined ? 0 : planSteps(plan).length) + tried;
}

function limitsOf(project: Project, { byLabel, isCut }: Sketches): readonly string[] {
  const { combinations, pairwise, thinned } = variantSpace(project);
  return [
    ...(isCut ? [`only the first ${String(byLabel.size)} of ${String(combinations)} variants were planned`] : []),
    ...(pairwise && !isCut
      ? [`there are ${String(combinations)} variants: only as many were planned as it takes for each two values to meet`]
      : []),
    ...(thinned ? ['there are more upgrade paths than are tried: only some of them were planned'] : []),
  ];
}

/** Hosts are made up and numbered; a delta that only differs in their number is one. */
function withoutNumbers(line: PlanLine): PlanLine {
  const what = line.what.replace(/\b([a-z][a-z0-9_]*?)_\d+(?:, \1_\d+)+/g, '$1').replace(/\b([a-z][a-z0-9_]*?)_\d+\b/g, '$1');
  return { ...line, what };
}

function nothing(limit: string): PlanComparison {
  return { compared: 0, deltas: [], onlyOld: [], onlyNow: [], limits: [limit] };
}
