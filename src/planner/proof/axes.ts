import type { NameTypes, Platform, Project, Role, Runbook } from '../../language/index.js';
import { declarationOf } from '../bind.js';
import type { PlainValue } from '../plan.js';
import { conditionsOf, handedOn } from './celTexts.js';
import { distinctPaths, targetInput } from './paths.js';
import type { VersionPath } from './paths.js';
import { toldApart } from './sampleValues.js';

/** One thing in which variants of a runbook differ, with its values. */
export type Axis =
  | { readonly kind: 'size'; readonly role: string; readonly values: readonly number[] }
  | { readonly kind: 'platform'; readonly role: string; readonly values: readonly Platform[] }
  | { readonly kind: 'input'; readonly input: string; readonly values: readonly PlainValue[] }
  | { readonly kind: 'path'; readonly values: readonly VersionPath[] };

/** Everything in which the variants of a runbook differ. What is only known during a run is no axis: its conditions stay open. */
export function axesOf(project: Project, runbook: Runbook, names: NameTypes): readonly Axis[] {
  const axes: Axis[] = [];
  for (const [role, declared] of Object.entries(runbook.roles ?? {})) {
    if (declared.of !== undefined) continue;
    axes.push({ kind: 'size', role, values: sizesOf(declared) });
    if ((declared.platforms?.length ?? 0) > 1) axes.push({ kind: 'platform', role, values: declared.platforms ?? [] });
  }
  const conditions = conditionsOf(runbook);
  const mentioned = [...conditions, handedOn(runbook)].join('\n');
  const target = targetInput(runbook);
  for (const [input, declared] of Object.entries(runbook.inputs ?? {})) {
    if (input === target || !new RegExp(`\\binputs\\.${input}\\b`).test(mentioned)) continue;
    const values = toldApart(`inputs.${input}`, declarationOf(runbook, declared), conditions);
    if (values.length > 1) axes.push({ kind: 'input', input, values });
  }
  const paths = distinctPaths(project, names);
  if (paths.length > 0) axes.push({ kind: 'path', values: paths });
  return axes;
}

/** The least number of hosts, and 1, 2 and 3 where they are allowed. */
function sizesOf(role: Role): readonly number[] {
  const [least = '0', most] = String(role.hosts ?? '0..').split('..');
  const min = Number(least);
  const max = most === undefined ? min : most === '' ? Infinity : Number(most);
  return [...new Set([min, 1, 2, 3])].filter((size) => size >= min && size <= max);
}
