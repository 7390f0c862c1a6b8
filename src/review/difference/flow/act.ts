import type { EffectName, ParsedRunbook, Step } from '../../../language/index.js';
import { actionOf, effectsOf } from '../../../planner/index.js';

/** The part of a runbook a step belongs to. `procedures`: nothing in the runbook comes to it. */
export type ActSection = 'prerequisites' | 'steps' | 'finally' | 'instead' | 'procedures';

/** A value with the step that it is written on. */
export interface Owned<Value> {
  readonly value: Value;
  readonly step: object;
  readonly document: ParsedRunbook;
  /** Path of the step it is written on. */
  readonly path: string;
}

/** A group, or a step that uses something: what it holds is done in its place. */
export interface ActGroup {
  readonly step: Step;
  readonly document: ParsedRunbook;
  readonly path: string;
}

/** A single step at the place where it is done, with all that it inherits. One that is used in several places is there several times. */
export interface Act {
  /** As in the plan, without batches and hops. */
  readonly path: string;
  readonly id: string;
  readonly section: ActSection;
  readonly step: Step;
  /** The file the step is written in. */
  readonly document: ParsedRunbook;
  /** The groups it stands in, the outermost first. */
  readonly groups: readonly ActGroup[];
  /** Roles of the runbook itself whose hosts it is about, also where its file calls them otherwise; undefined outside any `on`. */
  readonly roles: Owned<readonly string[]> | undefined;
  readonly from: Owned<string> | undefined;
  readonly once: Owned<boolean> | undefined;
  /** All conditions it stands under, the outermost first. */
  readonly conditions: readonly Owned<string>[];
  /** Sizes of the batches of the groups around it, the outermost first. */
  readonly batches: readonly Owned<number>[];
  readonly pauses: readonly Owned<string>[];
  readonly perHop: Owned<boolean> | undefined;
}

/** What sort of thing a step is: a person does it, it asks and changes nothing, or it acts. */
export type ActSort = 'gate' | 'check' | 'act';

/** What every way of the step is. */
export function sortOf(step: Step): ActSort {
  const ways = step.methods === undefined ? [step] : Object.values(step.methods);
  if (ways.every((way) => way.manual !== undefined)) return 'gate';
  return ways.every((way) => way.check !== undefined || way.wait !== undefined) ? 'check' : 'act';
}

/** All that a step does to its hosts, now or at their next boot. */
export function allEffects(step: Step): readonly EffectName[] {
  return [...new Set([...effectsOf(step), ...(step.stages ?? [])])];
}

/** A step as people know it: its title, else what the plan calls it. */
export function nameOf(step: Step, path: string): string {
  return step.title ?? path.split('/').at(-1) ?? actionOf(step) ?? 'step';
}
