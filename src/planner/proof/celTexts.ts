import { isWithin, parseVersionRange, versionsOfRange } from '../../language/index.js';
import type { Runbook } from '../../language/index.js';
import { parseFormula } from './formula.js';
import type { Formula } from './formula.js';

const remembered = new WeakMap<Runbook, readonly string[]>();

/** Conditions of a runbook that decide what its plan holds. Those of `next` do not: it is no part of the plan. */
export function conditionsOf(runbook: Runbook): readonly string[] {
  let conditions = remembered.get(runbook);
  if (conditions === undefined) {
    conditions = findConditions(runbook);
    remembered.set(runbook, conditions);
  }
  return conditions;
}

function findConditions(runbook: Runbook): readonly string[] {
  const { next: _next, ...parts } = runbook;
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (typeof member === 'string' && (key === 'when' || key === 'unsure_when' || key === 'where')) found.add(member);
      else visit(member);
    }
  };
  visit(parts);
  return [...found];
}

/** Values that `use` hands on to other files, as they are written. */
export function handedOn(runbook: Runbook): string {
  const found: unknown[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (key === 'with') found.push(member);
      visit(member);
    }
  };
  visit(runbook);
  return JSON.stringify(found);
}

/** Every atom of some conditions, each once. */
export function atomsOf(conditions: readonly string[]): readonly string[] {
  const atoms = new Set<string>();
  const visit = (formula: Formula): void => {
    if (formula.kind === 'atom') atoms.add(formula.cel);
    else if (formula.kind === 'not') visit(formula.of);
    else formula.of.forEach(visit);
  };
  for (const condition of conditions) visit(parseFormula(condition));
  return [...atoms];
}

/** Versions that a runbook compares with: in conditions, in its supported range and in its stops. */
export function versionsNamedIn(runbook: Runbook): readonly string[] {
  const inText = conditionsOf(runbook).flatMap((cel) => [
    ...[...cel.matchAll(/\b(?:version|crosses)\(\s*(?:"([^"]*)"|'([^']*)')/g)].map((match) => match[1] ?? match[2] ?? ''),
    ...[...cel.matchAll(/\.within\(\s*(?:"([^"]*)"|'([^']*)')/g)].flatMap((match) => ofRange(match[1] ?? match[2] ?? '')),
  ]);
  const { supported, stops } = runbook.upgrade ?? {};
  return [
    ...inText,
    ...(supported === undefined ? [] : ofRange(supported.range)),
    ...(stops ?? []).flatMap(({ from, to, via }) => [...ofRange(from), ...ofRange(to), via]),
  ];
}

/** Whether a version is one that a runbook says it can upgrade. */
export function isSupported(runbook: Runbook, version: string): boolean {
  const range = runbook.upgrade?.supported === undefined ? undefined : parseVersionRange(runbook.upgrade.supported.range);
  return range === undefined || isWithin(version, range);
}

function ofRange(text: string): readonly string[] {
  const range = parseVersionRange(text);
  return range === undefined ? [] : versionsOfRange(range);
}
