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
  | { readonly kind: 'fact'; readonly fact: string; readonly values: readonly PlainValue[] }
  | { readonly kind: 'found'; readonly values: readonly FoundHost[] }
  | { readonly kind: 'path'; readonly values: readonly VersionPath[] };

/** Which host a role with `where` turns out to be. */
export type FoundHost = 'first' | 'last';

/**
 * Everything in which the variants of a runbook differ. What is only known during a run is no axis, nor is an input of which no few values
 * stand for all: their conditions stay open, but for what decides which runbook is followed.
 */
export function axesOf(project: Project, runbook: Runbook, names: NameTypes): readonly Axis[] {
  const axes: Axis[] = [];
  for (const [role, declared] of Object.entries(runbook.roles ?? {})) {
    if (declared.of !== undefined) continue;
    axes.push({ kind: 'size', role, values: sizesOf(declared) });
    if ((declared.platforms?.length ?? 0) > 1) axes.push({ kind: 'platform', role, values: declared.platforms ?? [] });
  }
  const runbooks = [...project.files.values()].flatMap(({ value }) => value ?? []);
  if (runbooks.some(({ roles }) => Object.values(roles ?? {}).some(({ where }) => where !== undefined)))
    axes.push({ kind: 'found', values: ['first', 'last'] });
  const insteads = runbooks.flatMap(({ upgrade }) => (upgrade?.instead ?? []).map(({ when }) => when));
  const mentioned = [...conditionsOf(runbook), handedOn(runbook)].join('\n');
  const target = targetInput(runbook);
  for (const [input, declared] of Object.entries(runbook.inputs ?? {})) {
    const declaration = declarationOf(runbook, declared);
    const isFinite = declaration.type === 'boolean' || declaration.options !== undefined;
    if (input === target || !new RegExp(`\\binputs\\.${input}\\b`).test(isFinite ? mentioned : insteads.join('\n'))) continue;
    const values = toldApart([`inputs.${input}`], declaration, insteads);
    if (values.length > 1) axes.push({ kind: 'input', input, values });
  }
  axes.push(...factsThatDispatch(runbooks, insteads));
  const { paths } = distinctPaths(project, names);
  if (paths.length > 0) axes.push({ kind: 'path', values: paths });
  return axes;
}

/** Facts that decide which runbook is followed. The installed version is no such axis: paths are. */
function factsThatDispatch(runbooks: readonly Runbook[], insteads: readonly string[]): readonly Axis[] {
  const atoms = insteads.join('\n');
  const axes = new Map<string, Axis>();
  for (const runbook of runbooks) {
    for (const [fact, declared] of Object.entries(runbook.facts ?? {})) {
      const spellings = ['facts', 'host', ...Object.keys(runbook.roles ?? {}).map((role) => `hosts.${role}`)].map(
        (space) => `${space}.${fact}`,
      );
      if (fact === runbook.upgrade?.installed || !new RegExp(`\\.${fact}\\b`).test(atoms)) continue;
      const values = toldApart(spellings, declarationOf(runbook, declared), insteads);
      if (values.length > 1) axes.set(fact, { kind: 'fact', fact, values });
    }
  }
  return [...axes.values()];
}

/** The least number of hosts, and 1, 2 and 3 where they are allowed. */
function sizesOf(role: Role): readonly number[] {
  const [least = '0', most] = String(role.hosts ?? '0..').split('..');
  const min = Number(least);
  const max = most === undefined ? min : most === '' ? Infinity : Number(most);
  return [...new Set([min, 1, 2, 3])].filter((size) => size >= min && size <= max);
}
